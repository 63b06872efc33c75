"""The part of the camera image that the eye fills during the session."""

from __future__ import annotations

import numpy as np
import pandas as pd

PERCENTILES = (0.5, 99.5)
MARGIN = 0.08
PARTS = ("eye", "pupil")


def camera_range(
    eye_tracking: pd.DataFrame,
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Minimum and maximum x and y (px) of the ellipses, without the outer 0.5 % on each side.

    Args:
        eye_tracking: centres, semi-axes (px) and angles (radians) per camera frame.

    Returns:
        ``(x_min, x_max), (y_min, y_max)`` with a margin, or None if nothing was fitted.
    """
    spans = [_span(eye_tracking, axis) for axis in "xy"]
    if any(span is None for span in spans):
        return None
    (x, y) = (span for span in spans if span is not None)
    return x, y


def _span(eye: pd.DataFrame, axis: str) -> tuple[float, float] | None:
    lows, highs = [], []
    for part in PARTS:
        centre, reach = eye[f"{part}_center_{axis}"].to_numpy(), _reach(eye, part, axis)
        lows.append(centre - reach)
        highs.append(centre + reach)
    low, high = np.concatenate(lows), np.concatenate(highs)
    fitted = np.isfinite(low) & np.isfinite(high)
    if not fitted.any():
        return None
    bottom = float(np.percentile(low[fitted], PERCENTILES[0]))
    top = float(np.percentile(high[fitted], PERCENTILES[1]))
    margin = MARGIN * (top - bottom)
    return bottom - margin, top + margin


def _reach(eye: pd.DataFrame, part: str, axis: str) -> np.ndarray:
    """The distance (px) from centre to edge of each ellipse along one axis of the image."""
    width, height, phi = (eye[f"{part}_{key}"].to_numpy() for key in ("width", "height", "phi"))
    along, across = (np.cos(phi), np.sin(phi)) if axis == "x" else (np.sin(phi), np.cos(phi))
    return np.asarray(np.hypot(width * along, height * across))
