"""The behaviour of a mouse over its sessions, as plots above each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard import theme
from dashboard.figures.history.session_plots import BUILDERS, NAMES
from dashboard.figures.plain import plain_figure

DAY = 86_400_000.0  # ms, the unit of Plotly's date axes
NOT_HERE_COLOR = theme.translucent(theme.NOT_HERE_COLOR, 0.1)


@dataclass(frozen=True, slots=True)
class Plot:
    """One of the plots: its name, the title of its y axis, its share of the height."""

    name: str
    title: str
    weight: float


PLOTS = (
    Plot("stage", "", 0.55),
    Plot("dprime", "d′", 1.2),
    Plot("rates", "rate", 1.2),
    Plot("outcomes", "trials", 1.7),
    Plot("rewards", "rewards", 1.0),
    Plot("volume", "ml", 0.9),
    Plot("licks", "licks", 0.9),
)
GAP = 0.028
TOP = (0.92, 1.0)
NOT_COUNTED = "known only from NWB files,<br>of which none is here or prepared"
NOTHING_COUNTED = (
    "No numbers: the table of this release does not count trials,<br>"
    "and no NWB file of these sessions is here or prepared."
)


def behavior_history_figure(
    history: pd.DataFrame, *, by: str = "order", plots: Sequence[str] = ()
) -> dict[str, Any]:
    """Plots above each other with a common x axis of sessions.

    Args:
        history: a row per session in the order of the axis, columns as of
            ``BehaviorHistory.of_sessions`` and ``path``, the page that a click opens.
        by: ``order`` (1, 2, …) or ``date``.
        plots: names of the ``PLOTS`` to draw; all if empty.
    """
    shown = [plot for plot in PLOTS if plot.name in plots or not plots]
    if nothing_known := not history["source"].astype(bool).any():
        shown = [plot for plot in shown if plot.name == "stage"]
    x, width = _positions(history, by)
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = _layout(by, x, width)
    for number, (plot, domain) in enumerate(zip(shown, _domains(shown), strict=True), 1):
        domain = TOP if nothing_known else domain
        suffix = "" if number == 1 else str(number)
        axes = {"xaxis": "x", "yaxis": f"y{suffix}"}
        drawn = BUILDERS[plot.name](history, width)
        common = {"x": x, "customdata": history["path"].tolist()} | axes
        traces += [trace | common for trace in drawn]
        layout[f"yaxis{suffix}"] = _axis(plot, domain)
        layout["annotations"].append(_name(plot.name, domain))
        if not _anything(drawn):
            layout["annotations"].append(_sentence(NOT_COUNTED, sum(domain) / 2))
    if nothing_known:
        layout["annotations"].append(_sentence(NOTHING_COUNTED, 0.5))
    layout["xaxis"]["anchor"] = "y" if len(shown) == 1 else f"y{len(shown)}"
    layout["shapes"] = _not_here(history, x, width, by)
    return plain_figure(traces, layout)


def _positions(history: pd.DataFrame, by: str) -> tuple[Any, float]:
    """The sessions' positions on the x axis, and the width of their bars."""
    if by == "date":
        dates = history["date_of_acquisition"]
        return [None if pd.isna(date) else f"{date:%Y-%m-%d %H:%M}" for date in dates], 0.8 * DAY
    return np.arange(1, len(history) + 1), 0.8


def _domains(shown: Sequence[Plot]) -> list[tuple[float, float]]:
    """The y domains of the plots from the top, with gaps between."""
    total = sum(plot.weight for plot in shown)
    room = 1.0 - GAP * (len(shown) - 1)
    domains, top = [], 1.0
    for plot in shown:
        height = room * plot.weight / total
        domains.append((max(top - height, 0.0), top))
        top -= height + GAP
    return domains


def _anything(traces: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any value is known."""
    return any(pd.notna(value) for trace in traces for value in list(trace["y"]))


def _sentence(text: str, y: float) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": {"size": 12, "color": theme.MUTED},
    }


def _axis(plot: Plot, domain: tuple[float, float]) -> dict[str, Any]:
    settings: dict[str, Any] = {"rangemode": "tozero", "nticks": 4, "tickformat": "~s"}
    if plot.name == "stage":
        settings = {"range": [0, 1], "visible": False}
    elif plot.name in ("rates", "dprime"):
        settings = (
            {"range": [-0.06, 1.06], "dtick": 0.5}
            if plot.name == "rates"
            else {
                "rangemode": "tozero",
                "nticks": 4,
            }
        )
    elif plot.name == "volume":
        settings = {"rangemode": "tozero", "nticks": 3}
    title = {"text": plot.title, "standoff": 4}
    base = theme.axis(domain=list(domain), anchor="x", fixedrange=True, showgrid=True)
    return base | {"gridcolor": theme.GRID_COLOR, "zeroline": False} | settings | {"title": title}


def _layout(by: str, x: Any, width: float) -> dict[str, Any]:
    axis = theme.axis(
        fixedrange=True,
        title={"text": "session, in order of date" if by == "order" else "date"},
        unifiedhovertitle={"text": "session %{x}" if by == "order" else "%{x|%Y-%m-%d}"},
    )
    if by == "order":
        step = 1 if len(x) <= 40 else 5
        axis |= {
            "range": [0.4, max(len(x), 3) + 0.6],
            "tickvals": list(range(step, len(x) + 1, step)),
        }
    return {
        "margin": {"l": 54, "r": 10, "t": 6, "b": 40},
        "barmode": "stack",
        "bargap": 0,
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "dragmode": False,
        "font": {"size": 11},
        "xaxis": axis,
        "annotations": [],
    }


def _not_here(history: pd.DataFrame, x: Any, width: float, by: str) -> list[dict[str, Any]]:
    """Shaded rectangles behind the sessions whose file is not on this machine."""
    half = width / 2 / 0.8 if by == "order" else 0.0
    if by == "date":
        return []
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": at - half,
            "x1": at + half,
            "y0": 0,
            "y1": 1,
            "line": {"width": 0},
            "fillcolor": NOT_HERE_COLOR,
            "layer": "below",
        }
        for at, here in zip(x.tolist(), history["here"].tolist(), strict=True)
        if not here
    ]


def _name(name: str, domain: tuple[float, float]) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0.002,
        "y": domain[1],
        "text": NAMES.get(name, ""),
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": -4,
        "showarrow": False,
        "font": {"size": 11, "color": theme.MUTED},
    }
