"""Lick raster: a row per trial, aligned to the change and coloured by outcome.

The columns at the left show the outcome by position and symbol too, so that no colour has to be
told apart. ``layout.meta`` has the trials' times, which link rows with the time window.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.literal import literal
from dashboard.figures.plain import plain_figure
from dashboard.figures.shapes import strokes
from data_layer.values.slices import RasterSlice

LANES = ("hit", "miss", "false_alarm", "correct_reject", "auto_rewarded")
N_TICKS = 6
TINT = 0.28
ROWS_HEIGHT = 250  # px, the approximate height of all rows together


def lick_raster_figure(raster: RasterSlice, response_window: Sequence[float]) -> dict[str, Any]:
    """The raster, first row on top; ``response_window`` (s after the change) is shaded."""
    text = [_hover(trial) for trial in raster.trials.reset_index().itertuples()]
    codes = _codes(raster.trials["outcome"])
    traces = [
        # Plotly places a colour of a heatmap without rows at NaN, which the browser complains of.
        *([_tint(codes, raster.span, text), _lanes(codes)] if len(codes) else []),
        _rewards(raster, ~raster.is_auto_reward, "earned reward"),
        _rewards(raster, raster.is_auto_reward, "auto reward"),
        _window_marks(raster.span),
    ]
    return plain_figure(
        traces,
        {
            "margin": {"l": 52, "r": 14, "t": 20, "b": 40},
            "xaxis": theme.axis(
                title=_title("time from change (s)"),
                range=list(raster.span),
                domain=[0.13, 1],
                dtick=1,
            ),
            "xaxis2": _lane_axis(),
            "yaxis": _rows_axis(raster.trials.index),
            "shapes": [_response_window(response_window), _change_line(), _licks(raster)],
            "annotations": [] if len(codes) else [_nothing()],
            "meta": _meta(raster.trials),
            "uirevision": ",".join(map(str, raster.trials.index[:1])) + f"/{len(codes)}",
            "hovermode": "closest",
            "dragmode": "zoom",
        },
    )


def _codes(outcomes: pd.Series[str]) -> NDArray[np.float32]:
    """The column (lane) of each row's outcome; NaN for outcomes without one."""
    index = {outcome: i for i, outcome in enumerate(LANES)}
    return np.array([index.get(outcome, np.nan) for outcome in outcomes], dtype=np.float32)


def _colors() -> dict[str, Any]:
    """A colour scale of equal steps, one per lane."""
    n = len(LANES)
    steps = [
        [edge / n, theme.OUTCOME_COLORS[outcome]]
        for i, outcome in enumerate(LANES)
        for edge in (i, i + 1)
    ]
    return {"colorscale": steps, "zmin": -0.5, "zmax": n - 0.5, "showscale": False}


def _tint(
    codes: NDArray[np.float32], span: tuple[float, float], text: Sequence[str]
) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "name": "trial",
        "x": list(span),
        "y0": 0,
        "dy": 1,
        "z": codes[:, None],
        "text": [[line] for line in text],
        "hoverinfo": "text",
        "opacity": TINT,
        **_colors(),
    }


def _lanes(codes: NDArray[np.float32]) -> dict[str, Any]:
    z = np.full((len(codes), len(LANES)), np.nan, dtype=np.float32)
    known = np.flatnonzero(~np.isnan(codes))
    z[known, codes[known].astype(np.int64)] = codes[known]
    return {
        "type": "heatmap",
        "name": "outcome",
        "x0": 0,
        "dx": 1,
        "y0": 0,
        "dy": 1,
        "xaxis": "x2",
        "z": z,
        "hoverinfo": "skip",
        "xgap": 1,
        **_colors(),
    }


def _licks(raster: RasterSlice) -> dict[str, Any]:
    """Every lick as a vertical line of its row's height."""
    rows = raster.lick_rows
    return strokes(
        raster.lick_times, theme.LICK_COLOR, "lick", low=rows - 0.46, high=rows + 0.46, width=1.2
    )


def _rewards(raster: RasterSlice, chosen: NDArray[np.bool_], name: str) -> dict[str, Any]:
    is_auto = name == "auto reward"
    size = float(np.clip(ROWS_HEIGHT / max(len(raster.trials), 1), 4, 9))
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "hoverinfo": "skip",
        "x": raster.reward_times[chosen],
        "y": raster.reward_rows[chosen],
        "marker": {
            "symbol": "diamond-open" if is_auto else "triangle-up",
            "size": size,
            "color": theme.AUTO_REWARD_COLOR if is_auto else theme.REWARD_COLOR,
        },
    }


def _window_marks(span: tuple[float, float]) -> dict[str, Any]:
    """An empty trace; the browser adds a mark for each row whose trial is in the time window."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "in the time window",
        "hoverinfo": "skip",
        "x": [span[1]],
        "y": [None],
        "cliponaxis": False,
        "marker": {"symbol": "triangle-left", "size": 10, "color": theme.ACCENT},
    }


def _response_window(response_window: Sequence[float]) -> dict[str, Any]:
    start, stop = response_window
    return {
        "type": "rect",
        "x0": start,
        "x1": stop,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "fillcolor": "gray",
        "opacity": 0.25,
        "line": {"width": 0},
        "name": "response window",
    }


def _change_line() -> dict[str, Any]:
    return {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "name": "change",
        "line": {"color": theme.INK, "width": 1},
    }


def _nothing() -> dict[str, Any]:
    return {
        "text": "No trial has these outcomes. Choose an outcome above.",
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 0.55,
        "y": 0.5,
    }


def _lane_axis() -> dict[str, Any]:
    glyphs = [
        f"<span style='color:{theme.OUTCOME_COLORS[name]}'>{theme.OUTCOME_GLYPHS[name]}</span>"
        for name in LANES
    ]
    return theme.axis(
        domain=[0, 0.11],
        range=[-0.5, len(LANES) - 0.5],
        side="top",
        tickvals=list(range(len(LANES))),
        ticktext=glyphs,
        ticks="",
        fixedrange=True,
        showline=False,
        tickangle=0,
    )


def _rows_axis(trials_ids: pd.Index[int]) -> dict[str, Any]:
    n = len(trials_ids)
    rows = sorted({round(row) for row in np.linspace(0, n - 1, N_TICKS)}) if n else []
    return theme.axis(
        title=_title("trial (trials_id)"),
        anchor="x2",
        range=[max(n, 1) - 0.5, -0.5],
        tickvals=rows,
        ticktext=[str(trials_ids[row]) for row in rows],
    )


def _title(text: str) -> dict[str, Any]:
    return {"text": text, "standoff": 3, "font": {"size": 12}}


def _meta(trials: pd.DataFrame) -> dict[str, list[float]]:
    return {
        name: trials[name].astype(float).tolist()
        for name in ("change_time", "start_time", "stop_time")
    }


def _hover(trial: Any) -> str:
    outcome = theme.OUTCOME_LABELS.get(trial.outcome, literal(trial.outcome))
    images = literal(f"{trial.initial_image_name} → {trial.change_image_name}")
    latency = trial.response_latency
    answer = f"response latency {latency:.3f} s" if np.isfinite(latency) else "no response"
    return (
        f"<b>trial {trial.trials_id}: {outcome}</b><br>{images}"
        f"<br>change at {trial.change_time:,.2f} s, {answer}<br>click to go there"
    )
