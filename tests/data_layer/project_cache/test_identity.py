"""A file under the name of another recording is refused, whatever asks for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data_layer.errors import WrongFile
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.own_summaries import own_summaries
from data_layer.project_cache.single_file import SingleFile
from tests.data_layer.project_cache.releases import place_of, write_release
from tests.support.nwb_files import write_behavior, write_experiment
from tests.support.writable import writable

pytestmark = pytest.mark.fault
RIGHT = {"ophys_experiment_id": 102, "behavior_session_id": 1001, "ophys_session_id": 11}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_experiment(tmp_path_factory.mktemp("file"), n_trials=5, **RIGHT)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_release(tmp_path / "cache")


@pytest.fixture
def placed(root: Path, original: Path) -> Path:
    """The file of 102, in its place."""
    return Path(shutil.copy(original, place_of(root, "experiment", 102)))


def test_the_file_of_its_name_opens_as_experiment_and_as_behavior(root: Path, placed: Path) -> None:
    cache = Cache.from_local_cache(root.parent)
    with cache.get_behavior_ophys_experiment(102) as experiment:
        assert experiment.path == placed
    with cache.get_behavior_session(1001) as session:
        assert session.path == placed


def rename_identifier(path: Path) -> None:
    with writable(path) as file:
        del file["identifier"]
        file["identifier"] = "101"


def rename_metadata(path: Path) -> None:
    with writable(path) as file:
        file["general/metadata"].attrs["ophys_experiment_id"] = 101


@pytest.mark.parametrize("rename", [rename_identifier, rename_metadata])
def test_a_file_that_names_another_experiment_in_any_place_is_refused(
    root: Path, placed: Path, rename: Callable[[Path], None]
) -> None:
    rename(placed)
    with pytest.raises(WrongFile) as caught:
        Cache.from_local_cache(root.parent).get_behavior_ophys_experiment(102)
    assert (caught.value.asked, caught.value.found) == (102, 101)
    assert "ophys_experiment_id is 101, not 102" in str(caught.value)
    assert "vbdash open" in caught.value.advice


def test_a_behavior_session_under_the_name_of_an_experiment_is_refused(
    root: Path, tmp_path: Path
) -> None:
    made = write_behavior(tmp_path, behavior_session_id=2001, n_trials=5)
    shutil.move(made, place_of(root, "experiment", 102))
    with pytest.raises(WrongFile, match="it has no ophys_experiment_id"):
        Cache.from_local_cache(root.parent).get_behavior_ophys_experiment(102)


def test_another_behavior_session_under_the_name_is_refused(root: Path, tmp_path: Path) -> None:
    made = write_behavior(tmp_path, behavior_session_id=2001, n_trials=5)
    shutil.move(made, place_of(root, "behavior", 2002))
    with pytest.raises(WrongFile, match="behavior_session_id is 2001, not 2002"):
        Cache.from_local_cache(root.parent).get_behavior_session(2002)


def test_a_file_that_names_nothing_is_not_refused(root: Path, placed: Path) -> None:
    with writable(placed) as file:
        del file["general/metadata"].attrs["ophys_experiment_id"]
        del file["identifier"]
        file["identifier"] = "a text of another writer"
    with Cache.from_local_cache(root.parent).get_behavior_ophys_experiment(102) as experiment:
        assert experiment.path == placed


def test_a_file_opened_by_itself_shows_the_ids_that_it_has(root: Path, placed: Path) -> None:
    rename_identifier(placed)
    rename_metadata(placed)
    assert SingleFile(placed).available("experiment") == {101}


def test_the_summary_of_another_file_with_the_same_ids_is_not_shown(
    root: Path, placed: Path, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path / "store", 10**9)
    other = Path(shutil.copy(placed, tmp_path / "copy.nwb"))
    shelf.prepare(other)
    cache = Cache.from_local_cache(root.parent)
    assert len(shelf.summaries()) == 1
    assert own_summaries(cache, shelf).empty
    shelf.prepare(placed)
    assert own_summaries(cache, shelf)["path"].tolist() == [str(placed.resolve())]


def test_a_mouse_has_no_numbers_from_the_file_of_another_session(
    root: Path, placed: Path, tmp_path: Path
) -> None:
    with writable(placed) as file:
        file["general/metadata"].attrs["behavior_session_id"] = 1002
    history = BehaviorHistory(Cache.from_local_cache(root.parent), tmp_path / "behavior")
    row = history.of_sessions([1001]).iloc[0]
    assert row["source"] != "file"
    assert "behavior_session_id is 1002, not 1001" in row["problem"]


def test_the_reference_experiment_opens_beside_tables_that_differ_in_other_fields(
    reference_experiment: Path, reference_tables: Path, tmp_path: Path
) -> None:
    for table in reference_tables.glob("*.csv"):
        shutil.copy(table, tmp_path)
    (tmp_path / reference_experiment.name).symlink_to(reference_experiment)
    cache = Cache.from_local_cache(tmp_path)
    with cache.get_behavior_ophys_experiment(951980471) as experiment:
        assert experiment.behavior_session_id == 891635659
