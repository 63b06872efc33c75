"""A grown session reads as its own content again and again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.grown_files import longer, with_cells
from data_layer import BehaviorOphysExperiment

TIMES, CELLS = 3, 16


@pytest.fixture
def given(tiny_experiment: Path) -> Iterator[BehaviorOphysExperiment]:
    with BehaviorOphysExperiment.from_nwb_path(tiny_experiment) as session:
        yield session


@pytest.fixture
def long(tiny_experiment: Path, tmp_path: Path) -> Iterator[BehaviorOphysExperiment]:
    longer(tiny_experiment, tmp_path / "long.nwb", TIMES)
    with BehaviorOphysExperiment.from_nwb_path(tmp_path / "long.nwb") as session:
        yield session


@pytest.fixture
def wide(tiny_experiment: Path, tmp_path: Path) -> Iterator[BehaviorOphysExperiment]:
    with_cells(tiny_experiment, tmp_path / "wide.nwb", CELLS)
    with BehaviorOphysExperiment.from_nwb_path(tmp_path / "wide.nwb") as session:
        yield session


def test_every_clock_of_a_longer_session_goes_on(
    given: BehaviorOphysExperiment, long: BehaviorOphysExperiment
) -> None:
    for name in ("stimulus_timestamps", "ophys_timestamps"):
        times = getattr(long, name)
        assert len(times) == TIMES * len(getattr(given, name))
        assert (np.diff(times) > 0).all()
    for name in ("licks", "rewards", "running_speed", "eye_tracking"):
        times = getattr(long, name)["timestamps"]
        assert len(times) == TIMES * len(getattr(given, name))
        assert times.is_monotonic_increasing


def test_trials_and_flashes_of_a_longer_session_lie_where_they_lay(
    given: BehaviorOphysExperiment, long: BehaviorOphysExperiment
) -> None:
    step = long.stimulus_timestamps[len(given.stimulus_timestamps)] - given.stimulus_timestamps[0]
    n_trials, n_shown = len(given.trials), len(given.stimulus_presentations)
    for repeat in range(TIMES):
        trials = long.trials.iloc[repeat * n_trials : (repeat + 1) * n_trials]
        shown = long.stimulus_presentations.iloc[repeat * n_shown : (repeat + 1) * n_shown]
        for name in ("start_time", "stop_time", "change_time"):
            np.testing.assert_allclose(trials[name], given.trials[name] + repeat * step)
        np.testing.assert_allclose(
            shown["start_time"], given.stimulus_presentations["start_time"] + repeat * step
        )
        assert list(shown["image_name"]) == list(given.stimulus_presentations["image_name"])
        for licks, once in zip(trials["lick_times"], given.trials["lick_times"], strict=True):
            np.testing.assert_allclose(licks, once + repeat * step)


def test_traces_of_a_longer_session_are_repeated(
    given: BehaviorOphysExperiment, long: BehaviorOphysExperiment
) -> None:
    once, often = given.traces_matrix("dff"), long.traces_matrix("dff")
    for roi_id in once.cell_roi_ids:
        np.testing.assert_array_equal(
            often.column(int(roi_id)), np.tile(once.column(int(roi_id)), TIMES)
        )


def test_a_session_with_more_cells_has_them_under_ids_of_their_own(
    given: BehaviorOphysExperiment, wide: BehaviorOphysExperiment
) -> None:
    stored = int(wide.traces_matrix("dff").read(0, 1).shape[1])
    assert stored == len(wide.cells) > len(given.cells)
    assert wide.cells["cell_roi_id"].is_unique
    assert wide.cells["cell_specimen_id"].dropna().is_unique
    np.testing.assert_array_equal(wide.ophys_timestamps, given.ophys_timestamps)


def test_added_cells_repeat_the_traces_and_masks_of_those_given(
    given: BehaviorOphysExperiment, wide: BehaviorOphysExperiment
) -> None:
    once, often = given.traces_matrix("dff"), wide.traces_matrix("dff")
    ours = {once.column(int(i)).tobytes() for i in once.cell_roi_ids}
    theirs = [often.column(int(i)).tobytes() for i in often.cell_roi_ids]
    assert set(theirs) == ours
    masks = {given.roi_mask(int(i)).tobytes() for i in given.cells["cell_roi_id"]}
    assert {wide.roi_mask(int(i)).tobytes() for i in wide.cells["cell_roi_id"]} == masks
