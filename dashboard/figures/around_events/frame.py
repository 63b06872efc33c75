"""Parts that the figures around task events share: time axis, colour scale, heatmaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard import theme
from dashboard.figures.color_image import color_image
from dashboard.figures.literal import literal
from data_layer.values.color_scale import robust_range, robust_top
from data_layer.values.slices import Floats

Span = tuple[float, float]

TOP_PERCENTILE = 99


@dataclass(frozen=True, slots=True)
class Frame:
    """Names, offsets and windows of a figure.

    ``name`` and ``unit`` are those of the signal, ``event`` is the kind of event at time zero.
    Offsets and windows are in seconds from the event. ``from_zero`` says whether the colour scale
    starts at zero.
    """

    offsets: Floats
    name: str
    unit: str
    event: str
    response: Span
    baseline: Span
    from_zero: bool = True


def color_range(values: Floats, from_zero: bool) -> Span:
    """The colour scale: from zero, or else the 1st percentile, to the 99th percentile."""
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0, 1.0
    low = 0.0 if from_zero else float(np.percentile(known, 100 - TOP_PERCENTILE))
    top = float(np.percentile(known, TOP_PERCENTILE))
    if top <= low:
        top = float(known.max())
    return low, top if top > low else low + 1.0


def cells_color_range(means: Floats, from_zero: bool) -> Span:
    """The colour scale of ``means`` (n_groups, n_cells, n_t), which a single cell never sets."""
    by_cell = np.moveaxis(means, 1, 0).reshape(means.shape[1], -1)
    low, top = (0.0, robust_top(by_cell)) if from_zero else robust_range(by_cell)
    return low, top if top > low else low + 1.0


def base_layout(frame: Frame) -> dict[str, Any]:
    """The part of the layout that all figures around events share."""
    return {
        "margin": {"l": 50, "r": 46, "t": 18, "b": 34},
        "hovermode": "x",
        "dragmode": False,
        "uirevision": frame.event,
    }


def time_axis(frame: Frame, domain: list[float], anchor: str, *, with_title: bool = True) -> Any:
    """An axis of the time from the event (s), half a sample wider than the samples at each end."""
    title = axis_title(literal(f"time from {frame.event} (s)")) if with_title else None
    half = (frame.offsets[1] - frame.offsets[0]) / 2 if len(frame.offsets) > 1 else 0.5
    first, last = (frame.offsets[0], frame.offsets[-1]) if len(frame.offsets) else (0.0, 1.0)
    return theme.axis(
        domain=domain,
        anchor=anchor,
        range=[float(first - half), float(last + half)],
        title=title,
        fixedrange=True,
        nticks=6,
    )


def axes_only(number: int, y: str | None = None) -> dict[str, Any]:
    """An empty trace on the axes of an image: Plotly does not draw axes without a trace."""
    suffix = "" if number == 1 else str(number)
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "xaxis": f"x{suffix}",
        "yaxis": y or f"y{suffix}",
        "hoverinfo": "skip",
        "showlegend": False,
        "mode": "markers",
    }


def heatmap(
    frame: Frame, values: Floats, low: float, top: float, number: int, *, y: str | None = None
) -> dict[str, Any]:
    """Rows of values as a layout image on the axes with ``number``, black at ``low``."""
    suffix = "" if number == 1 else str(number)
    start, stop = time_axis(frame, [0, 1], "y")["range"]
    rows = values if values.size else np.full((1, 1), np.nan)
    return {
        "source": color_image(rows - low, top - low),
        "xref": f"x{suffix}",
        "yref": y or f"y{suffix}",
        "x": start,
        "sizex": stop - start,
        "y": -0.5,
        "sizey": len(rows),
        "sizing": "stretch",
        "layer": "below",
        "yanchor": "top",
    }


def zero_line(axis: str, color: str = theme.ON_PICTURE) -> dict[str, Any]:
    """The vertical line at time zero: solid in the colour of text, else dotted."""
    return {
        "type": "line",
        "xref": axis,
        "yref": "paper",
        "x0": 0,
        "x1": 0,
        "y0": 0,
        "y1": 1,
        "line": {"color": color, "width": 1, "dash": "solid" if color == theme.INK else "dot"},
    }


def axis_title(text: str) -> dict[str, Any]:
    """The title of an axis."""
    return {"text": text, "standoff": 4, "font": {"size": 12}}
