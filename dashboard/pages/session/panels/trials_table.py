"""The trials as a table: all columns of the file, and the outcome as one word."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.components.table import column, kind_of
from dashboard.theme.stylesheet import css
from dashboard.vocabulary import explain, term
from data_layer.derived.trial_type import trial_outcome, trial_type

IMAGES = ("initial_image_name", "change_image_name")
N_LICKS = "n_licks"


def trials_frame(trials: pd.DataFrame) -> pd.DataFrame:
    """The trials with added columns for id, type, outcome and number of licks."""
    frame = trials.copy()
    frame.insert(0, "trials_id", trials.index)
    frame.insert(1, "outcome", trial_outcome(trials))
    frame.insert(2, "trial_type", trial_type(trials))
    if "lick_times" in frame:
        index = frame.columns.tolist().index("lick_times")
        frame.insert(index, N_LICKS, frame["lick_times"].map(len))
    return frame


def trials_columns(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The definitions of the columns; id and outcome are pinned."""
    return [_column(str(name), frame[name]) for name in frame.columns]


def _column(name: str, values: pd.Series[Any]) -> dict[str, Any]:
    if name == "outcome":
        return _outcome(values)
    if name == N_LICKS:
        return column(name, "number", "How many licks the trial has.", "licks")
    known = term("trials", name)
    unit = known.unit if known else ""
    pinned = {"pinned": "left"} if name == "trials_id" else {}
    return column(name, kind_of(values), explain("trials", name), unit, **pinned)


def _outcome(values: pd.Series[Any]) -> dict[str, Any]:
    conditions = [
        {
            "condition": f"params.value === '{outcome}'",
            "style": {"boxShadow": f"inset 5px 0 {css(color)}", "paddingLeft": "10px"},
        }
        for outcome, color in theme.OUTCOME_COLORS.items()
    ]
    return column(
        "outcome",
        "text",
        explain("trials", "outcome"),
        pinned="left",
        width=118,
        cellStyle={"styleConditions": conditions},
    )
