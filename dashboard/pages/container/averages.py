"""Population averages of a container's days, grouped by experience level."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.components.answering import EmptyPanel
from dashboard.components.averages import CONTAINER_SPAN, UNIT, dropped, line, population
from dashboard.components.buttons.stream_link import readable
from dashboard.components.chips import counted
from dashboard.components.problems.parts import without_path
from dashboard.figures.days.small_multiples import Cell, Line, Row, small_multiples_figure
from dashboard.figures.literal import literal
from data_layer.derived.session_type import behavior_type
from data_layer.errors import DataLayerError
from data_layer.project_cache.matched_cells import container_days
from data_layer.project_cache.open_stores import OpenStores
from data_layer.values.slices import TriggeredSlice

EVENTS = {"change": "image change", "omission": "omission"}
NOTHING_HERE = "None of this container's NWB files is on this machine. "
CAN_STREAM = "They can be streamed or downloaded: the buttons at the top of the page do so."
FETCH = "Download one (vbdash fetch), then reload the page."
Groups = dict[tuple[str, bool], list[dict[str, TriggeredSlice]]]


def averages_content(stores: OpenStores, container: int, *, streamed: bool) -> dict[str, Any]:
    """The figure of a container's averages, also of its ``streamed`` days if they are asked for.

    Raises:
        EmptyPanel: no file of the container is on this machine, or none can be read.
    """
    days = container_days(stores.cache, container)
    shown = days[days.index.isin(readable(stores.cache, streamed=streamed))]
    if shown.empty:
        can_stream = days.index.isin(stores.cache.available("experiment")).any()
        raise EmptyPanel(NOTHING_HERE + (CAN_STREAM if can_stream else FETCH))
    groups, problems = _groups(stores, shown)
    if not groups:
        raise EmptyPanel(problems[0])
    rows = [
        Row(f"around {title}", CONTAINER_SPAN, [_cell(groups, event, problems)], event)
        for event, title in EVENTS.items()
    ]
    return small_multiples_figure(rows, UNIT, x_title="time from the event (s)", gap=0.16)


def _groups(stores: OpenStores, days: pd.DataFrame) -> tuple[Groups, list[str]]:
    """The days' averages, grouped by experience level and by whether the session was passive."""
    groups: Groups = {}
    problems = []
    for id_, row in zip(days.index.tolist(), days.to_dict("records"), strict=True):
        passive = behavior_type(theme.fact(row["session_type"])) == "passive_viewing"
        key = theme.fact(row.get("experience_level"), "level"), passive
        try:
            store = stores.experiment(id_)
            day = {event: population(store, event, CONTAINER_SPAN) for event in EVENTS}
        except DataLayerError as error:
            problems.append(f"Experiment {id_}: {without_path(error)}")
            continue
        groups.setdefault(key, []).append(day)
    return groups, problems


def _cell(groups: Groups, event: str, problems: list[str]) -> Cell:
    lines: list[Line] = []
    notes, left_out = [], 0
    for (level, passive), days in sorted(groups.items()):
        slices = [day[event] for day in days]
        color = theme.EXPERIENCE_COLORS.get(level, theme.MUTED)
        if passive:
            color = theme.PASSIVE_COLORS.get(level, theme.PASSIVE_COLOR)
        name = f"{level}, passive" if passive else level
        drawn = line(name, color, slices, dash="dash" if passive else "solid")
        left_out += dropped(slices)
        if drawn is not None:
            lines.append(drawn)
            mark = "╌" if passive else "━"
            notes.append(
                f"<span style='color:{color}'>{mark} <b>{literal(name)}</b></span> "
                f"n = {drawn.n:,}, {counted(len(days), 'day')}"
            )
    if left_out:
        notes.append(f"{left_out:,} without a full window")
    if problems:
        notes.append(f"{len(problems)} files could not be read")
    return Cell(lines, "" if lines else f"no {EVENTS[event]} in these sessions", notes)
