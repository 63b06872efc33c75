"""The requests that pages send when they open, taken from the app's own layouts and callbacks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dash import Dash
from flask.testing import FlaskClient

UPDATE = "/_dash-update-component"
PAGE = "_pages_location"
PIXELS = 700


def page_request(app: Dash, path: str, query: str = "") -> dict[str, Any]:
    """The body that asks for a page's layout."""
    declared = next(d for d in app._callback_list if d["inputs"][:1] and _of_page(d))
    values = {f"{PAGE}.pathname": path, f"{PAGE}.search": query}
    return body_of(app, declared, values)


def _of_page(declared: dict[str, Any]) -> bool:
    return bool(declared["inputs"][0]["id"] == PAGE and not declared["clientside_function"])


def body_of(app: Dash, declared: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """The body of a request for a callback; ``values`` are by ``id.property``."""
    entry = app.callback_map[declared["output"]]
    outputs = entry["output"] if isinstance(entry["output"], list) else [entry["output"]]
    named = [{"id": _id(o.component_id), "property": o.component_property} for o in outputs]
    return {
        "output": declared["output"],
        "outputs": named if isinstance(entry["output"], list) else named[0],
        "changedPropIds": [_name(declared["inputs"][0])],
        **{
            kind: [part | {"value": values.get(_name(part))} for part in declared[kind]]
            for kind in ("inputs", "state")
        },
    }


def _id(id_: Any) -> Any:
    """An id, with a text for each wildcard of a pattern."""
    return {key: str(part) for key, part in id_.items()} if isinstance(id_, dict) else id_


def _name(part: dict[str, Any]) -> str:
    return f"{part['id']}.{part['property']}"


@dataclass
class Recorder:
    """Opens pages and remembers the bodies of all requests that this leads to."""

    app: Dash
    client: FlaskClient
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def open(self, path: str, query: str = "", later: dict[str, Any] | None = None) -> None:
        """Ask for a page and for everything that its layout has the inputs of.

        ``later`` are properties, by ``id.property``, that gestures set on the open page.
        """
        body = page_request(self.app, path, query)
        self.bodies.append(body)
        answer = self.client.post(UPDATE, json=body)
        assert answer.status_code == 200, answer.text
        values = dict(_properties(answer.json))
        window = values.get("window.data")
        if window:
            values["request.data"] = window | {"pixels": PIXELS, "first": True}
        values |= later or {}
        for declared in self.app._callback_list:
            self._record(declared, values)

    def _record(self, declared: dict[str, Any], values: dict[str, Any]) -> None:
        of_server = not declared["clientside_function"] and not _of_page(declared)
        if not of_server or _name(declared["inputs"][0]) not in values:
            return
        body = body_of(self.app, declared, values)
        self.bodies.append(body)
        answer = self.client.post(UPDATE, json=body)
        if answer.status_code == 200:
            self.bodies += [
                self._rows(grid) for grid in _elements(answer.json) if _is_row_table(grid)
            ]

    def _rows(self, grid: dict[str, Any]) -> dict[str, Any]:
        """A request of a table that reads rows as they are scrolled to."""
        declared = next(d for d in self.app._callback_list if "getRowsRequest" in str(d["inputs"]))
        body = body_of(self.app, declared, {})
        columns = [column["field"] for column in grid["columnDefs"]]
        asked = {
            "startRow": 0,
            "endRow": 100,
            "sortModel": [{"colId": columns[0], "sort": "desc"}],
            "filterModel": {
                columns[-1]: {"filterType": "text", "type": "contains", "filter": "a"},
                columns[0]: {"filterType": "number", "type": "lessThan", "filter": 50},
            },
        }
        for part in (*body["inputs"], *body["state"]):
            part["id"] = grid["id"]
        body["inputs"][0]["value"], body["state"][0]["value"] = asked, grid["id"]
        body["outputs"]["id"] = grid["id"]
        keys = json.dumps(grid["id"], sort_keys=True, separators=(",", ":"))
        return body | {"changedPropIds": [f"{keys}.getRowsRequest"]}


def _is_row_table(element: dict[str, Any]) -> bool:
    return isinstance(element.get("id"), dict) and element["id"].get("type") == "rows"


def _elements(value: Any) -> Iterator[dict[str, Any]]:
    """The properties of every element in a layout, those that wait in stores included."""
    if isinstance(value, dict):
        if "id" in value:
            yield value
        for part in value.values():
            yield from _elements(part)
    elif isinstance(value, list):
        for part in value:
            yield from _elements(part)


def _properties(layout: Any) -> Iterator[tuple[str, Any]]:
    for element in _elements(layout):
        if isinstance(element["id"], str):
            yield from ((f"{element['id']}.{name}", value) for name, value in element.items())
