"""Sessions one after another: stage, d′, rates, outcomes, rewards and licks of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.plain import plain_figure

Floats = NDArray[np.floating]
DAY = 86_400_000.0  # ms, the unit of Plotly's date axes
UNCOUNTED, WITHOUT_TASK = "aborted/auto", "passive"
EARNED_COLOR, FREE_COLOR, LICKS_COLOR = "#1f77b4", theme.AUTO_REWARD_COLOR, "#7b8794"
WITHOUT_TASK_COLOR = "#c9b8a4"
PALE = 0.22
STACK = ("hit", "miss", "correct_reject", "false_alarm", "auto_rewarded", "aborted")
NOT_HERE_COLOR = "rgba(127,139,153,0.10)"


@dataclass(frozen=True, slots=True)
class Plot:
    """One of the plots above each other: its name, its y axis' title, how tall it is."""

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


def behavior_history_figure(
    history: pd.DataFrame, *, by: str = "order", plots: Sequence[str] = ()
) -> dict[str, Any]:
    """Plots above each other on one axis of sessions.

    Args:
        history: a row per session in the order of the axis, columns as of
            ``BehaviorHistory.of_sessions`` and ``path``, which a click opens.
        by: ``order`` (1, 2, …) or ``date``.
        plots: names of ``PLOTS`` to draw; all where empty.
    """
    shown = [plot for plot in PLOTS if plot.name in plots or not plots]
    x, width = _places(history, by)
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = _layout(by, x, width)
    for number, (plot, domain) in enumerate(zip(shown, _domains(shown), strict=True), 1):
        suffix = "" if number == 1 else str(number)
        place = {"xaxis": "x", "yaxis": f"y{suffix}"}
        drawn = BUILDERS[plot.name](history, width)
        common = {"x": x, "customdata": history["path"].tolist()} | place
        traces += [trace | common for trace in drawn]
        layout[f"yaxis{suffix}"] = _axis(plot, domain)
        layout["annotations"].append(_name(plot.name, domain))
    layout["xaxis"]["anchor"] = "y" if len(shown) == 1 else f"y{len(shown)}"
    layout["shapes"] = _not_here(history, x, width, by)
    return plain_figure(traces, layout)


def _places(history: pd.DataFrame, by: str) -> tuple[Any, float]:
    if by == "date":
        dates = history["date_of_acquisition"]
        return [f"{date:%Y-%m-%d %H:%M}" for date in dates], 0.8 * DAY
    return np.arange(1, len(history) + 1), 0.8


def _domains(shown: Sequence[Plot]) -> list[tuple[float, float]]:
    """From the top down, with gaps between."""
    total = sum(plot.weight for plot in shown)
    room = 1.0 - GAP * (len(shown) - 1)
    domains, top = [], 1.0
    for plot in shown:
        height = room * plot.weight / total
        domains.append((max(top - height, 0.0), top))
        top -= height + GAP
    return domains


def _bars(
    values: Floats, color: str, name: str, width: float, pale: NDArray[np.bool_], hover: str
) -> dict[str, Any]:
    """Bars that are filled, or where ``pale`` outlined only."""
    light, full = theme.translucent(color, PALE), theme.translucent(color, 1)
    # Stacked on NaN a bar would begin at 0; on None it begins where the last one ends.
    known = [None if value != value else value for value in values.tolist()]
    return {
        "type": "bar", "y": known, "name": name, "width": width,
        "marker": {
            "color": [light if one else full for one in pale.tolist()],
            "line": {"color": color, "width": [1.0 if one else 0.0 for one in pale.tolist()]},
        },
        "hovertemplate": f"{hover}<extra></extra>",
    }  # fmt: skip


def _stage(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    """The session type in short, coloured by experience level; pale where no file is here."""
    traces = []
    absent = ~history["here"].to_numpy(bool)
    levels = history["experience_level"].astype(str).to_numpy()
    for level in dict.fromkeys(levels.tolist()):
        color = theme.EXPERIENCE_COLORS.get(level, theme.MUTED)
        chosen = levels == level
        bars = _bars(np.where(chosen, 1.0, np.nan), color, level, width, absent, "%{text}")
        words = [_words(row) if on else "" for row, on in zip(_rows(history), chosen, strict=True)]
        names = [short_stage(str(row["session_type"])) for row in _rows(history)]
        labels = {
            "type": "scatter", "mode": "text", "y": np.where(chosen, 0.5, np.nan), "text": names,
            "hoverinfo": "skip",
            "textfont": {"size": 10, "color": [
                theme.INK if one or level == "Training" else theme.PAPER for one in absent.tolist()
            ]},
        }  # fmt: skip
        traces += [bars | {"text": words, "textposition": "none"}, labels]
    return traces


def short_stage(session_type: str) -> str:
    """``T3`` of ``TRAINING_3_images_A_10uL_reward``, ``O5p`` of ``OPHYS_5_images_B_passive``."""
    found = re.match(r"([A-Z])[A-Z]+_(\d+)", session_type)
    if not found:
        return session_type[:3]
    return found[1] + found[2] + ("p" if "passive" in session_type else "")


def _rows(history: pd.DataFrame) -> list[dict[Any, Any]]:
    return history.to_dict("records")


def _words(row: Mapping[Any, Any]) -> str:
    where = "on this machine" if row["here"] else "not on this machine"
    task = "" if row["active"] else "<br>passive viewing: performance is not applicable"
    numbers = {"file": "from the file", "table": "counts from the table", "": "no counts"}
    mean = row["mean_dprime"]
    rolling = f"<br>mean rolling d′ (AllenSDK) {mean:.2f}" if mean == mean and row["active"] else ""
    return (
        f"<b>{row['session_type']}</b><br>{row['experience_level']}, "
        f"{row['date_of_acquisition']:%Y-%m-%d}<br>{where}; {numbers[row['source']]}{task}{rolling}"
    )


def _points(
    history: pd.DataFrame, column: str, name: str, color: str, symbol: str
) -> dict[str, Any]:
    """A line with a symbol per session: filled where the file was counted, else hollow."""
    hollow = history["source"].to_numpy() != "file"
    return {
        "type": "scatter", "mode": "lines+markers", "y": history[column].to_numpy(float),
        "name": name, "connectgaps": False, "line": {"color": color, "width": 1.2},
        "marker": {
            "symbol": [f"{symbol}-open" if one else symbol for one in hollow.tolist()],
            "size": 8, "color": color, "opacity": 1, "line": {"width": 1.6, "color": color},
        },
        "hovertemplate": f"{name} %{{y:.2f}}<extra></extra>",
    }  # fmt: skip


def _dprime(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    return [_points(history, "dprime", "d′", theme.DPRIME_COLOR, "circle")]


def _rates(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    false_alarms = "false_alarm_rate", "false-alarm rate", theme.FALSE_ALARM_RATE_COLOR
    return [
        _points(history, "hit_rate", "hit rate", theme.HIT_RATE_COLOR, "circle"),
        _points(history, *false_alarms, "triangle-up"),
    ]


def _outcomes(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    pale = history["source"].to_numpy() != "file"
    columns = [(name, theme.OUTCOME_LABELS[name], theme.OUTCOME_COLORS[name]) for name in STACK]
    columns.append(("uncounted", UNCOUNTED, theme.MUTED))
    active, traces = history["active"].to_numpy(bool), []
    without_task = np.where(active, np.nan, history["trial_count"].to_numpy(float))
    if np.isfinite(without_task).any():
        hover = "shown passively %{y:,.0f}"
        traces.append(_bars(without_task, WITHOUT_TASK_COLOR, WITHOUT_TASK, width, pale, hover))
    for column, label, color in columns:
        values = np.where(active, history[column].to_numpy(float), np.nan)
        if np.isfinite(values).any():
            hover = f"{label} %{{y:,.0f}}"
            traces.append(_bars(values, color, label, width, pale, hover))
    return traces


def _rewards(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    filled = np.zeros(len(history), dtype=bool)
    return [
        _bars(history[column].to_numpy(float), color, name, width, filled, f"{name} %{{y:,.0f}}")
        for column, color, name in (
            ("earned_reward_count", EARNED_COLOR, "earned rewards"),
            ("auto_reward_count", FREE_COLOR, "free rewards"),
        )
    ]


def _volume(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    values, filled = history["reward_volume"].to_numpy(float), np.zeros(len(history), dtype=bool)
    return [_bars(values, EARNED_COLOR, "water", width, filled, "water %{y:.3f} ml")]


def _licks(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    values, filled = history["lick_count"].to_numpy(float), np.zeros(len(history), dtype=bool)
    return [_bars(values, LICKS_COLOR, "licks", width, filled, "licks %{y:,.0f}")]


BUILDERS = {
    "stage": _stage, "dprime": _dprime, "rates": _rates, "outcomes": _outcomes,
    "rewards": _rewards, "volume": _volume, "licks": _licks,
}  # fmt: skip


def _axis(plot: Plot, domain: tuple[float, float]) -> dict[str, Any]:
    settings: dict[str, Any] = {"rangemode": "tozero", "nticks": 4, "tickformat": "~s"}
    if plot.name == "stage":
        settings = {"range": [0, 1], "visible": False}
    elif plot.name in ("rates", "dprime"):
        settings = {"range": [-0.06, 1.06], "dtick": 0.5} if plot.name == "rates" else {
            "rangemode": "tozero", "nticks": 4,
        }  # fmt: skip
    elif plot.name == "volume":
        settings = {"rangemode": "tozero", "nticks": 3}
    title = {"text": plot.title, "standoff": 4}
    base = theme.axis(domain=list(domain), anchor="x", fixedrange=True, showgrid=True)
    return base | {"gridcolor": "#eef1f5", "zeroline": False} | settings | {"title": title}


def _layout(by: str, x: Any, width: float) -> dict[str, Any]:
    axis = theme.axis(
        fixedrange=True, title={"text": "session, in order of date" if by == "order" else "date"},
        unifiedhovertitle={"text": "session %{x}" if by == "order" else "%{x|%Y-%m-%d}"},
    )  # fmt: skip
    if by == "order":
        step = 1 if len(x) <= 40 else 5
        axis |= {"range": [0.4, max(len(x), 3) + 0.6], "tick0": step, "dtick": step}
    return {
        "margin": {"l": 54, "r": 10, "t": 6, "b": 40}, "barmode": "stack", "bargap": 0,
        "hovermode": "x unified", "hoversubplots": "axis", "dragmode": False,
        "font": {"size": 11}, "xaxis": axis, "annotations": [],
    }  # fmt: skip


def _not_here(history: pd.DataFrame, x: Any, width: float, by: str) -> list[dict[str, Any]]:
    """A shade behind the sessions whose file is not on this machine."""
    half = width / 2 / 0.8 if by == "order" else 0.0
    if by == "date":
        return []
    return [
        {
            "type": "rect", "xref": "x", "yref": "paper", "x0": at - half, "x1": at + half,
            "y0": 0, "y1": 1, "line": {"width": 0}, "fillcolor": NOT_HERE_COLOR, "layer": "below",
        }
        for at, here in zip(x.tolist(), history["here"].tolist(), strict=True) if not here
    ]  # fmt: skip


def _name(name: str, domain: tuple[float, float]) -> dict[str, Any]:
    return {
        "xref": "paper", "yref": "paper", "x": 0.002, "y": domain[1], "text": NAMES.get(name, ""),
        "xanchor": "left", "yanchor": "bottom", "yshift": -4, "showarrow": False,
        "font": {"size": 11, "color": theme.MUTED},
    }  # fmt: skip


def _colored(text: str, color: str) -> str:
    return f"<b><span style='color:{color}'>{text}</span></b>"


def _in_colors(pairs: Mapping[str, str]) -> str:
    words = {"correct reject": "CR", "false alarm": "FA", "auto-rewarded": "auto"}
    return " ".join(
        f"<span style='color:{color}'>■</span> {words.get(text, text)}"
        for text, color in pairs.items()
    )


NAMES = {
    "dprime": _colored("● d′", theme.DPRIME_COLOR) + " of all trials of the session",
    "rates": _colored("● hit rate", theme.HIT_RATE_COLOR)
    + "  " + _colored("▲ false-alarm rate", theme.FALSE_ALARM_RATE_COLOR),
    "outcomes": _in_colors({theme.OUTCOME_LABELS[n]: theme.OUTCOME_COLORS[n] for n in STACK}
                           | {UNCOUNTED: theme.MUTED, WITHOUT_TASK: WITHOUT_TASK_COLOR}),
    "rewards": _in_colors({"earned rewards": EARNED_COLOR, "free rewards": FREE_COLOR}),
    "volume": _in_colors({"water": EARNED_COLOR}),
    "licks": _in_colors({"licks": LICKS_COLOR}),
}  # fmt: skip
