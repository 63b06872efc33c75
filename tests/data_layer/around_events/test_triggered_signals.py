"""Signals around events equal numpy's interpolation of whole recordings, prepared or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from data_layer import open_session
from data_layer.around_events import triggered_cells
from data_layer.around_events.times import event_times
from data_layer.around_events.triggered_signals import (
    LICK_RATE,
    triggered,
    triggered_means,
    triggered_population,
)
from data_layer.derived.event_alignment import common_offsets
from data_layer.levels.sparse_traces import SparseTraces
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.traces import FilteredEvents
from data_layer.prepared.reader import PreparedStore
from data_layer.preparing.build import build_store
from data_layer.store.session_store import SessionStore
from tests.support import prepared

SPAN = (-1.0, 1.5)
SINGLE = {"rtol": 1e-6, "atol": 1e-6}  # float32


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared.write("imaging", tmp_path_factory.mktemp("file"))


@pytest.fixture(scope="module")
def folder(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    with open_session(file) as session:
        build_store(SessionStore(session), folder, "state")
    return folder


@pytest.fixture(params=["file", "prepared"])
def store(request: pytest.FixtureRequest, file: Path, folder: Path) -> Iterator[SessionStore]:
    with open_session(file) as session:
        levels = PreparedStore(str(folder)) if request.param == "prepared" else None
        yield SessionStore(session, levels)


@pytest.fixture(params=["few cells", "many cells"])
def amount(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to read cells, whatever the file has."""
    if request.param == "many cells":
        monkeypatch.setattr(triggered_cells, "FEW_CELLS", 0)
        monkeypatch.setattr(triggered_cells, "CELLS_AT_ONCE", 2)


def brute_force(store: SessionStore, signal: str, times: np.ndarray) -> np.ndarray:
    """(n_events, n_cells, n_t) of the events with a full window, read from the file whole."""
    matrix = store.experiment.traces_matrix(signal)
    clock, traces = matrix.timestamps, matrix.read()
    offsets = common_offsets(SPAN)
    full = (times + offsets[0] >= clock[0]) & (times + offsets[-1] <= clock[-1])
    around = times[full][:, None] + offsets
    values = [np.interp(around, clock, traces[:, cell]) for cell in range(matrix.shape[1])]
    return np.stack(values, axis=1)


@pytest.mark.parametrize("signal", prepared.ACTIVITIES)
def test_every_trial_is_what_numpy_interpolates(
    store: SessionStore, amount: None, signal: Any
) -> None:
    times = event_times(store, "image").times[::7]
    found = triggered(store, signal, None, times, SPAN)
    expected = brute_force(store, signal, times)
    assert found.values.shape == expected.shape
    assert found.values.dtype == np.float32
    assert_allclose(found.values, expected, **SINGLE)
    assert len(found.kept) + found.n_dropped == len(times)
    assert found.cell_ids.tolist() == store.activity(signal).matrix.cell_roi_ids.tolist()


@pytest.mark.parametrize("signal", prepared.ACTIVITIES)
def test_means_are_those_of_the_trials(store: SessionStore, amount: None, signal: Any) -> None:
    times = event_times(store, "image").times[::7]
    groups = np.arange(len(times)) % 4 - 1
    means = triggered_means(store, signal, None, times, SPAN, groups=groups, n_groups=3)
    trials = brute_force(store, signal, times)
    of_kept = groups[means.kept]
    assert means.n_events.tolist() == [(of_kept == group).sum() for group in range(3)]
    for group in range(3):
        assert_allclose(means.values[group], trials[of_kept == group].mean(axis=0), **SINGLE)
    population = triggered_population(store, signal, None, times, SPAN)
    assert_allclose(population.values[:, 0], trials.mean(axis=1), **SINGLE)


def test_cells_come_in_the_order_asked_and_unknown_ones_stay_empty(
    store: SessionStore, amount: None
) -> None:
    cells = store.activity("dff").matrix.cell_roi_ids.tolist()
    times = event_times(store, "change").times
    everything = triggered(store, "dff", None, times, SPAN)
    asked = [cells[-1], 12345, cells[0]]
    found = triggered(store, "dff", asked, times, SPAN)
    assert_allclose(found.values[:, 0], everything.values[:, -1])
    assert np.isnan(found.values[:, 1]).all()
    assert_allclose(found.values[:, 2], everything.values[:, 0])
    assert found.cell_ids.tolist() == asked


def test_events_at_the_edges_are_dropped_and_counted(store: SessionStore, amount: None) -> None:
    clock = store.activity("dff").times
    times = np.array([clock[-1] - 0.5, clock[0] + 5, clock[0] + 0.5, clock[0] + 1.0])
    found = triggered(store, "dff", None, times, SPAN)
    assert found.kept.tolist() == [1, 3]
    assert found.n_dropped == 2
    nothing = triggered_means(store, "dff", None, times[:1], SPAN)
    assert nothing.n_dropped == 1
    assert np.isnan(nothing.values).all()


def test_gaps_stay_gaps_and_do_not_spread(tmp_path: Path, amount: None) -> None:
    with open_session(prepared.write("gaps in everything", tmp_path)) as session:
        store = SessionStore(session)
        clock, traces = store.activity("dff").times, store.experiment.traces_matrix("dff").read()
        times = clock[[500, 950, 1500]]
        found = triggered(store, "dff", None, times, SPAN)
        for place, event in enumerate(found.kept):
            around = times[event] + found.offsets
            left = np.clip(np.searchsorted(clock, around, side="right") - 1, 0, len(clock) - 2)
            for cell in range(traces.shape[1]):
                expected = np.interp(around, clock, traces[:, cell])
                gap = np.isnan(traces[left, cell]) | np.isnan(traces[left + 1, cell])
                shown = found.values[place, cell]
                assert (np.isnan(shown) <= gap).all()
                part = (around - clock[left]) / np.diff(clock)[left]
                assert np.isnan(shown[gap & (part > 1e-6) & (part < 1 - 1e-6)]).all()
                assert_allclose(shown[~gap], expected[~gap], **SINGLE)
        assert np.isnan(found.values).any()
        population = triggered_population(store, "dff", None, times, SPAN)
        known = (~np.isnan(found.values)).sum(axis=1)
        sums = np.nansum(found.values, axis=1)
        assert (np.isnan(population.values[:, 0]) == (known == 0)).all()
        mean = sums / np.maximum(known, 1)
        assert_allclose(population.values[:, 0][known > 0], mean[known > 0], **SINGLE)


def test_running_and_licks_follow_their_own_clocks(store: SessionStore) -> None:
    times = event_times(store, "reward").times
    running = triggered(store, "running_speed", None, times, SPAN)
    clock, speed = store.samples("running_speed")
    expected = [np.interp(times[event] + running.offsets, clock, speed) for event in running.kept]
    assert_allclose(running.values[:, 0], expected, **SINGLE)
    assert running.unit == "cm/s"
    rate = triggered(store, LICK_RATE, None, times, SPAN)
    licks = store.lick_table["timestamps"].to_numpy()
    for place, event in enumerate(rate.kept):
        for offset, shown in zip(rate.offsets, rate.values[place, 0], strict=True):
            since = licks - times[event] - offset
            assert shown == pytest.approx(10 * ((since >= -0.05) & (since < 0.05)).sum())
    assert rate.unit == "licks/s"


def test_a_signal_nobody_knows_is_an_error(store: SessionStore) -> None:
    with pytest.raises(KeyError):
        triggered(store, "temperature", None, np.array([10.0]), SPAN)


def test_events_are_kept_as_what_is_not_zero(small_experiment: Path, tmp_path: Path) -> None:
    with open_session(small_experiment) as session:
        build_store(SessionStore(session), tmp_path, "state")
        store = SessionStore(session, PreparedStore(str(tmp_path)))
        sparse = store.source.sparse_traces("events")
        assert sparse is not None
        assert store.source.sparse_traces("dff") is None
        assert isinstance(session, BehaviorOphysExperiment)
        filtered = session.traces_matrix("filtered_events")
        assert isinstance(filtered, FilteredEvents)
        for name, weights in (("events", np.ones(1)), ("filtered_events", filtered.weights)):
            traces = session.traces_matrix(name).read()
            for cell in range(traces.shape[1]):
                assert_allclose(sparse.trace(cell, weights), traces[:, cell], **SINGLE)


def test_traces_that_are_not_sparse_are_not_kept_as_such() -> None:
    builder = SparseTraces.Builder(n_frames=8, n_cells=2)
    builder.add(0, np.ones((2, 8), np.float32))
    assert builder.finished() == {}
    assert SparseTraces.Builder(8, 2).finished() == {}
