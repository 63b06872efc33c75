"""Every callback, route and page of the app declares the types of its arguments."""

from __future__ import annotations

from typing import Any

import dash
import pytest
from dash import Dash, Input, Output

from dashboard.app import create_app
from dashboard.arguments.callbacks import checked_callback
from dashboard.arguments.checks import MARK, Arguments, UncheckedParameter
from dashboard.arguments.dash_requests import OF_DASH
from dashboard.arguments.values import Id, Word
from dashboard.components.answering import panel_callback
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings

OWN_ROUTES_OF_DASH = {
    "_dash_assets.static",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/_dash-layout",
    "/_dash-dependencies",
    "/_dash-update-component",
    "/_reload-hash",
    "/_favicon.ico",
    "/",
    "/<path:path>",
    "static",
}
"""``dashboard.arguments.dash_requests`` checks what these are asked."""


@pytest.fixture(scope="module")
def app(small_cache: VisualBehaviorOphysProjectCache, tmp_path_factory: Any) -> Dash:
    work = tmp_path_factory.mktemp("work")
    app = create_app(small_cache, Settings(work_dir=work, prepare=0))
    app.server.test_client().get("/")  # Dash adds its callback of pages at the first request
    return app


def test_every_callback_checks_its_arguments(app: Dash) -> None:
    on_server = {name: entry for name, entry in app.callback_map.items() if "callback" in entry}
    assert len(on_server) > 20
    unchecked = [
        name
        for name, entry in on_server.items()
        if not hasattr(entry["callback"], MARK)
        and not all(f"{one['id']}.{one['property']}" in OF_DASH for one in entry["inputs"])
    ]
    assert not unchecked


def test_every_route_checks_its_arguments(app: Dash) -> None:
    views = app.server.view_functions
    checked = {name for name, view in views.items() if hasattr(view, MARK)}
    assert len(checked) > 10
    assert set(views) - checked - OWN_ROUTES_OF_DASH == set()


def test_every_page_checks_its_arguments(app: Dash) -> None:
    layouts = [page["layout"] for page in dash.page_registry.values()]
    assert len(layouts) > 8
    assert all(hasattr(layout, MARK) for layout in layouts)


@pytest.mark.parametrize("hint", [Any, object, None])
def test_a_parameter_that_allows_anything_is_refused_at_once(hint: Any) -> None:
    def unchecked(known: Id, value) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """Takes a value that is not checked."""

    if hint is not None:
        unchecked.__annotations__["value"] = hint
    app = Dash("test")
    with pytest.raises(UncheckedParameter, match="annotate value with a type"):
        panel_callback(app, "a", Output("a", "b"), Input("c", "d"))(unchecked)
    with pytest.raises(UncheckedParameter, match="annotate value with a type"):
        checked_callback(app, Output("a", "b"), Input("c", "d"))(unchecked)


def test_others_pass_only_where_a_layout_says_so() -> None:
    def layout(name: Word, **others: Any) -> None:
        """A page's layout."""

    with pytest.raises(UncheckedParameter):
        Arguments(layout, strict=True)
    checked = Arguments(layout, strict=True, others=True).checked("a", b=object())
    assert checked.kwargs.keys() == {"b"}
