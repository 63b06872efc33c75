"""The sessions of a mouse in numbers: what pandas says of the files, else the tables' counts."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_layer.errors import UnknownId
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.remote.bucket import Bucket
from data_layer.remote.streamed import streamed_files
from data_layer.settings import Settings
from tests.data_layer.project_cache.releases import place_of, write_release
from tests.support.uploaded_release import uploaded_release


@pytest.fixture(scope="module")
def history(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path_factory: pytest.TempPathFactory
) -> pd.DataFrame:
    mouse = small_cache.get_behavior_session_table()["mouse_id"].iloc[0]
    return BehaviorHistory(small_cache, tmp_path_factory.mktemp("numbers")).of_mouse(mouse)


def test_every_session_of_the_mouse_is_there_by_date(
    history: pd.DataFrame, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    table = small_cache.get_behavior_session_table().sort_values("date_of_acquisition")
    table = table[table["mouse_id"] == history["mouse_id"].iloc[0]]
    assert history.index.tolist() == table.index.tolist()
    assert history["here"].tolist() == [i in small_cache.available("behavior") for i in table.index]


def test_numbers_of_files_that_are_here_are_counted_in_them(
    history: pd.DataFrame, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    from_files = history[history["source"] == "file"]
    assert set(from_files.index) == small_cache.available("behavior") & set(history.index)
    for id_, row in from_files.iterrows():
        with small_cache.get_behavior_session(id_) as session:
            trials, rewards, licks = session.trials, session.rewards, session.licks
        assert row["trial_count"] == len(trials)
        for outcome in ("hit", "miss", "false_alarm", "correct_reject", "aborted"):
            assert row[outcome] == trials[outcome].sum(), outcome
        assert row["reward_volume"] == pytest.approx(rewards["volume"].sum())
        assert row["auto_reward_count"] == rewards["auto_rewarded"].sum()
        assert row["earned_reward_count"] + row["auto_reward_count"] == len(rewards)
        assert row["lick_count"] == len(licks)
        go, catch = trials[trials["go"]], trials[trials["catch"]]
        if row["active"] and len(go):
            assert row["hit_rate"] == pytest.approx(go["hit"].mean())
        if row["active"] and len(catch):
            assert row["false_alarm_rate"] == pytest.approx(catch["false_alarm"].mean())


def test_other_sessions_have_what_the_table_counts_and_no_more(
    history: pd.DataFrame, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    table = small_cache.get_behavior_session_table()
    from_table = history[history["source"] == "table"]
    assert len(from_table)
    for id_, row in from_table.iterrows():
        assert row["hit"] == table.loc[id_, "hit_trial_count"]
        counted = ("hit", "miss", "false_alarm", "correct_reject", "uncounted")
        assert sum(row[name] for name in counted) == table.loc[id_, "trial_count"]
        unknown = ["aborted", "auto_rewarded", "lick_count", "reward_volume", "mean_dprime"]
        assert row[unknown].isna().all()


def test_passive_sessions_have_no_performance(history: pd.DataFrame) -> None:
    passive = history[history["session_type"].str.contains("passive")]
    assert len(passive)
    assert passive[["hit_rate", "false_alarm_rate", "dprime"]].isna().all(axis=None)


def test_tables_without_counts_give_no_numbers(tmp_path: Path) -> None:
    write_release(tmp_path / "cache")
    cache = Cache.from_local_cache(tmp_path / "cache")
    history = BehaviorHistory(cache, tmp_path / "numbers").of_mouse("1")
    assert len(history) == 4
    assert not history["here"].any()
    assert history["source"].tolist() == [""] * 4
    assert history[["trial_count", "dprime", "lick_count"]].isna().all(axis=None)


def test_a_file_that_cannot_be_read_is_a_sentence_not_a_failure(tmp_path: Path) -> None:
    root = write_release(tmp_path / "cache")
    place_of(root, "behavior", 2001).write_bytes(b"not HDF5")
    cache = Cache.from_local_cache(tmp_path / "cache")
    history = BehaviorHistory(cache, tmp_path / "numbers").of_mouse("1")
    assert "HDF5" in history.loc[2001, "problem"]
    assert history.loc[2001, "here"]
    assert np.isnan(history.loc[2001, "trial_count"])


def test_an_unknown_mouse_is_said_to_be_unknown(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path: Path
) -> None:
    with pytest.raises(UnknownId, match="mouse_id 12"):
        BehaviorHistory(small_cache, tmp_path).of_mouse("12")


def test_a_file_is_read_once_and_again_when_it_changes(small_release: Path, tmp_path: Path) -> None:
    release = shutil.copytree(small_release, tmp_path / "cache")
    cache, folder = Cache.from_local_cache(release), tmp_path / "numbers"
    sessions = cache.get_behavior_session_table()
    training = sessions.index[sessions["ophys_session_id"].isna()]
    id_ = min(cache.available("behavior") & set(training))
    path = cache.path_of("behavior", id_)
    first = BehaviorHistory(cache, folder).of_sessions([id_])
    whole, when = path.read_bytes(), path.stat()
    path.write_bytes(b"\0" * len(whole))
    os.utime(path, ns=(when.st_atime_ns, when.st_mtime_ns))
    kept = BehaviorHistory(cache, folder).of_sessions([id_])
    assert kept.equals(first), "unchanged by size and time, so not read"
    path.write_bytes(whole[:-1])
    changed = BehaviorHistory(cache, folder).of_sessions([id_])
    assert changed["source"].tolist() != ["file"]
    assert changed["problem"].iloc[0]


def test_numbers_of_prepared_sessions_come_from_the_table_and_are_those_of_the_files(
    small_cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, ids = Shelf(tmp_path / "store", 10**9), sorted(small_cache.here("behavior"))[:3]
    for id_ in ids:
        shelf.prepare(small_cache.path_of("behavior", id_))
    expected = BehaviorHistory(small_cache, tmp_path / "numbers").of_sessions(ids)
    assert expected["source"].tolist() == ["file"] * 3
    monkeypatch.setattr(Cache, "get_behavior_session", None)  # no file is opened
    history = BehaviorHistory(small_cache, tmp_path / "others", shelf.summaries)
    pd.testing.assert_frame_equal(history.of_sessions(ids), expected)


def test_a_session_that_was_streamed_and_prepared_has_the_numbers_of_its_file(
    small_release: Path, small_cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiments = small_cache.get_ophys_experiment_table()
    plane = experiments.index[experiments.index.isin(small_cache.here("experiment"))][-1]
    ids = [int(experiments.loc[plane, "behavior_session_id"])]
    expected = BehaviorHistory(small_cache, tmp_path / "numbers").of_sessions(ids)
    with uploaded_release(small_release) as store:
        settings = Settings(
            cache_dir=tmp_path / "cache", work_dir=tmp_path, s3_endpoint=store.url, offline=False
        )
        cache, shelf = Cache.of_settings(settings), Shelf(tmp_path / "store", 10**9)
        history = BehaviorHistory(cache, tmp_path / "others", shelf.summaries)
        assert history.of_sessions(ids)["source"].tolist() == ["table"]
        cache.stream_with(streamed_files(settings, Bucket("elsewhere", store.url)))
        shelf.prepare(Path(shutil.copy(small_cache.path_of("experiment", plane), tmp_path)))
        assert history.of_sessions(ids)["source"].tolist() == ["table"], "it is another's file"
        cache.stream_with(streamed_files(settings))
        shelf.prepare(cache.path_of("experiment", plane))
    monkeypatch.setattr(Cache, "get_behavior_session", None)  # no file is opened
    found = history.of_sessions(ids)
    assert found["here"].tolist() == [False]
    pd.testing.assert_frame_equal(found.assign(here=True), expected)
