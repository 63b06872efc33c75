"""What is beyond a limit of the settings is told in words: which limit, and which setting."""

from __future__ import annotations

from typing import Any

import pytest
from dash import Dash

from dashboard.app import create_app
from dashboard.urls import DEFAULT_OPTIONS, EVENT_OPTIONS
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from tests.dashboard.pages.conftest import Pages
from tests.fuzz.recorded import UPDATE

pytestmark = pytest.mark.fault

LIMITS = {
    "max_typed_times": 3,
    "max_selected_cells": 2,
    "max_compared": 2,
    "max_rows_a_page": 50,
    "max_pixels": 500,
    "max_bootstrap_samples": 1000,
}


@pytest.fixture(scope="module")
def app(small_cache: VisualBehaviorOphysProjectCache, tmp_path_factory: Any) -> Dash:
    work = tmp_path_factory.mktemp("work")
    return create_app(small_cache, Settings(work_dir=work, prepare=0, **LIMITS))


@pytest.fixture(scope="module")
def pages(app: Dash) -> Pages:
    return Pages(app)


@pytest.fixture(scope="module")
def experiment(small_cache: VisualBehaviorOphysProjectCache) -> int:
    return min(small_cache.available("experiment"))


def events(experiment: int, cells: list[int] | None = None, **options: str) -> dict[str, Any]:
    said = EVENT_OPTIONS | options
    return {
        "address.data": {"kind": "experiment", "id": experiment},
        "selection.data": {"cells": cells or []},
        "tabs.active_tab": "events",
        **{f"option-{name}.value": value for name, value in said.items()},
    }


def told(answer: dict[str, Any], setting: str) -> None:
    assert answer["state"] == "error"
    assert f"that this server allows. Ask for fewer; the setting VBDASH_{setting}" in str(
        answer["sentence"]
    )


def test_too_many_typed_times_are_told_in_the_panel(pages: Pages, experiment: int) -> None:
    asked = events(experiment, event="times", at="1, 2, 3, 4", of="population")
    told(pages.panel("events", asked), "MAX_TYPED_TIMES")
    few = events(experiment, event="times", at="100, 110, 120", of="population")
    assert pages.panel("events", few)["state"] == "ready"


def test_too_many_selected_cells_are_told_in_the_panel(pages: Pages, experiment: int) -> None:
    told(pages.panel("events", events(experiment, cells=[1, 2, 3])), "MAX_SELECTED_CELLS")


def test_a_bootstrap_of_too_many_samples_is_told_in_the_panel(
    pages: Pages, experiment: int
) -> None:
    asked = events(experiment, event="image", of="population", band="bootstrap")
    told(pages.panel("events", asked), "MAX_BOOTSTRAP_SAMPLES")
    assert pages.panel("events", asked | {"option-band.value": "sem"})["state"] == "ready"


def test_a_timeline_of_too_many_pixels_is_told_in_the_panel(pages: Pages, experiment: int) -> None:
    asked = {
        "request.data": {"start": 10, "stop": 20, "pixels": 501, "first": True},
        "selection.data": {"cells": []},
        "options.data": DEFAULT_OPTIONS,
        "address.data": {"kind": "experiment", "id": experiment},
    }
    told(pages.panel("timeline", asked), "MAX_PIXELS")
    asked["request.data"]["pixels"] = 500
    assert pages.panel("timeline", asked)["state"] == "ready"


def test_too_many_experiments_of_a_comparison_are_told(pages: Pages, experiment: int) -> None:
    data = {"ids": [1, 2, 3], "show": ["numbers"], "cell": None}
    told(pages.panel("compare-numbers", {"comparison.data": data}), "MAX_COMPARED")
    page = str(pages.layout("compare", ids=f"{experiment},2,3,4"))
    assert "Only 2 find room: 2 experiments of the address are not shown." in page
    assert "for 2 to 2 experiments" in str(pages.layout("compare"))


def test_too_many_rows_at_once_are_refused_in_a_sentence(pages: Pages, experiment: int) -> None:
    grid = {"type": "rows", "panel": "details", "kind": "experiment", "of": experiment}
    grid |= {"table": "licks", "cell": -1}

    def rows(stop: int) -> Any:
        declared = next(d for d in pages.ask.dependencies if "getRowsResponse" in d["output"])
        body = {
            "output": declared["output"],
            "outputs": {"id": grid, "property": "getRowsResponse"},
            "inputs": [
                {
                    "id": grid,
                    "property": "getRowsRequest",
                    "value": {"startRow": 0, "endRow": stop},
                }
            ],
            "state": [{"id": grid, "property": "id", "value": grid}],
        }
        return pages.ask.client.post(UPDATE, json=body)

    assert rows(50).status_code == 200
    refused = rows(51)
    assert refused.status_code == 400
    assert "the 50 that this server allows" in refused.text
    assert "VBDASH_MAX_ROWS_A_PAGE" in refused.text


def test_a_picture_of_too_many_pixels_is_refused_in_a_sentence(
    pages: Pages, experiment: int
) -> None:
    refused = pages.ask.client.get(f"/picture/experiment/{experiment}/max_projection.png?width=501")
    assert refused.status_code == 400
    assert "VBDASH_MAX_PIXELS" in refused.text


def test_every_limit_has_a_description() -> None:
    assert all(len(str(Settings.model_fields[name].description)) > 20 for name in LIMITS)
