"""Which image a cell prefers: the one definition of it.

The preferred image has the largest mean response over all its flashes of the session: the mean of
the 0.5 s after each flash begins, omissions left out. No baseline is subtracted: flashes follow
each other, and before one the cell still answers to the last. The rule is that of
``get_pref_image_for_cell_specimen_ids`` (``response_analysis/cell_metrics.py``) in
visual_behavior_analysis.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_layer.derived.cell_responses.windows import (
    RESPONSE,
    Around,
    Floats,
    around,
    inside,
)


def flashes_of_images(times: Floats, flashes: Mapping[str, Floats]) -> dict[str, Around]:
    """The samples that are the response to each image's flashes.

    Args:
        times: (n,) of the samples, s, ascending.
        flashes: when the flashes of each image begin, s.
    """
    return {
        name: around(times, inside(times, begin, RESPONSE), RESPONSE, baseline=None)
        for name, begin in flashes.items()
    }


def preferred_image(means: Mapping[str, float]) -> str | None:
    """The image with the largest mean response, the first of equals; None where none is known."""
    known = {name: value for name, value in means.items() if np.isfinite(value)}
    return max(known, key=lambda name: known[name]) if known else None
