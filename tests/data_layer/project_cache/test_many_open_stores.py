"""Several sessions at once: none waits for another, and together they keep a bounded memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from data_layer import memo
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.preparing.queue import Preparer
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache import open_stores as open_stores_module
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.session_store import SessionStore
from data_layer.values.window import Window


class SlowToOpen(VisualBehaviorOphysProjectCache):
    """A cache that opens ``slow`` only when it may."""

    slow: int
    begun: Event
    go_on: Event
    opened: list[int]

    def get_behavior_ophys_experiment(self, ophys_experiment_id: int) -> BehaviorOphysExperiment:
        self.opened.append(ophys_experiment_id)
        if ophys_experiment_id == self.slow:
            self.begun.set()
            assert self.go_on.wait(60)
        return super().get_behavior_ophys_experiment(ophys_experiment_id)


def test_who_opens_one_session_does_not_wait_for_another(small_release: Path) -> None:
    cache = SlowToOpen.from_local_cache(small_release)
    assert isinstance(cache, SlowToOpen)
    cache.slow, quick, other, *_ = sorted(cache.available("experiment"))
    cache.begun, cache.go_on, cache.opened = Event(), Event(), []
    stores = OpenStores(cache)
    is_open = stores.experiment(quick)
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(stores.experiment, cache.slow) for _ in range(3)]
        assert cache.begun.wait(60)
        assert stores.experiment(quick) is is_open
        assert len(stores.experiment(other).trials)
        assert not any(one.done() for one in asked)
        cache.go_on.set()
        slow = [one.result() for one in asked]
    assert slow[0].session.ophys_experiment_id == cache.slow
    assert slow == [slow[0]] * 3
    assert sorted(cache.opened) == sorted([cache.slow, quick, other])
    assert len(stores._files) == 0  # no lock stays


def look_at_every_cell(store: SessionStore) -> None:
    """Every cell's trace of every kind, as it is drawn at first and as it is drawn again."""
    start, stop = store.bounds
    for name in ("dff", "events", "filtered_events"):
        for cell in store.cells_of(name).tolist():
            for window in (Window(start, stop, 100), Window(start, stop, 50)):
                store.cell_signal(name, cell, window)
            store.usual_range(name, cell)


@pytest.mark.parametrize("prepare", [False, True])
def test_looking_at_every_cell_of_many_sessions_stays_within_the_limits(
    prepare: bool,
    small_cache: VisualBehaviorOphysProjectCache,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limit, of_one = 400_000, 150_000
    monkeypatch.setattr(open_stores_module, "MAX_MEMO_BYTES", limit)
    monkeypatch.setattr(memo, "LIMIT", of_one)
    monkeypatch.setattr(memo, "SMALL", 4096)  # less than a trace of the small release
    shelf = Shelf(tmp_path / "shelf", 10**9)
    stores = OpenStores(small_cache, 4, Preparer(shelf, enabled=False))
    looked = kept = 0
    for experiment in sorted(small_cache.available("experiment"))[:6]:
        if prepare:
            shelf.prepare(small_cache.path_of("experiment", experiment))
        store = stores.experiment(experiment)
        look_at_every_cell(store)
        assert (store.source.prepared is not None) == prepare
        looked += sum(
            store.cell_samples(name, cell)[1].nbytes
            for name in ("dff", "events", "filtered_events")
            for cell in store.cells_of(name).tolist()
        )
        for one in (store.memo, store.session.memo):
            assert one.size <= of_one + memo.SMALL_LIMIT
        assert stores.experiment(experiment) is store
        kept = sum(s.memo.size + s.session.memo.size for s in stores._stores.values())
        assert kept <= max(limit, store.memo.size + store.session.memo.size)
    assert looked > 3 * limit  # it was more than may be kept
    assert kept > limit / 4  # and some of it is
