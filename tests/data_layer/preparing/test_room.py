"""Room for prepared stores: sizes are noted, so that a build measures its own store alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data_layer.preparing import room
from data_layer.preparing.room import SIZES
from data_layer.preparing.shelf import Shelf
from tests.support.nwb_files import write_behavior


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf", 10**9)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_behavior(tmp_path_factory.mktemp("recorded"), n_trials=10)


def test_a_build_measures_its_own_store_and_no_other(
    shelf: Shelf, recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [Path(shutil.copy2(recorded, tmp_path / f"{i}.nwb")) for i in range(3)]
    measured: list[str] = []
    measure = room._size

    def tell(store: Path) -> int:
        measured.append(store.name)
        return measure(store)

    monkeypatch.setattr(room, "_size", tell)
    for file in files:
        shelf.prepare(file)
    assert measured == [shelf.store_path(file).name for file in files]


@pytest.mark.fault
@pytest.mark.parametrize("content", ["", "[1]", '{"0": "x"}', "\0"])
def test_noted_sizes_of_stores_that_are_broken_are_measured_again(
    content: str, shelf: Shelf, recorded: Path, tmp_path: Path
) -> None:
    files = [Path(shutil.copy2(recorded, tmp_path / f"{i}.nwb")) for i in range(2)]
    shelf.prepare(files[0])
    (shelf.folder / SIZES).write_text(content)
    Shelf(shelf.folder, 10).prepare(files[1])
    assert [shelf.look_up(file).reason for file in files] == ["missing", "hit"]
