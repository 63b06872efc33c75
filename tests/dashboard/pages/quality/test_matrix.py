"""The matrix of checks: a row per prepared file of this cache, the worst on top."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dashboard.app import create_app
from dashboard.pages.quality.matrix import matrix_of
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.single_file import SingleFile
from data_layer.quality.checks.rules import RULES
from data_layer.settings import Settings
from tests.support.faulty_files import FAULTS
from tests.support.nwb_files import write_experiment


@pytest.fixture(scope="module")
def shelf(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path_factory: pytest.TempPathFactory
) -> Shelf:
    """Two files of the small release, and one of elsewhere."""
    folder = tmp_path_factory.mktemp("shelf")
    shelf = Shelf(folder / "store", 10**9)
    for kind in ("experiment", "behavior"):
        shelf.prepare(small_cache.path_of(kind, min(small_cache.available(kind))))
    shelf.prepare(write_experiment(folder))
    return shelf


def test_rows_are_the_prepared_files_of_the_cache(
    small_cache: VisualBehaviorOphysProjectCache, shelf: Shelf
) -> None:
    matrix = matrix_of(small_cache, shelf)
    expected = {(kind, min(small_cache.available(kind))) for kind in ("experiment", "behavior")}
    rows = zip(matrix.columns["kind"], matrix.columns["id"], strict=True)
    assert set(rows) == expected
    sessions = small_cache.get_ophys_experiment_table()["behavior_session_id"]
    alone = small_cache.available("behavior") - set(sessions)
    files = len(small_cache.available("experiment")) + len(alone)
    assert (matrix.n_rows, matrix.n_missing) == (2, files - 2)


def test_every_check_has_its_values_and_verdicts(
    small_cache: VisualBehaviorOphysProjectCache, shelf: Shelf
) -> None:
    columns = matrix_of(small_cache, shelf).columns
    for check in RULES:
        assert len(columns[f"v:{check}"]) == 2
        assert set(columns[f"s:{check}"]) <= set("flpn")
        none = [value is None for value in columns[f"v:{check}"]]
        assert [letter == "n" for letter in columns[f"s:{check}"]] == none
    assert set(columns["s:table_mouse"]) == {"p"}
    # Planes of the small release are so small that their cells lie on each other.
    assert set(columns["worst"]) == {"✕ Overlapping ROIs", ""}


def test_the_worst_file_is_on_top_and_says_what_is_wrong(tmp_path: Path) -> None:
    path = write_experiment(tmp_path)
    FAULTS["motion_jump"](path)
    shelf = Shelf(tmp_path / "store", 10**9)
    shelf.prepare(path)
    columns = matrix_of(SingleFile(path), shelf).columns
    assert columns["n_fail"] == [1]
    assert columns["s:motion_jump"] == ["f"]
    assert columns["t:motion_jump"][0] > 0
    assert columns["worst"][0].startswith("✕ Motion jump")


def test_a_file_that_says_another_mouse_than_the_tables_is_told(
    small_release: Path, small_cache: VisualBehaviorOphysProjectCache, shelf: Shelf, tmp_path: Path
) -> None:
    # Links, because only the summaries of the files that the cache opens are shown.
    release = Path(shutil.copytree(small_release, tmp_path / "release", copy_function=os.symlink))
    table = next(release.rglob("ophys_experiment_table.csv"))
    mouse = small_cache.get_ophys_experiment_table()["mouse_id"].iloc[0]
    text = table.read_text().replace(f",{mouse},", ",999999,")
    table.unlink()
    table.write_text(text)
    changed = VisualBehaviorOphysProjectCache.from_local_cache(release)
    columns = matrix_of(changed, shelf).columns
    letters = dict(zip(columns["kind"], columns["s:table_mouse"], strict=True))
    assert letters == {"experiment": "f", "behavior": "p"}
    assert columns["kind"][0] == "experiment"


def test_the_route_sends_the_matrix(
    small_cache: VisualBehaviorOphysProjectCache, shelf: Shelf
) -> None:
    settings = Settings(work_dir=shelf.folder.parent, prepare=0)
    client = create_app(small_cache, settings).server.test_client()
    content = client.get("/quality.json").json
    matrix = matrix_of(small_cache, shelf)
    assert content == matrix.to_json()
    packed = client.get("/quality.json", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    tag = {"If-None-Match": packed.headers["ETag"]}
    assert client.get("/quality.json", headers=tag).status_code == 304


def test_what_is_prepared_meanwhile_is_in_the_next_matrix(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path: Path
) -> None:
    settings = Settings(work_dir=tmp_path, prepare=0)
    client = create_app(small_cache, settings).server.test_client()
    assert client.get("/quality.json").json["n_rows"] == 0
    path = small_cache.path_of("behavior", min(small_cache.available("behavior")))
    Shelf(settings.store_dir, 10**9).prepare(path)
    assert client.get("/quality.json").json["n_rows"] == 1


def test_nothing_prepared_is_no_row(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path: Path
) -> None:
    matrix = matrix_of(small_cache, Shelf(tmp_path, 1))
    assert matrix.n_rows == 0
    assert matrix.n_missing > 0
