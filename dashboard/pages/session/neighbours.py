"""Links in the header to sister planes, days of the container and sessions of the mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import dcc, html

from dashboard import theme
from dashboard.pages.session.header import link
from dashboard.urls import ID_NAMES, Address, Kind, container_path, mouse_path
from data_layer.project_cache import neighbours
from data_layer.project_cache.neighbours import Neighbours, Row
from data_layer.project_cache.protocol import Cache
from data_layer.values.known import known


def row_of(cache: Cache, address: Address) -> dict[str, Any]:
    """What the metadata tables know about an address; nothing if they do not list it."""
    table = {
        "experiment": cache.get_ophys_experiment_table,
        "session": cache.get_ophys_session_table,
        "behavior": cache.get_behavior_session_table,
    }[address.kind]()
    row = table.loc[address.id].to_dict() if address.id in table.index else {}
    facts = {str(name): known(value) for name, value in row.items()}
    return {name: value for name, value in facts.items() if value is not None}


def links_elsewhere(cache: Cache, address: Address) -> list[html.P]:
    """Links to recordings of another kind with this id, for ids that were mixed up."""
    others = [Address(kind, address.id) for kind in ID_NAMES if kind != address.kind]
    return [
        html.P(dcc.Link(f"Open {other.id_name} {other.id}", href=other.path))
        for other in others
        if row_of(cache, other)
    ]


def neighbour_links(cache: Cache, address: Address, facts: dict[str, Any]) -> list[Any]:
    """Groups of links from this recording to the ones next to it."""
    groups = []
    experiments = cache.get_ophys_experiment_table()
    if address.kind == "experiment" and address.id in experiments.index:
        here = cache.available("experiment")
        groups += [
            _planes(neighbours.planes(experiments, address.id, here), facts),
            _steps(
                "container day",
                neighbours.days(experiments, address.id, here),
                "experiment",
                container_path,
                "ophys_container_id",
            ),
        ]
    if address.kind == "session":
        groups.append(_planes_of_session(cache, address))
    sessions, id_ = cache.get_behavior_session_table(), facts.get("behavior_session_id", address.id)
    if id_ in sessions.index:
        here = cache.available("behavior")
        of_mouse = neighbours.sessions(sessions, int(id_), here)
        groups.append(_steps("mouse's session", of_mouse, "behavior", mouse_path, "mouse_id"))
    return groups


def _planes(planes: Neighbours, facts: dict[str, Any]) -> html.Span:
    """Links to all planes of the session by area and depth, and to the page with all of them."""
    links = [_plane(row, current=i == planes.position) for i, row in enumerate(planes.rows)]
    session = known(facts.get("ophys_session_id"))
    if session is not None and len(links) > 1:
        page = Address("session", int(session))
        links.append(link("all side by side", page, "all planes of this imaging session"))
    group = ["planes ", *links]
    return html.Span(group, className="link-group")


def _planes_of_session(cache: Cache, address: Address) -> html.Span:
    experiments, here = cache.get_ophys_experiment_table(), cache.available("experiment")
    of_session = experiments[(experiments["ophys_session_id"] == address.id).fillna(False)]
    if of_session.empty:
        return html.Span()
    planes = neighbours.planes(experiments, int(of_session.index[0]), here)
    return html.Span(
        ["planes ", *(_plane(row, current=False) for row in planes.rows)], className="link-group"
    )


def _plane(row: Row, *, current: bool) -> Any:
    text = theme.place(row.facts) or f"{theme.UNKNOWN} plane"
    title = f"ophys_experiment_id {row.id}, {text}"
    text = text.removesuffix(" µm")
    if current:
        return html.Span(text, className="neighbour current", title=title)
    return link(text, Address("experiment", row.id), title, available=row.available)


def _steps(
    name: str, row: Neighbours, kind: Kind, overview: Callable[[Any], str], id_name: str
) -> html.Span:
    """Links to the previous and the next recording, with one to the overview between them.

    ``overview`` gives the path for the id in the column ``id_name``; nothing leads to an unknown.
    """
    words = f"{name} {row.position + 1} of {len(row.rows)}"
    of = known(row.rows[row.position].facts[id_name])
    together: Any = html.Span(f"{name}: {theme.UNKNOWN} {id_name}")
    if of is not None:
        together = dcc.Link(words, href=overview(of), title="see all of them together")
    return html.Span(
        [
            _step("◂", f"previous {name}", row.previous, kind),
            together,
            _step("▸", f"next {name}", row.next, kind),
        ],
        className="link-group",
    )


def _step(text: str, title: str, row: Row | None, kind: Kind) -> Any:
    if row is None:
        return link(text, None, f"no {title}")
    facts = row.facts
    session_type = theme.fact(facts["session_type"], "session type")
    words = f"{title}: {session_type}, {theme.day(facts['date_of_acquisition'])}"
    return link(text, Address(kind, row.id), words, available=row.available)
