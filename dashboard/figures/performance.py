"""Rolling performance during the session: response rates, d′ and reward rate as three plots."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import theme

ENGAGED_ABOVE = 2.0  # rewards/min, AllenSDK's threshold
RAW = "raw"
EMPTY_TOPS = {"yaxis2": 3, "yaxis3": 4}
DOMAINS = {"yaxis": (0.66, 1.0), "yaxis2": (0.35, 0.55), "yaxis3": (0.0, 0.24)}
INVISIBLE: dict[str, Any] = {"width": 0, "shape": "hv"}


def performance_figure(
    rolling: pd.DataFrame, trials: pd.DataFrame, bounds: tuple[float, float]
) -> go.Figure:
    """Three plots over session time.

    Args:
        rolling: the session's rolling performance, a row per trial.
        trials: the same trials; a value holds from the trial's change, or else from its start.
        bounds: first and last time of the session (s).
    """
    times = trials["change_time"].fillna(trials["start_time"])
    done = ~trials["aborted"].astype(bool)
    traces = [
        *_rates(rolling[done], times[done]),
        _line(rolling["rolling_dprime"][done], times[done], "d′", theme.DPRIME_COLOR, "y2"),
        *_reward_rate(rolling["reward_rate"], times),
    ]
    layout = _layout(bounds, _names())
    if rolling[["hit_rate", "false_alarm_rate"]].isna().all(axis=None):
        layout["annotations"].append(_sentence("No go or catch trials in this session."))
        layout["yaxis2"]["range"] = [0, EMPTY_TOPS["yaxis2"]]
    return go.Figure({"data": traces, "layout": layout})


def passive_figure(bounds: tuple[float, float]) -> go.Figure:
    """Empty axes with the reason, for a passive session."""
    text = "Passive viewing: without a lick spout there are<br>no hits, false alarms or rewards."
    nothing = {"type": "scatter", "x": list(bounds), "y": [None, None], "hoverinfo": "skip"}
    data = [nothing | {"yaxis": axis} for axis in ("y", "y2", "y3")]
    layout = _layout(bounds, [_sentence(text)])
    for name, top in EMPTY_TOPS.items():
        layout[name]["range"] = [0, top]
    return go.Figure({"data": data, "layout": layout})


def _sentence(text: str) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.8,
        "showarrow": False,
        "text": text,
        "font": {"size": 13, "color": theme.MUTED},
    }


def _rates(rolling: pd.DataFrame, times: pd.Series[float]) -> list[dict[str, Any]]:
    traces = []
    dash = theme.FALSE_ALARM_RATE_DASH
    for name, label, color, look in (
        ("hit_rate", "hit rate", theme.HIT_RATE_COLOR, "solid"),
        ("false_alarm_rate", "false-alarm rate", theme.FALSE_ALARM_RATE_COLOR, dash),
    ):
        raw = _line(rolling[f"{name}_raw"], times, f"{label}, raw", color, "y", width=1, dash="dot")
        traces += [
            raw | {"visible": False, "meta": RAW},
            _line(rolling[name], times, label, color, "y", dash=look),
        ]
    return traces


def _reward_rate(rate: pd.Series[float], times: pd.Series[float]) -> list[dict[str, Any]]:
    """The reward rate as a line, filled where the mouse counts as engaged."""
    color = theme.REWARD_RATE_COLOR
    line = _line(rate, times, "reward rate", color, "y3", hover="%{y:.2f} rewards/min")
    silent = line | {"hoverinfo": "skip", "hovertemplate": None, "line": INVISIBLE}
    threshold = np.where(np.isnan(line["y"]), np.nan, ENGAGED_ABOVE)
    above = {"fill": "tonexty", "fillcolor": theme.translucent(color, 0.25)}
    return [
        silent | {"y": threshold},
        silent | above | {"y": np.maximum(line["y"], threshold)},
        line,
    ]


def _line(  # noqa: PLR0913 - how a line is drawn
    values: pd.Series[float],
    times: pd.Series[float],
    name: str,
    color: str,
    yaxis: str,
    *,
    width: float = 1.8,
    dash: str = "solid",
    hover: str = "%{y:.2f}",
) -> dict[str, Any]:
    """A stepped line: a value holds until the next trial; undefined values are gaps."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": times.to_numpy(),
        "y": values.to_numpy(float),
        "name": name,
        "xaxis": "x",
        "yaxis": yaxis,
        "connectgaps": False,
        "line": {"color": color, "width": width, "dash": dash, "shape": "hv"},
        "hovertemplate": f"{name} {hover}<extra></extra>",
    }


def _layout(bounds: tuple[float, float], annotations: list[dict[str, Any]]) -> dict[str, Any]:
    titles = {
        "yaxis": {"title": "rate", "range": [-0.03, 1.03], "dtick": 0.5},
        "yaxis2": {"title": "d′", "rangemode": "tozero", "nticks": 3},
        "yaxis3": {"title": "rewards<br>/min", "rangemode": "tozero", "nticks": 3},
    }
    axes = {
        name: theme.axis(domain=list(DOMAINS[name]), anchor="x", fixedrange=True)
        | settings
        | {"title": {"text": settings["title"], "standoff": 2}}
        for name, settings in titles.items()
    }
    return {
        "template": theme.TEMPLATE,
        "margin": {"l": 52, "r": 10, "t": 17, "b": 36},
        "font": {"size": 11},
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "dragmode": False,
        "xaxis": theme.axis(
            range=list(bounds),
            anchor="y3",
            fixedrange=True,
            tickformat=",~f",
            title="session time (s)",
        ),
        "shapes": [_threshold_line()],
        "annotations": annotations,
        **axes,
    }


def _threshold_line() -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": "y3",
        "y0": ENGAGED_ABOVE,
        "y1": ENGAGED_ABOVE,
        "line": {"color": theme.MUTED, "width": 1, "dash": "dash"},
    }


def _names() -> list[dict[str, Any]]:
    """The names of the lines, written into the plots."""
    hit = _colored("━ hit rate", theme.HIT_RATE_COLOR)
    false_alarm = _colored("┅ false-alarm rate", theme.FALSE_ALARM_RATE_COLOR)
    texts = {
        "yaxis": f"{hit} and {false_alarm}",
        "yaxis2": _colored("d′", theme.DPRIME_COLOR),
        "yaxis3": _colored("reward rate", theme.REWARD_RATE_COLOR)
        + ", filled while engaged: above 2 rewards/min (AllenSDK’s rule)",
    }
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": 0.004,
            "y": DOMAINS[name][1],
            "text": text,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": -3,
            "showarrow": False,
            "font": {"size": 11, "color": theme.MUTED},
        }
        for name, text in texts.items()
    ]


def _colored(text: str, color: str) -> str:
    return f"<b><span style='color:{color}'>{text}</span></b>"
