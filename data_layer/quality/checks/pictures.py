"""Checks of the projections: whether they are saturated or dark."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_layer.quality.checks.check import Check, judged

TOP = 255


def saturated_projection(picture: NDArray[Any]) -> Check:
    """Share of the maximum projection (height, width) uint8 that has the maximum value."""
    share = 100 * float((picture >= TOP).mean()) if picture.size else None
    return judged("saturated_projection", share)


def dark_projection(picture: NDArray[Any]) -> Check:
    """The 99th percentile of the average projection (height, width) uint8."""
    return judged("dark_projection", float(np.percentile(picture, 99)) if picture.size else None)
