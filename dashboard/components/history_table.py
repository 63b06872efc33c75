"""A table of a mouse's sessions: date, type, whether the file is here, and main numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import theme
from dashboard.theme.stylesheet import css

HEADINGS = {
    "#": "Session, in order of date",
    "date": "Date of acquisition (UTC)",
    "session type": "Session type; filled: on this machine, hollow: only in the tables",
    "d′": "d′ over all go and catch trials",
    "hit": "Hit rate",
    "FA": "False-alarm rate",
    "trials": "Trials, aborted ones included",
    "rewards": "Rewards, earned and free",
    "licks": "Licks",
}
NONE = "–"


def history_table(history: pd.DataFrame) -> html.Div:
    """A row per session with a link to it; problems with files are listed below."""
    rows = [_row(i, row) for i, row in enumerate(history.to_dict("records"), 1)]
    head = html.Tr([html.Th(text, title=title) for text, title in HEADINGS.items()])
    problems = [html.P(text, className="panel-note") for text in history["problem"] if text]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="plain-table")
    return html.Div([table, *problems])


def _row(number: int, row: Mapping[Any, Any]) -> html.Tr:
    level = theme.fact(row["experience_level"], "experience level")
    color = theme.EXPERIENCE_COLORS.get(level, theme.MUTED)
    state = "level-mark here" if row["here"] else "level-mark"
    mark = html.Span(className=state, style={"--level": css(color)})
    where = "on this machine" if row["here"] else "not on this machine"
    name = dcc.Link(theme.fact(row["session_type"]), href=row["path"], title=f"{level}, {where}")
    earned, free = row["earned_reward_count"], row["auto_reward_count"]
    cells = [
        theme.day(row["date_of_acquisition"]),
        [mark, name],
        _fixed(row["dprime"]),
        _fixed(row["hit_rate"]),
        _fixed(row["false_alarm_rate"]),
        _count(row["trial_count"]),
        _count(earned + free),
        _count(row["lick_count"]),
    ]
    return html.Tr([html.Td(number), *(html.Td(cell) for cell in cells)])


def _fixed(value: float) -> str:
    return NONE if pd.isna(value) else f"{value:.2f}"


def _count(value: float) -> str:
    return NONE if pd.isna(value) else f"{value:,.0f}"
