"""Links in the header to sister planes, days of the container and sessions of the mouse."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.pages.session.header import link
from dashboard.urls import Address, Kind, container_path, mouse_path
from data_layer.project_cache import neighbours
from data_layer.project_cache.neighbours import Neighbours, Row
from data_layer.project_cache.protocol import Cache


def row_of(cache: Cache, address: Address) -> dict[str, Any]:
    """The row of the metadata tables for an address; empty if they do not list it."""
    table = {
        "experiment": cache.get_ophys_experiment_table,
        "session": cache.get_ophys_session_table,
        "behavior": cache.get_behavior_session_table,
    }[address.kind]()
    return dict(table.loc[address.id]) if address.id in table.index else {}


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
                container_path(experiments.loc[address.id, "ophys_container_id"]),
            ),
        ]
    if address.kind == "session":
        groups.append(_planes_of_session(cache, address))
    sessions, id_ = cache.get_behavior_session_table(), facts.get("behavior_session_id", address.id)
    if id_ in sessions.index:
        here = cache.available("behavior")
        of_mouse = neighbours.sessions(sessions, int(id_), here)
        mouse = mouse_path(sessions.loc[int(id_), "mouse_id"])
        groups.append(_steps("mouse's session", of_mouse, "behavior", mouse))
    return groups


def _planes(planes: Neighbours, facts: dict[str, Any]) -> html.Span:
    """Links to all planes of the session by area and depth, and to the page with all of them."""
    links = [_plane(row, current=i == planes.position) for i, row in enumerate(planes.rows)]
    session = Address("session", int(facts["ophys_session_id"]))
    together = [link("all side by side", session, "all planes of this imaging session")]
    group = ["planes ", *links, *(together if len(links) > 1 else [])]
    return html.Span(group, className="link-group")


def _planes_of_session(cache: Cache, address: Address) -> html.Span:
    experiments, here = cache.get_ophys_experiment_table(), cache.available("experiment")
    of_session = experiments[experiments["ophys_session_id"] == address.id]
    if of_session.empty:
        return html.Span()
    planes = neighbours.planes(experiments, int(of_session.index[0]), here)
    return html.Span(
        ["planes ", *(_plane(row, current=False) for row in planes.rows)], className="link-group"
    )


def _plane(row: Row, *, current: bool) -> Any:
    text = f"{row.facts['targeted_structure']} {row.facts['imaging_depth']}"
    title = f"ophys_experiment_id {row.id}, {text} µm"
    if current:
        return html.Span(text, className="neighbour current", title=title)
    return link(text, Address("experiment", row.id), title, available=row.available)


def _steps(name: str, row: Neighbours, kind: Kind, overview: str) -> html.Span:
    """Links to the previous and the next recording, with one to the overview between them."""
    words = f"{name} {row.position + 1} of {len(row.rows)}"
    return html.Span(
        [
            _step("◂", f"previous {name}", row.previous, kind),
            dcc.Link(words, href=overview, title="see all of them together"),
            _step("▸", f"next {name}", row.next, kind),
        ],
        className="link-group",
    )


def _step(text: str, title: str, row: Row | None, kind: Kind) -> Any:
    if row is None:
        return link(text, None, f"no {title}")
    facts = row.facts
    words = f"{title}: {facts['session_type']}, {facts['date_of_acquisition']:%Y-%m-%d}"
    return link(text, Address(kind, row.id), words, available=row.available)
