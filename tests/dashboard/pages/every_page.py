"""Asks an app for every page that shows the tables, and for all that these pages ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from dashboard.arguments.refusals import UNFORESEEN
from tests.dashboard.pages.conftest import Pages
from tests.dashboard.pages.session.reading import text

NOT_A_WORD = re.compile(r"(?<![\w<“])(nan|NaN|NaT|None|<NA>|inf)(?!\w)")
"""What a missing value is to Python, and never to a reader, unless a cell is quoted."""


class Known(NamedTuple):
    """The ids of the sound tables, by which pages are asked for."""

    experiments: Sequence[int]
    sessions: Sequence[int]
    behavior: Sequence[int]
    containers: Sequence[int]
    mice: Sequence[str]
    cells: Sequence[int]


def every_answer(pages: Pages, known: Known, cell: str = "") -> Iterator[tuple[str, Any]]:
    """What every page answers, by the name of what was asked; fails where an error is not ours.

    ``cell`` is text of the tables, which may be any word.
    """
    for name, words in _layouts(pages, known):
        assert not NOT_A_WORD.search(words.replace(cell or "\0", "")), (name, words)
        yield name, words
    for name, inputs in _panels(known):
        answer = pages.panel(name, inputs)
        assert answer["sentence"] != UNFORESEEN, (name, inputs)
        yield f"{name} {inputs}", answer
    for route in _routes(known):
        response = pages.app.server.test_client().get(route)
        assert response.status_code == 200, (route, response.text[:200])
        yield route, response.json


def _layouts(pages: Pages, known: Known) -> Iterator[tuple[str, Any]]:
    ids: Mapping[str, tuple[str, Sequence[Any]]] = {
        "mouse": ("mouse_id", known.mice),
        "container": ("ophys_container_id", known.containers),
        "cell": ("cell_specimen_id", known.cells),
        "session.experiment": ("id_", known.experiments),
        "session.session": ("id_", known.sessions),
        "session.behavior": ("id_", known.behavior),
    }
    for page, (parameter, values) in ids.items():
        for value in values:
            yield f"/{page}/{value}", text(pages.layout(page, **{parameter: str(value)}))
    compared = ",".join(map(str, known.experiments[:6]))
    yield "/compare", text(pages.layout("compare", ids=compared))
    for page in ("explore", "qc", "notes"):
        yield f"/{page}", text(pages.layout(page))


def _panels(known: Known) -> Iterator[tuple[str, dict[str, Any]]]:
    inputs: dict[str, Any]
    for mouse, by in product(known.mice, ("order", "date")):
        inputs = {"mouse-id.data": mouse, "mouse-by.value": by}
        yield from (("mouse-history", inputs), ("mouse-sessions", inputs))
    for container in known.containers:
        inputs = {"container-id.data": container, "container-cells-order.value": "days"}
        yield from ((f"container-{one}", inputs) for one in ("cells", "behavior"))
        inputs = {"container-id.data": container, "container-streamed.data": False}
        yield "container-averages", inputs
    for cell, panel in product(known.cells, ("cell-crops", "cell-traces", "cell-responses")):
        yield panel, {"cell-specimen.data": cell, "cell-streamed.data": False}
    shown = {"ids": known.experiments[:6], "show": ["change", "performance"], "cell": None}
    for panel in ("compare-plots", "compare-numbers"):
        yield panel, {"comparison.data": shown | {"left_out": 0}}
    for kind, ids in zip(("experiment", "session", "behavior"), known[:3], strict=True):
        yield from (("preview", {"explore-highlight.data": {"kind": kind, "id": i}}) for i in ids)
    for view in ("unreviewed", "all"):
        yield "notes", {"notes-view.value": view}


def _routes(known: Known) -> Iterator[str]:
    for kind in ("experiment", "session", "behavior"):
        yield from (f"/tables/{kind}.json", f"/tables/{kind}/measures.json")
    yield from (f"/tables/cell/{cell}.json" for cell in known.cells)
    yield "/quality.json"
