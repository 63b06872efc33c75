"""Preparations that people ask for: one after the other, to be cancelled, and faults are told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from data_layer.batch.background import Preparations
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.single_file import SingleFile


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "store", 10**9)


def stages(preparations: Preparations) -> dict[int, str]:
    return {state.id: state.stage for state in preparations.states()}


def test_files_are_prepared_one_after_the_other_and_a_cancelled_one_is_left_out(
    small_cache: VisualBehaviorOphysProjectCache, shelf: Shelf
) -> None:
    first, second, third = sorted(small_cache.available("experiment"))[:3]
    preparations = Preparations(small_cache, shelf)
    preparations.start("experiment", [first, second, third])
    preparations.cancel(second)
    assert preparations.wait(120)
    assert stages(preparations) == {first: "done", second: "cancelled", third: "done"}
    assert [state.part for state in preparations.states()] == [1.0, 0.0, 1.0]
    paths = {id_: small_cache.path_of("experiment", id_) for id_ in (first, second, third)}
    prepared = {id_ for id_, path in paths.items() if shelf.look_up(path).store is not None}
    assert prepared == {first, third}
    preparations.start("experiment", [first])
    assert preparations.wait(60)
    assert preparations.states()[-1].stage == "done"  # it stood already
    preparations.clear()
    assert preparations.states() == ()


def test_one_that_runs_is_cancelled_as_often_as_one_likes(
    small_cache: VisualBehaviorOphysProjectCache, shelf: Shelf
) -> None:
    plane = min(small_cache.available("experiment"))
    preparations = Preparations(small_cache, shelf)
    for _ in range(3):  # three processes that were lost would be told as a fault
        preparations.start("experiment", [plane])
        while stages(preparations)[plane] == "waiting":
            time.sleep(0.01)
        preparations.cancel_all()
        assert preparations.wait(60)
        assert stages(preparations) == {plane: "cancelled"}
    preparations.start("experiment", [plane])
    assert preparations.wait(120)
    assert stages(preparations) == {plane: "done"}


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(
    small_cache: VisualBehaviorOphysProjectCache, shelf: Shelf, tmp_path: Path
) -> None:
    plane = min(small_cache.available("experiment"))
    damaged = tmp_path / f"behavior_ophys_experiment_{plane}.nwb"
    content = small_cache.path_of("experiment", plane).read_bytes()
    damaged.write_bytes(content)
    cache = SingleFile(damaged)
    damaged.write_bytes(content[:5000])
    preparations = Preparations(cache, shelf)
    preparations.start("experiment", [plane, 12])
    assert preparations.wait(120)
    first, other = preparations.states()
    assert (first.stage, other.stage) == ("failed", "failed")
    assert "12" in other.sentence
    assert str(tmp_path) not in other.sentence
    assert first.sentence
