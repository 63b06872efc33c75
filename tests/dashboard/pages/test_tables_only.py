"""The pages over tables without any NWB file: all that is known is shown, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.settings import Settings
from tests.dashboard.pages.conftest import Pages
from tests.dashboard.pages.session.reading import text
from tests.data_layer.project_cache.releases import write_release

MOUSE = {"mouse-id.data": "1", "mouse-by.value": "order"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_release(tmp_path / "cache")


@pytest.fixture
def bare(root: Path, tmp_path: Path) -> Pages:
    """Mouse 1 has container 501 on two days; nothing can be opened."""
    cache = Cache.from_local_cache(root.parent)
    return Pages(create_app(cache, Settings(work_dir=tmp_path / "work", prepare=0)))


def test_a_mouse_is_its_sessions_without_numbers(bare: Pages) -> None:
    assert "0 of 4 on this machine" in text(bare.layout("mouse", mouse_id="1"))
    assert bare.panel("mouse-history", MOUSE)["state"] == "ready"
    table = bare.panel("mouse-sessions", {"mouse-id.data": "1"})["mouse-sessions-table-content"]
    words = text(table["data"])
    assert "TRAINING_1_gratings" in words
    assert words.count("–") == 4 * 6


def test_a_container_says_that_nothing_is_here(bare: Pages) -> None:
    words = text(bare.layout("container", ophys_container_id="501"))
    assert words.count("not on this machine") == 2
    averages = bare.panel(
        "container-averages", {"container-id.data": 501, "container-streamed.data": False}
    )
    assert averages["state"] == "empty"
    assert "Download" in averages["sentence"]
    for panel in ("container-cells", "container-behavior"):
        inputs = {"container-id.data": 501, "container-cells-order.value": "days"}
        assert bare.panel(panel, inputs)["state"] == "ready"


def test_without_a_table_of_cells_a_container_says_so(root: Path, tmp_path: Path) -> None:
    (root / "project_metadata" / "ophys_cells_table.csv").unlink()
    app = create_app(Cache.from_local_cache(root.parent), Settings(work_dir=tmp_path / "work"))
    answer = Pages(app).panel(
        "container-cells", {"container-id.data": 501, "container-cells-order.value": "days"}
    )
    assert answer["state"] == "error"
    assert "ophys_cells_table" in answer["sentence"]
    assert "ophys_cells_table" in text(Pages(app).layout("cell", cell_specimen_id="7001"))


def test_a_cell_says_on_which_days_it_was_found(bare: Pages) -> None:
    page = bare.layout("cell", cell_specimen_id="7001")
    assert "found on 2 of 2 days" in text(page)
    for panel in ("cell-crops", "cell-traces", "cell-responses"):
        answer = bare.panel(panel, {"cell-specimen.data": 7001, "cell-streamed.data": False})
        assert answer["state"] == "ready"
        assert "not on this machine" in str(answer)
