"""Traces of a mouse's sessions: d′, rates, outcomes, rewards and licks of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard import theme
from dashboard.figures.history.session_bars import bars, points, with_pattern
from dashboard.figures.history.session_stages import stage_strip

UNCOUNTED, WITHOUT_TASK = "aborted/auto", "passive"
EARNED_COLOR, FREE_COLOR, LICKS_COLOR = (
    theme.REWARD_COLOR,
    theme.AUTO_REWARD_COLOR,
    theme.COUNT_COLOR,
)
STACK = ("hit", "miss", "correct_reject", "false_alarm", "auto_rewarded", "aborted")


def _dprime(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    return [points(history, "dprime", "d′", theme.DPRIME_COLOR, "circle")]


def _rates(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    false_alarms = "false_alarm_rate", "false-alarm rate", theme.FALSE_ALARM_RATE_COLOR
    return [
        points(history, "hit_rate", "hit rate", theme.HIT_RATE_COLOR, "circle"),
        points(history, *false_alarms, "triangle-up"),
    ]


def _outcomes(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    pale = history["source"].to_numpy() != "file"
    columns = [
        (name, theme.OUTCOME_LABELS[name], theme.OUTCOME_COLORS[name], theme.OUTCOME_PATTERNS[name])
        for name in STACK
    ]
    columns.append(("uncounted", UNCOUNTED, theme.MUTED, ""))
    active, traces = history["active"].to_numpy(bool), []
    without_task = np.where(active, np.nan, history["trial_count"].to_numpy(float))
    if np.isfinite(without_task).any():
        hover = "shown passively %{y:,.0f}"
        traces.append(
            bars(
                without_task,
                theme.WITHOUT_TASK_COLOR,
                WITHOUT_TASK,
                width=width,
                pale=pale,
                hover=hover,
            )
        )
    for column, label, color, pattern in columns:
        values = np.where(active, history[column].to_numpy(float), np.nan)
        if np.isfinite(values).any():
            hover = f"{label} %{{y:,.0f}}"
            drawn = bars(values, color, label, width=width, pale=pale, hover=hover)
            traces.append(with_pattern(drawn, pattern))
    return traces


def _rewards(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    filled = np.zeros(len(history), dtype=bool)
    return [
        bars(
            history[column].to_numpy(float),
            color,
            name,
            width=width,
            pale=filled,
            hover=f"{name} %{{y:,.0f}}",
        )
        for column, color, name in (
            ("earned_reward_count", EARNED_COLOR, "earned rewards"),
            ("auto_reward_count", FREE_COLOR, "free rewards"),
        )
    ]


def _volume(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    values, filled = history["reward_volume"].to_numpy(float), np.zeros(len(history), dtype=bool)
    return [
        bars(values, EARNED_COLOR, "water", width=width, pale=filled, hover="water %{y:.3f} ml")
    ]


def _licks(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    values, filled = history["lick_count"].to_numpy(float), np.zeros(len(history), dtype=bool)
    return [bars(values, LICKS_COLOR, "licks", width=width, pale=filled, hover="licks %{y:,.0f}")]


BUILDERS = {
    "stage": stage_strip,
    "dprime": _dprime,
    "rates": _rates,
    "outcomes": _outcomes,
    "rewards": _rewards,
    "volume": _volume,
    "licks": _licks,
}


SQUARES = {theme.OUTCOME_LABELS[name]: theme.OUTCOME_SQUARES[name] for name in STACK}


def _colored(text: str, color: str) -> str:
    return f"<b><span style='color:{color}'>{text}</span></b>"


def _in_colors(pairs: Mapping[str, str]) -> str:
    words = {"correct reject": "CR", "false alarm": "FA", "auto-rewarded": "auto"}
    return " ".join(
        f"<span style='color:{color}'>{SQUARES.get(text, '■')}</span> {words.get(text, text)}"
        for text, color in pairs.items()
    )


NAMES = {
    "dprime": _colored("● d′", theme.DPRIME_COLOR) + " of all trials of the session",
    "rates": _colored("● hit rate", theme.HIT_RATE_COLOR)
    + "  "
    + _colored("▲ false-alarm rate", theme.FALSE_ALARM_RATE_COLOR),
    "outcomes": _in_colors(
        {theme.OUTCOME_LABELS[n]: theme.OUTCOME_COLORS[n] for n in STACK}
        | {UNCOUNTED: theme.MUTED, WITHOUT_TASK: theme.WITHOUT_TASK_COLOR}
    ),
    "rewards": _in_colors({"earned rewards": EARNED_COLOR, "free rewards": FREE_COLOR}),
    "volume": _in_colors({"water": EARNED_COLOR}),
    "licks": _in_colors({"licks": LICKS_COLOR}),
}
