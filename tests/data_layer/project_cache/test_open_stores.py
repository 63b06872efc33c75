"""Open sessions take over what is prepared meanwhile, and notice what changes under them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_layer import open_session
from data_layer.errors import FileDamaged, SessionClosed
from data_layer.prepared.label import FORMAT
from data_layer.preparing import queue
from data_layer.preparing.queue import Preparation, Preparer, together
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache import open_stores as open_stores_module
from data_layer.project_cache.open_stores import OpenStores
from data_layer.project_cache.single_file import SingleFile
from tests.support.nwb_files import truncate, write_experiment
from tests.support.until import wait_until

ID = 900_000_001


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two files of one session that differ in what the mouse did."""
    folder = tmp_path_factory.mktemp("versions")
    for seed in (1, 2):
        (folder / str(seed)).mkdir()
        write_experiment(folder / str(seed), n_trials=12, n_cells=2, seed=seed)
    first, second = sorted(folder.rglob("*.nwb"))
    return first, second


@pytest.fixture
def file(versions: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copy2(versions[0], tmp_path / "session.nwb"))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf", 10**9)


@pytest.fixture(autouse=True)
def _always_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_stores_module, "CHECK_EVERY", 0.0)


def stores_of(file: Path, shelf: Shelf, *, prepare: bool = True) -> OpenStores:
    return OpenStores(SingleFile(file), preparer=Preparer(shelf, enabled=prepare))


def speed(file: Path) -> np.ndarray:
    with open_session(file) as session:
        return session.running_speed["speed"].to_numpy()


def test_a_session_opens_before_it_is_prepared_and_takes_over_what_was(
    file: Path, shelf: Shelf
) -> None:
    stores = stores_of(file, shelf)
    store = stores.experiment(ID)
    assert store.source.prepared is None
    assert len(store.trials)
    wait_until(lambda: stores.preparation(stores.experiment(ID)).state == "ready")
    taken_over = stores.experiment(ID)
    assert taken_over.source.prepared is not None
    assert taken_over.session is store.session
    assert stores.experiment(ID) is taken_over


def test_a_prepared_session_is_used_at_once(file: Path, shelf: Shelf) -> None:
    shelf.prepare(file)
    stores = stores_of(file, shelf, prepare=False)
    assert stores.experiment(ID).source.prepared is not None
    assert stores.behavior(870_000_001).source.prepared is not None


def test_without_preparing_a_session_is_read_from_its_file(file: Path, shelf: Shelf) -> None:
    stores = stores_of(file, shelf, prepare=False)
    assert stores.preparation(stores.experiment(ID)) == Preparation("off")
    assert not shelf.folder.exists()


def in_place(new: Path, file: Path) -> None:
    file.write_bytes(new.read_bytes())


def by_another(new: Path, file: Path) -> None:
    os.replace(shutil.copy2(new, file.with_suffix(".new")), file)


@pytest.mark.parametrize("change", [in_place, by_another])
@pytest.mark.parametrize("prepared_before", [False, True])
def test_a_file_that_changes_is_opened_anew(
    change: Any, prepared_before: bool, versions: tuple[Path, Path], file: Path, shelf: Shelf
) -> None:
    if prepared_before:
        shelf.prepare(file)
    stores = stores_of(file, shelf)
    before, behavior = stores.experiment(ID), stores.behavior(870_000_001)
    np.testing.assert_array_equal(before.samples("running_speed")[1], speed(versions[0]))
    change(versions[1], file)
    after = stores.experiment(ID)
    np.testing.assert_array_equal(after.samples("running_speed")[1], speed(versions[1]))
    assert after.source.prepared is None
    assert after.fingerprint != before.fingerprint
    for closed in (before, behavior):
        with pytest.raises(SessionClosed):
            closed.session.running_speed  # noqa: B018
    wait_until(lambda: stores.experiment(ID).source.prepared is not None)
    prepared = stores.experiment(ID)
    np.testing.assert_array_equal(prepared.samples("running_speed")[1], speed(versions[1]))


def test_a_change_is_noticed_by_the_next_request(
    versions: tuple[Path, Path], file: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Size and time of change are looked at each time, the content now and then."""
    monkeypatch.setattr(open_stores_module, "CHECK_EVERY", 3600.0)
    stores = stores_of(file, shelf, prepare=False)
    for _ in range(2):
        stores.experiment(ID).samples("running_speed")
    in_place(versions[1], file)
    got = stores.experiment(ID).samples("running_speed")[1]
    np.testing.assert_array_equal(got, speed(versions[1]))


def test_nothing_is_shown_of_a_file_that_changed_into_something_else(
    file: Path, shelf: Shelf
) -> None:
    stores = stores_of(file, shelf, prepare=False)
    stores.experiment(ID)
    truncate(file)
    for _ in range(2):
        with pytest.raises(FileDamaged):
            stores.experiment(ID)


def test_a_file_that_is_removed_can_be_read_while_it_is_open(file: Path, shelf: Shelf) -> None:
    stores = stores_of(file, shelf, prepare=False)
    stores.experiment(ID)
    file.unlink()
    assert len(stores.experiment(ID).trials)


# damage


def damage(shelf: Shelf, file: Path) -> None:
    (shelf.store_path(file) / "trials.parquet").write_bytes(b"broken")


def test_a_damaged_store_is_said_so_and_built_anew_once(
    file: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = shelf.prepare(file).store.built
    stores = stores_of(file, shelf)
    store = stores.experiment(ID)
    damage(shelf, file)
    assert len(store.trials)
    told = stores.preparation(store)
    assert told.sentence.startswith(
        f"The prepared view in {shelf.store_path(file)} is damaged at trials"
    )
    assert told.state in ("waiting", "building")  # so that the page asks again
    wait_until(lambda: stores.experiment(ID).source.prepared is not None)
    again = stores.experiment(ID)
    assert stores.preparation(again) == Preparation("ready", 1.0)
    assert again.source.prepared.built != built
    assert len(again.trials) == len(store.trials)
    for _ in range(3):
        assert stores.experiment(ID) is again


def test_another_server_does_not_drop_what_was_built_anew(file: Path, shelf: Shelf) -> None:
    shelf.prepare(file)
    ours, theirs = stores_of(file, shelf), stores_of(file, shelf)
    stores = [one.experiment(ID) for one in (ours, theirs)]
    damage(shelf, file)
    for store in stores:
        assert len(store.trials)
    wait_until(lambda: ours.experiment(ID).source.prepared is not None)
    built = ours.experiment(ID).source.prepared.built
    assert theirs.experiment(ID).source.prepared.built == built
    assert shelf.look_up(file).store.built == built


def test_a_damaged_store_that_cannot_be_dropped_is_not_used_again(
    file: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.prepare(file)
    stores = stores_of(file, shelf)
    damage(shelf, file)
    assert len(stores.experiment(ID).trials)
    monkeypatch.setattr(Shelf, "discard", lambda *_: None)  # as in a folder that is read-only
    assert stores.experiment(ID).source.prepared is None
    assert "damaged" in stores.preparation(stores.experiment(ID)).sentence


def test_a_store_that_is_dropped_while_it_is_in_use_is_missed_by_nobody(
    file: Path, shelf: Shelf
) -> None:
    shelf.prepare(file)
    stores = stores_of(file, shelf)
    store = stores.experiment(ID)
    shutil.rmtree(shelf.store_path(file))
    assert len(store.trials)
    np.testing.assert_array_equal(store.samples("running_speed")[1], speed(file))
    wait_until(lambda: stores.experiment(ID).source.prepared is not None)


def test_a_store_in_use_counts_as_used(file: Path, shelf: Shelf) -> None:
    shelf.prepare(file)
    stores = stores_of(file, shelf)
    stores.experiment(ID)
    mark = shelf.store_path(file) / "last_used"
    os.utime(mark, (0, 0))
    stores.experiment(ID)
    assert mark.stat().st_mtime > 0


# preparing


def unusable(shelf: Shelf) -> Shelf:
    """A shelf in a place where no folder can be made."""
    shelf.folder.write_text("a file")
    return shelf


def test_where_nothing_can_be_prepared_the_session_opens_and_says_why(
    file: Path, shelf: Shelf
) -> None:
    stores = stores_of(file, unusable(shelf))
    assert len(stores.experiment(ID).trials)
    wait_until(lambda: stores.preparation(stores.experiment(ID)).state == "failed")
    sentence = stores.preparation(stores.experiment(ID)).sentence
    assert sentence.startswith(f"session.nwb cannot be prepared in {shelf.folder}: ")
    assert len(stores.experiment(ID).lick_table)


def test_what_failed_is_tried_again_when_the_file_changes_or_time_has_passed(
    file: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    preparer = Preparer(unusable(shelf))
    preparer.ask(file)
    wait_until(lambda: preparer.state(file).state == "failed")
    preparer.ask(file)
    assert preparer.state(file).state == "failed"
    os.utime(file, (0, 0))
    preparer.ask(file)
    assert preparer.state(file).state == "waiting"
    wait_until(lambda: preparer.state(file).state == "failed")
    shelf.folder.unlink()
    monkeypatch.setattr(queue, "RETRY_AFTER", 0.0)
    preparer.ask(file)
    wait_until(lambda: preparer.state(file).state == "ready")
    assert preparer.look_up(file).reason == "hit"


def test_files_are_prepared_one_after_the_other(versions: tuple[Path, Path], shelf: Shelf) -> None:
    preparer = Preparer(shelf)
    for file in versions:
        preparer.ask(file)
        preparer.ask(file)
    assert [preparer.state(file).state for file in versions][1] == "waiting"
    wait_until(lambda: all(preparer.state(file).state == "ready" for file in versions))
    assert [shelf.look_up(file).store.facts["format"] for file in versions] == [FORMAT] * 2


def test_a_server_that_waits_for_another_shows_how_far_that_is(
    file: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two servers are asked for one file: the second shows the first one's progress."""
    preparer = Preparer(shelf)
    building = shelf.folder / f".{shelf.store_path(file).name}.building"
    building.mkdir(parents=True)
    with shelf._lock(shelf.store_path(file).name):  # the other server builds
        preparer.ask(file)
        assert preparer.state(file) == Preparation("waiting")
        (building / "progress").write_text("0.43")
        assert preparer.state(file) == Preparation("building", 0.43)
    wait_until(lambda: preparer.state(file).state == "ready")


ASK_AND_END = """
import sys
from pathlib import Path
from data_layer.preparing.queue import Preparer
from data_layer.preparing.shelf import Shelf
preparer = Preparer(Shelf(Path(sys.argv[1]), 10**9))
for file in sys.argv[2:]:
    preparer.ask(Path(file))
"""


def test_a_server_ends_without_waiting_for_what_it_prepares(
    versions: tuple[Path, Path], shelf: Shelf
) -> None:
    """Another server builds the first file, and does not end."""
    shelf.folder.mkdir()
    with shelf._lock(shelf.store_path(versions[0]).name):
        server = [sys.executable, "-c", ASK_AND_END, shelf.folder, *versions]
        subprocess.run(server, check=True, timeout=60)


FAILED = Preparation("failed", 0, "No.")


@pytest.mark.parametrize(
    ("planes", "whole"),
    [
        ([Preparation("ready", 1), Preparation("ready", 1)], Preparation("ready", 1)),
        ([Preparation("ready", 1), Preparation("waiting")], Preparation("building", 0.5)),
        ([Preparation("building", 0.5), Preparation("waiting")], Preparation("building", 0.25)),
        ([Preparation("waiting"), Preparation("waiting")], Preparation("waiting", 0)),
        ([Preparation("ready", 1), FAILED], Preparation("failed", 0.5, "No.")),
        ([Preparation("off"), Preparation("ready", 1)], Preparation("off", 0.5)),
    ],
)
def test_planes_together_are_as_far_as_all_and_as_well_as_the_worst(
    planes: list[Any], whole: Any
) -> None:
    assert together(planes) == whole


@pytest.fixture(autouse=True)
def _no_process_stays(shelf: Shelf) -> Iterator[None]:
    yield
    wait_until(
        lambda: not list(shelf.folder.glob(".*.building")) if shelf.folder.is_dir() else True
    )
