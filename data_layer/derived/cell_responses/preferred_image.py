"""The preferred image of a cell; its only definition.

The preferred image is the one with the largest mean response over all its flashes of the session.
The response is the mean of the 0.5 s after the start of a flash; omissions do not count. No
baseline is subtracted, because before a flash the cell may still respond to the previous one. The
rule is that of ``get_pref_image_for_cell_specimen_ids`` (``response_analysis/cell_metrics.py``) in
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
    """The samples of the responses to each image's flashes.

    Args:
        times: (n,) times of the samples, s, ascending.
        flashes: start times of the flashes of each image, s.
    """
    return {
        name: around(times, inside(times, begin, RESPONSE), RESPONSE, baseline=None)
        for name, begin in flashes.items()
    }


def preferred_image(means: Mapping[str, float]) -> str | None:
    """The image with the largest mean response, the first of equal ones; None if all are NaN."""
    known = {name: value for name, value in means.items() if np.isfinite(value)}
    return max(known, key=lambda name: known[name]) if known else None
