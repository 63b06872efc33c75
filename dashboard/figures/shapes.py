"""Draws many spans or vertical lines as a single SVG element, because thousands are slow.

Plotly makes one element for each piece of a line with gaps, but only one for a shape. So spans
are the filled area of one trace without a line, and vertical lines ("strokes") are the path of
one shape.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def boxes(starts: Floats, stops: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Closed boxes (x, y) separated by NaN, to be drawn with ``fill="toself"``."""
    gap = np.full(len(starts), np.nan)
    x = np.column_stack([starts, starts, stops, stops, starts, gap]).ravel()
    y = np.tile([low, high, high, low, low, np.nan], len(starts))
    return x, y


def box_trace(
    starts: Floats,
    stops: Floats,
    color: str,
    name: str,
    *,
    low: float = 0.0,
    high: float = 1.0,
    narrowest: float = 0.0,
) -> dict[str, Any]:
    """A trace of filled boxes of one colour; ``narrowest`` (s) is their minimum width."""
    more = np.maximum(narrowest - (stops - starts), 0.0) / 2
    x, y = boxes(starts - more, stops + more, low, high)
    return {
        "type": "scatter",
        "mode": "none",
        "x": x,
        "y": y,
        "name": name,
        "fill": "toself",
        "fillcolor": color,
        "hoverinfo": "skip",
    }


def strokes(  # noqa: PLR0913 - how strokes are drawn
    x: Floats,
    color: str,
    name: str,
    *,
    low: float | Floats = 0.0,
    high: float | Floats = 1.0,
    width: float = 1.0,
    dash: str = "solid",
    layer: str = "above",
) -> dict[str, Any]:
    """Vertical lines of one colour at ``x`` as one shape; the caller adds its axes."""
    ends = np.broadcast_to(low, len(x)).tolist(), np.broadcast_to(high, len(x)).tolist()
    # Rounded to 10 µs: a pixel of the shortest window is 50 µs.
    path = "".join(
        f"M{at:.5f},{start:g}V{end:g}" for at, start, end in zip(x.tolist(), *ends, strict=True)
    )
    return {
        "type": "path",
        "path": path or "M0,0",
        "name": name,
        "visible": bool(path),
        "layer": layer,
        "line": {"color": color, "width": width, "dash": dash},
    }
