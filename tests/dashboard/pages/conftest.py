"""An app over the small release, asked for whole pages and for their panels."""

from __future__ import annotations

from typing import Any

import dash
import pytest

from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from tests.dashboard.pages.session.conftest import Asked


class Pages:
    """``panel("mouse-history", "mouse-id", "603817")`` is what a panel's callback answers."""

    def __init__(self, app: dash.Dash) -> None:
        self.app, self.ask = app, Asked(app)
        self.registry = dict(dash.page_registry)

    def layout(self, page: str, **parameters: Any) -> Any:
        """The page's layout as its own app gives it."""
        with self.app.server.test_request_context():
            return self.registry[page]["layout"](**parameters)

    def panel(self, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
        """The answer's outputs by id, the state as ``state`` and the sentence as ``sentence``."""
        answer = self.ask(f"panel-{name}.data-state", next(iter(inputs)), inputs)
        response = answer.json["response"]
        found: dict[str, Any] = response | {
            "state": response[f"panel-{name}"]["data-state"],
            "sentence": response[f"message-{name}"]["children"],
        }
        return found


@pytest.fixture(scope="package")
def pages(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path_factory: pytest.TempPathFactory
) -> Pages:
    """Over the small release, nothing of it prepared."""
    settings = Settings(work_dir=tmp_path_factory.mktemp("work"), prepare=0)
    return Pages(create_app(small_cache, settings))
