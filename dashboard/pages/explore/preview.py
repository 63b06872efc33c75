"""The preview below Explore's table: the highlighted row, its sister planes, its other days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import theme
from dashboard.components.buttons.compare_button import compare_button
from dashboard.pages.explore.columns import SHOWN_AS
from dashboard.pages.explore.kinds import TABLES
from dashboard.theme import CRE_LINE_COLORS, EXPERIENCE_COLORS, RULE
from dashboard.theme.stylesheet import css
from dashboard.urls import container_path, mouse_path
from dashboard.urls.routes import projection_url
from data_layer.errors import UnknownId
from data_layer.project_cache.cache import Kind
from data_layer.project_cache.files import as_ids
from data_layer.project_cache.neighbours import Neighbours, Row, days, planes, sessions
from data_layer.project_cache.protocol import Cache
from data_layer.values.known import known

PICTURE_WIDTH = 88  # px, as high as it is shown; fine screens have twice as many


@dataclass(frozen=True, slots=True)
class Highlighted:
    """A row with its sister planes and other days; ``planes`` is None if nothing was imaged."""

    kind: Kind
    id: int
    facts: pd.Series
    available: bool
    planes: Neighbours | None
    days: Neighbours

    @property
    def path(self) -> str:
        """The path of the row's page."""
        return TABLES[self.kind].page_of(self.id)


def highlighted(cache: Cache, kind: Kind, id_: int) -> Highlighted:
    """Find a row of one of the three tables, with its planes and days.

    Raises:
        UnknownId: the table has no such row.
    """
    table = TABLES[kind].read(cache)
    if id_ not in table.index:
        raise UnknownId(TABLES[kind].id_name, id_)
    facts, here = table.loc[[id_]].iloc[0], cache.available(kind)
    experiments, planes_here = cache.get_ophys_experiment_table(), cache.available("experiment")
    plane = id_ if kind == "experiment" else _first_plane(facts, experiments)
    imaged_with = None if plane is None else planes(experiments, plane, planes_here)
    others = days if kind == "experiment" else sessions
    return Highlighted(kind, id_, facts, id_ in here, imaged_with, others(table, id_, here))


def _first_plane(facts: pd.Series, experiments: pd.DataFrame) -> int | None:
    listed = as_ids(facts.get("ophys_experiment_id"))
    return next((id_ for id_ in listed if id_ in experiments.index), None)


def preview(row: Highlighted, fetch: Sequence[Any] = ()) -> list[Any]:
    """The elements of the preview; ``fetch`` are buttons that download its files."""
    return [
        *_picture(row),
        html.Div([_headline(row), _facts(row.facts)], className="preview-facts"),
        *_planes(row),
        _days(row),
        _open(row, fetch),
    ]


def _picture(row: Highlighted) -> list[html.Img]:
    """The projection of the plane, or of the session's first plane on this machine."""
    if row.planes is None:
        return []
    asked = [plane for plane in row.planes.rows if plane.id == row.id]
    shown = next((p for p in asked or row.planes.rows if p.available), None)
    if shown is None:
        return []
    usual, fine = (projection_url(shown.id, scale * PICTURE_WIDTH) for scale in (1, 2))
    text = f"Maximum projection of experiment {shown.id}"
    return [
        html.Img(src=usual, srcSet=f"{fine} 2x", alt=text, title=text, className="preview-picture")
    ]


def _headline(row: Highlighted) -> html.H3:
    name = TABLES[row.kind].one.capitalize()
    return html.H3([f"{name} ", dcc.Link(str(row.id), href=row.path)])


def _facts(facts: pd.Series) -> html.P:
    texts = [
        _tag(facts.get("cre_line"), CRE_LINE_COLORS),
        _text(theme.place(facts) or None),
        _text(facts.get("session_type")),
        _text(SHOWN_AS["behavior_type"].get(str(facts.get("behavior_type")))),
        _tag(facts.get("experience_level"), EXPERIENCE_COLORS),
        _linked("mouse", facts.get("mouse_id"), mouse_path),
        _linked("container", facts.get("ophys_container_id"), container_path),
        _text(_day_of(facts)),
    ]
    return html.P([text for text in texts if text is not None])


def _text(value: Any) -> html.Span | None:
    return None if _absent(value) else html.Span(str(value))


def _linked(name: str, value: Any, path_of: Callable[[Any], str]) -> html.Span | None:
    """A fact as a link to its page; sessions of several planes have several containers."""
    if isinstance(value, list) or _absent(value):
        return None
    return html.Span(dcc.Link(f"{name} {known(value)}", href=path_of(value)))


def _tag(value: Any, colors: dict[str, str]) -> html.Span | None:
    if _absent(value):
        return None
    return html.Span(
        str(value), className="tag", style={"borderColor": css(colors.get(value, RULE))}
    )


def _day_of(facts: pd.Series) -> str | None:
    date = facts["date_of_acquisition"]
    return None if _absent(date) else str(date.date())


def _absent(value: Any) -> bool:
    return known(value) is None


def _planes(row: Highlighted) -> list[html.Div]:
    if row.planes is None:
        return []
    links = [_plane(plane, plane.id == row.id) for plane in row.planes.rows]
    noun = "plane" if len(links) == 1 else "planes"
    return [_group(f"{len(links)} {noun} of this session", links, "preview-planes")]


def _plane(plane: Row, current: bool) -> dcc.Link:
    place = theme.place(plane.facts) or f"{theme.UNKNOWN} plane"
    title, text = f"Experiment {plane.id}: {place}, {_where(plane)}", place.removesuffix(" µm")
    return _mark("experiment", plane, text, current=current, title=title, name="plane")


def _days(row: Highlighted) -> html.Div:
    links = [_day(row.kind, day, day.id == row.id) for day in row.days.rows]
    position = f"{row.days.position + 1} of {len(links)}"
    titles: dict[Kind, str] = {
        "experiment": f"days of this container, {position}",
        "session": f"imaging sessions of this mouse, {position}",
        "behavior": f"sessions of this mouse, {position}",
    }
    return _group(titles[row.kind], links, "preview-days")


def _day(kind: Kind, day: Row, current: bool) -> dcc.Link:
    facts = day.facts
    level = str(known(facts.get("experience_level")) or "")
    number = facts.get("session_number")
    session_type = theme.fact(facts["session_type"], "session type")
    words = [theme.day(facts["date_of_acquisition"]), session_type, level, _where(day)]
    title = " · ".join(str(word) for word in words if word)
    # Only imaging sessions show their number: there are too many training sessions before them.
    text, name = ("", "day training") if _absent(number) else (str(known(number)), "day")
    color = EXPERIENCE_COLORS.get(level, RULE)
    return _mark(kind, day, text, current=current, title=title, name=name, color=color)


def _mark(
    kind: Kind, row: Row, text: str, *, current: bool, title: str, name: str, color: str = RULE
) -> dcc.Link:
    classes = [name, "" if row.available else "absent", "current" if current else ""]
    return dcc.Link(
        text,
        href=TABLES[kind].page_of(row.id),
        title=title,
        className=" ".join(filter(None, classes)),
        style={"--level": css(color)},
    )


def _where(row: Row) -> str:
    return "can be opened" if row.available else "not on this machine"


def _group(title: str, links: list[Any], name: str) -> html.Div:
    return html.Div([html.H4(title), html.Div(links)], className=name)


def _open(row: Highlighted, fetch: Sequence[Any]) -> html.Div:
    button = dcc.Link("Open", href=row.path, className="open-button")
    note = None if row.available else html.P("Its NWB file is not on this machine.")
    more = [compare_button(row.id)] if row.kind == "experiment" else []
    return html.Div([button, *more, *fetch, note], className="preview-open")
