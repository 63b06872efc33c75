"""The tissue around one cell on several days, with the outlines of the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard import theme
from dashboard.figures.days.sentence import sentence_at
from dashboard.figures.days.small_multiples import MARGIN, column_domain
from dashboard.figures.plain import plain_figure
from data_layer.values.slices import Outline

REACH = 50  # px around the cell's centre


@dataclass(frozen=True, slots=True)
class Crop:
    """One day: the projection's URL and size (px) and the outlines, or a sentence why not."""

    picture: str = ""
    width: int = 0
    height: int = 0
    cell: Outline | None = None
    others: Sequence[Outline] = ()
    sentence: str = ""


def cell_crops_figure(crops: Sequence[Crop]) -> dict[str, Any]:
    """A figure with a column per day: the projection within 50 px of the cell's centre."""
    layout: dict[str, Any] = {
        "margin": MARGIN | {"t": 4, "b": 4},
        "dragmode": False,
        "hovermode": "closest",
        "images": [],
        "annotations": [],
    }
    traces: list[dict[str, Any]] = []
    for number, crop in enumerate(crops, 1):
        suffix = "" if number == 1 else str(number)
        refs = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        traces += [trace | refs for trace in _traces(crop)]
        layout |= _axes(crop, suffix, column_domain(number - 1, len(crops)))
        if crop.cell is not None:
            layout["images"].append(_picture(crop, refs))
        else:
            layout["annotations"].append(sentence_at(crop.sentence, refs))
    return plain_figure(traces, layout)


def _axes(crop: Crop, suffix: str, domain: tuple[float, float]) -> dict[str, Any]:
    x, y = crop.cell.centre if crop.cell is not None else (0.0, 0.0)
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    return {
        f"xaxis{suffix}": hidden
        | {
            "domain": list(domain),
            "anchor": f"y{suffix}",
            "range": [x - REACH, x + REACH],
        },
        f"yaxis{suffix}": hidden
        | {
            "anchor": f"x{suffix}",
            "range": [y + REACH, y - REACH],
            "scaleanchor": f"x{suffix}",
        },
    }


def _picture(crop: Crop, refs: dict[str, str]) -> dict[str, Any]:
    return {
        "source": crop.picture,
        "xref": refs["xaxis"],
        "yref": refs["yaxis"],
        "x": -0.5,
        "y": -0.5,
        "sizex": crop.width,
        "sizey": crop.height,
        "xanchor": "left",
        "yanchor": "top",
        "sizing": "stretch",
        "layer": "below",
    }


def _traces(crop: Crop) -> list[dict[str, Any]]:
    if crop.cell is None:
        return [{"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}]
    x, y = crop.cell.centre
    near = [
        one
        for one in crop.others
        if abs(one.centre[0] - x) < 1.5 * REACH and abs(one.centre[1] - y) < 1.5 * REACH
    ]
    names = f"cell_roi_id {crop.cell.cell_roi_id}, {crop.cell.area:,} px"
    base = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    own = base | {"x": crop.cell.x, "y": crop.cell.y}
    return [
        base | _joined(near) | {"line": {"color": theme.ROI_COLOR, "width": 1}},
        own | {"line": {"color": theme.PICTURE_EDGE, "width": 4}},
        own
        | {
            "line": {"color": theme.SELECTED_ROI_COLOR, "width": 2},
            "hoverinfo": "text",
            "hovertext": names,
        },
    ]


def _joined(outlines: Sequence[Outline]) -> dict[str, Any]:
    gap = np.array([np.nan])
    x = [part for one in outlines for part in (one.x, gap)]
    y = [part for one in outlines for part in (one.y, gap)]
    return {"x": np.concatenate(x) if x else [None], "y": np.concatenate(y) if y else [None]}
