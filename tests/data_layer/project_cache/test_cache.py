"""The project cache: every layout, what is here and what is not, and opening sessions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from data_layer.errors import (
    ManifestMissing,
    NotOnThisMachine,
    ProjectCacheError,
    TableDamaged,
    UnknownId,
)
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.data_layer.project_cache.releases import (
    DAYS,
    PLANES,
    place_of,
    tables,
    write_release,
    write_tables,
)
from tests.support.nwb_files import write_behavior, write_experiment

open_cache = VisualBehaviorOphysProjectCache.from_local_cache


def all_tables(cache: VisualBehaviorOphysProjectCache) -> list[pd.DataFrame]:
    return [
        cache.get_ophys_experiment_table(),
        cache.get_ophys_session_table(),
        cache.get_behavior_session_table(),
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The release's folder in the local layout; the cache directory is its parent."""
    return write_release(tmp_path)


def test_every_layout_gives_the_same_tables(tmp_path: Path) -> None:
    write_release(tmp_path / "local")
    write_release(tmp_path / "static", static=True)
    write_tables(tmp_path / "bare", tables())
    write_tables(tmp_path / "half" / "project_metadata", tables())
    expected = all_tables(open_cache(tmp_path / "local"))
    others = [
        open_cache(tmp_path / "static"),
        open_cache(tmp_path / "static", use_static_cache=True),
        open_cache(tmp_path / "bare"),
        open_cache(tmp_path / "half"),
        open_cache(str(tmp_path / "half" / "project_metadata")),
    ]
    for cache in others:
        for found, table in zip(all_tables(cache), expected, strict=True):
            pd.testing.assert_frame_equal(found, table)


def test_what_is_no_cache_says_so(tmp_path: Path) -> None:
    with pytest.raises(ManifestMissing, match="no manifest"):
        open_cache(tmp_path)
    with pytest.raises(ProjectCacheError, match="not a folder"):
        open_cache(tmp_path / "nothing")
    write_release(tmp_path)
    with pytest.raises(ManifestMissing):
        open_cache(tmp_path, use_static_cache=True)


def test_a_changed_frame_changes_nothing_here(root: Path) -> None:
    cache = open_cache(root.parent)
    for get in (
        cache.get_ophys_experiment_table,
        cache.get_ophys_session_table,
        cache.get_behavior_session_table,
        cache.get_ophys_cells_table,
    ):
        before = get().copy()
        changed = get()
        changed["added"] = 1
        changed.iloc[0, 0] = changed.iloc[1, 0]  # type: ignore[assignment]
        changed.index.name = "other"
        pd.testing.assert_frame_equal(get(), before)


def test_allensdk_keyword_arguments_are_accepted(root: Path) -> None:
    cache = open_cache(root.parent)
    first, second, third = all_tables(cache)
    pd.testing.assert_frame_equal(
        cache.get_ophys_experiment_table(suppress=["sex"], as_df=True, passed_only=False), first
    )
    pd.testing.assert_frame_equal(
        cache.get_ophys_session_table(["sex"], index_column="ophys_experiment_id"), second
    )
    pd.testing.assert_frame_equal(
        cache.get_behavior_session_table(include_ophys_data=False, include_trial_metrics=True),
        third,
    )


@pytest.mark.parametrize("layout", ["local", "static", "bare", "flat"])
def test_files_are_found_in_every_layout(tmp_path: Path, layout: str) -> None:
    if layout in ("local", "static"):
        root = write_release(tmp_path, static=layout == "static")
    else:
        root = tmp_path
        write_tables(tmp_path, tables())
        if layout == "bare":
            (tmp_path / "behavior_sessions").mkdir()
            (tmp_path / "behavior_ophys_experiments").mkdir()
    experiment, behavior = place_of(root, "experiment", 103), place_of(root, "behavior", 2002)
    if layout == "flat":
        experiment, behavior = root / experiment.name, root / behavior.name
    cache = open_cache(tmp_path)
    assert not cache.available("experiment") | cache.available("behavior")
    experiment.touch()
    behavior.touch()
    assert cache.path_of("experiment", 103) == experiment
    assert cache.path_of("behavior", 2002) == behavior
    assert cache.available("experiment") == {103}
    assert cache.available("session") == {12}
    assert cache.available("behavior") == {2002, 1002}


def test_available_agrees_with_path_of(root: Path) -> None:
    cache = open_cache(root.parent)
    for id_ in (102, 104):
        place_of(root, "experiment", id_).touch()
    place_of(root, "behavior", 2001).symlink_to(root / "nowhere")  # a link to nothing is no file
    for kind, ids in (("experiment", PLANES), ("behavior", DAYS)):
        for id_ in ids:
            try:
                here = cache.path_of(kind, id_).is_file()
            except NotOnThisMachine:
                here = False
            assert here == (id_ in cache.available(kind))


def test_behaviour_of_an_imaged_session_is_in_any_of_its_planes(root: Path) -> None:
    cache = open_cache(root.parent)
    first, second = (place_of(root, "experiment", id_) for id_ in (101, 102))
    second.touch()
    assert cache.path_of("behavior", 1001) == second
    first.touch()
    assert cache.path_of("behavior", 1001) == first


def test_what_is_not_here_says_where_it_belongs(root: Path) -> None:
    cache = open_cache(root.parent)
    with pytest.raises(NotOnThisMachine) as caught:
        cache.get_behavior_ophys_experiment(103)
    assert caught.value.path == place_of(root, "experiment", 103)
    assert "Download it" in str(caught.value)
    with pytest.raises(NotOnThisMachine) as caught:
        cache.get_behavior_session(1001)
    assert caught.value.path == place_of(root, "experiment", 101)


def test_unknown_ids_are_told(root: Path) -> None:
    cache = open_cache(root.parent)
    with pytest.raises(UnknownId, match="ophys_experiment_id 1001"):
        cache.get_behavior_ophys_experiment(1001)
    with pytest.raises(UnknownId, match="behavior_session_id 101"):
        cache.path_of("behavior", 101)


def test_a_row_without_a_file_is_not_here(tmp_path: Path) -> None:
    experiments = tables()["ophys_experiment_table"].assign(file_id=-999)
    write_release(tmp_path, changed={"ophys_experiment_table": experiments})
    cache = open_cache(tmp_path)
    with pytest.raises(NotOnThisMachine) as caught:
        cache.path_of("experiment", 101)
    assert caught.value.path is None


@pytest.mark.fault
def test_a_row_without_a_file_id_has_the_file_of_its_released_name(tmp_path: Path) -> None:
    root = write_release(tmp_path)
    table = root / "project_metadata" / "ophys_experiment_table.csv"
    rows = pd.read_csv(table).astype({"file_id": "Int64"})
    rows.assign(file_id=pd.NA).to_csv(table, index=False)
    place_of(root, "experiment", 101).touch()
    cache = open_cache(tmp_path)
    assert cache.available("experiment") == {101}
    assert cache.path_of("experiment", 101) == place_of(root, "experiment", 101)


@pytest.mark.fault
def test_a_file_id_of_another_row_is_told_and_that_row_has_no_file(root: Path) -> None:
    path = root / "project_metadata" / "ophys_experiment_table.csv"
    path.write_text(path.read_text().replace("True,2\n", "True,3\n"))
    for id_ in (101, 103, 104):
        place_of(root, "experiment", id_).touch()
    cache = open_cache(root.parent)
    (problem,) = cache.table_problems
    assert "give 103 the file_id of behavior_ophys_experiment_104.nwb" in str(problem)
    assert cache.available("experiment") == {101, 104}
    with pytest.raises(NotOnThisMachine):
        cache.path_of("experiment", 103)


def test_cells_are_missed_only_when_asked_for(tmp_path: Path) -> None:
    write_tables(tmp_path, {k: v for k, v in tables().items() if k != "ophys_cells_table"})
    cache = open_cache(tmp_path)
    assert len(cache.get_ophys_experiment_table()) == len(PLANES)
    with pytest.raises(TableDamaged, match="not on this machine"):
        cache.get_ophys_cells_table()


def test_sessions_open(root: Path, tmp_path: Path) -> None:
    made = write_experiment(tmp_path, ophys_experiment_id=102, behavior_session_id=1001)
    shutil.move(made, place_of(root, "experiment", 102))
    made = write_behavior(tmp_path, behavior_session_id=2002)
    shutil.move(made, place_of(root, "behavior", 2002))
    cache = open_cache(root.parent)
    with cache.get_behavior_ophys_experiment(102) as experiment:
        assert experiment.ophys_experiment_id == 102
    for id_ in (1001, 2002):
        with cache.get_behavior_session(id_) as session:
            assert session.behavior_session_id == id_


def test_the_released_tables_are_whole(reference_tables: Path) -> None:
    """The counts are those of the field's map; the rest follows from the CSV files."""
    cache = open_cache(reference_tables)
    for table, name in zip(
        all_tables(cache),
        ("ophys_experiment_table", "ophys_session_table", "behavior_session_table"),
        strict=True,
    ):
        plain = pd.read_csv(reference_tables / f"{name}.csv", dtype=str)
        assert len(table) == len(plain)
        assert set(table.reset_index().columns) == set(plain.columns)
    lists = cache.get_ophys_session_table()["ophys_experiment_id"]
    assert sorted(i for ids in lists for i in ids) == sorted(
        cache.get_ophys_experiment_table().index
    )
