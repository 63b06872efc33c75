"""A file under the name of another recording: every page and route says so, none shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.app import create_app
from dashboard.cli.command_line import main
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.settings import Settings
from tests.dashboard.pages.conftest import Pages
from tests.dashboard.pages.session.reading import text
from tests.data_layer.project_cache.releases import place_of, write_release
from tests.support.nwb_files import write_experiment

pytestmark = pytest.mark.fault
SAID = "ophys_experiment_id is 101, not 102"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in which the file of 101 lies in the place of 102, and was prepared there."""
    folder = tmp_path_factory.mktemp("wrong")
    root = write_release(folder / "cache")
    ids = {"ophys_experiment_id": 101, "behavior_session_id": 1001, "ophys_session_id": 11}
    made = write_experiment(folder, n_trials=10, **ids)
    shutil.move(made, place_of(root, "experiment", 102))
    Shelf(folder / "work" / "store", 10**9).prepare(place_of(root, "experiment", 102))
    return folder


@pytest.fixture(scope="module")
def pages(folder: Path) -> Pages:
    cache = Cache.from_local_cache(folder / "cache")
    return Pages(create_app(cache, Settings(work_dir=folder / "work", prepare=0)))


@pytest.mark.parametrize("page", [("session.experiment", 102), ("session.session", 11)])
def test_the_session_page_says_which_recording_the_file_holds(
    pages: Pages, page: tuple[str, int]
) -> None:
    words = text(pages.layout(page[0], id_=str(page[1])))
    assert SAID in words
    assert "VISl" in words, "the header shows what the tables know of 102"


@pytest.mark.parametrize(
    "route",
    [
        "/data/experiment/102/licks.csv",
        "/data/experiment/102/dff_traces.csv",
        "/picture/experiment/102/max_projection.png",
        "/picture/experiment/102/outlines.svg",
        "/moment/experiment/102?t=10",
        "/prepared/experiment/102",
    ],
)
def test_a_route_refuses_the_file_of_another_recording(pages: Pages, route: str) -> None:
    answer = pages.app.server.test_client().get(route)
    assert 400 <= answer.status_code < 500
    assert SAID in answer.text


def test_qc_and_groups_show_no_summary_of_the_file_of_another_recording(pages: Pages) -> None:
    client = pages.app.server.test_client()
    assert client.get("/quality.json").json["n_rows"] == 0
    measures = client.get("/tables/experiment/measures.json").json
    assert measures is not None
    assert not any(measures["prepared"])


def test_prepare_refuses_the_file_of_another_recording(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--cache-dir", str(folder / "cache"), "--work-dir", str(tmp_path)]
    assert main(["prepare", "102", *words]) == 2
    assert SAID in capsys.readouterr().err
    assert not list((tmp_path / "store").glob("[!.]*"))
