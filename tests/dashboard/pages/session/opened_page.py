"""The page of one file, as ``vbdash open`` shows it, with all of its panels."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import dash
from werkzeug.test import TestResponse

from dashboard.app import create_app
from dashboard.arguments.refusals import UNFORESEEN
from dashboard.urls import DEFAULT_OPTIONS
from dashboard.urls.view_state import EVENT_OPTIONS
from data_layer.project_cache.single_file import SingleFile
from data_layer.settings import Settings
from tests.dashboard.pages.session.conftest import Asked
from tests.dashboard.pages.session.reading import elements, get, text

PANELS = ("navigator", "performance", "trials", "stimuli", "eye", "events")
OF_PLANES = ("field-of-view", "cells")
REFUSED = "This session cannot be shown"


class OpenedPage:
    """Asks an app over one file, as the browser does, with nothing prepared."""

    def __init__(self, path: Path, work: Path) -> None:
        self.path, cache = path, SingleFile(path)
        self.kind = "experiment" if cache.available("experiment") else "behavior"
        self.id = next(iter(cache.available(self.kind)))
        self.app = create_app(cache, Settings(work_dir=work, prepare=0))
        self.layouts = {name: page["layout"] for name, page in dash.page_registry.items()}
        self.ask = Asked(self.app)

    @cached_property
    def layout(self) -> Any:
        """The layout of the page, which must not be refused."""
        with self.app.server.test_request_context():
            layout = self.layouts[f"session.{self.kind}"](id_=str(self.id))
        assert REFUSED not in text(layout)
        return layout

    def stored(self, name: str) -> Any:
        """The data of one of the page's stores."""
        return next(get(e, "data") for e in elements(self.layout) if get(e, "id") == name)

    def panel(self, name: str) -> tuple[str, str, str]:
        """The state of a panel, its sentence and its content as text; no error is unforeseen."""
        values = {"tabs.active_tab": name}
        response = self._asked(f"panel-{name}.data-state", "address.data", values)
        state = response.pop(f"panel-{name}")["data-state"]
        sentence = response.pop(f"message-{name}")["children"]
        assert sentence != UNFORESEEN, name
        return state, sentence or "", json.dumps(response)

    def panels(self) -> dict[str, tuple[str, str, str]]:
        """Every panel but the timeline, by name."""
        names = PANELS + OF_PLANES * (self.kind == "experiment")
        return {name: self.panel(name) for name in names}

    def timeline(self) -> dict[str, Any]:
        """The layout of the timeline's figure."""
        request = {**self.stored("window"), "pixels": 700, "first": True}
        answer = self._asked("timeline-graph.figure", "request.data", {"request.data": request})
        assert answer["panel-timeline"]["data-state"] == "ready", answer["message-timeline"]
        figure: dict[str, Any] = answer["timeline-graph"]["figure"]
        return figure

    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows of the timeline by name."""
        return {row["name"]: row for row in self.timeline()["layout"]["meta"]["rows"]}

    def csv(self, attribute: str) -> TestResponse:
        """A download; the whole body is read."""
        url = f"/data/{self.kind}/{self.id}/{attribute}.csv"
        return self.ask.client.get(url)

    def _asked(self, output: str, changed: str, values: dict[str, Any]) -> dict[str, Any]:
        known = {
            "address.data": {"kind": self.kind, "id": self.id},
            "window.data": self.stored("window"),
            "settled.data": self.stored("window"),
            "selection.data": self.stored("selection"),
            "options.data": DEFAULT_OPTIONS,
            "trials-outcomes.value": ["hit", "miss"],
            "trials-order.value": "time",
            "trials-view.value": "raster",
            **{f"option-{name}.value": value for name, value in EVENT_OPTIONS.items()},
        }
        answer = self.ask(output, changed, known | values)
        assert answer.status_code == 200, (output, answer.text[:300])
        response: dict[str, Any] = answer.json["response"]
        return response
