"""Many spans or ticks as one trace: thousands of Plotly shapes would be slow."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def boxes(starts: Floats, stops: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Closed boxes divided by NaN, to be drawn with ``fill="toself"``."""
    gap = np.full(len(starts), np.nan)
    x = np.column_stack([starts, starts, stops, stops, starts, gap]).ravel()
    y = np.tile([low, high, high, low, low, np.nan], len(starts))
    return x, y


def ticks(times: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Upright strokes divided by NaN, to be drawn with ``mode="lines"``."""
    x = np.column_stack([times, times, np.full(len(times), np.nan)]).ravel()
    return x, np.tile([low, high, np.nan], len(times))


def box_trace(
    starts: Floats, stops: Floats, color: str, name: str, *, low: float = 0.0, high: float = 1.0,
    edge: float = 0.0,
) -> dict[str, Any]:  # fmt: skip
    """Filled boxes of one colour; an ``edge`` (px) keeps boxes narrower than a pixel visible."""
    x, y = boxes(starts, stops, low, high)
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "name": name, "fill": "toself",
        "fillcolor": color, "line": {"width": edge, "color": color}, "hoverinfo": "skip",
    }  # fmt: skip


def tick_trace(
    times: Floats, color: str, name: str, *, low: float = 0.0, high: float = 1.0,
    width: float = 1.0, dash: str = "solid",
) -> dict[str, Any]:  # fmt: skip
    """Upright strokes of one colour."""
    x, y = ticks(times, low, high)
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "name": name,
        "line": {"color": color, "width": width, "dash": dash}, "hoverinfo": "skip",
    }  # fmt: skip
