"""The lick raster against the session's licks, rewards and trials, counted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment
from data_layer.derived.trial_type import OUTCOMES, trial_outcome
from data_layer.store.lick_raster import ORDERS, lick_raster
from data_layer.values.slices import RasterSlice
from tests.support.nwb_files import as_first_release, write_experiment


@pytest.fixture(scope="module", params=["2023", "2021"])
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BehaviorOphysExperiment]:
    path = write_experiment(tmp_path_factory.mktemp("raster"), n_trials=60)
    path = path if request.param == "2023" else as_first_release(path)
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        yield session


def raster_of(session: BehaviorOphysExperiment, **choices: Any) -> RasterSlice:
    return lick_raster(session.trials, session.licks, session.rewards, **choices)


def test_every_lick_around_every_change_is_drawn_once(session: BehaviorOphysExperiment) -> None:
    raster = raster_of(session)
    drawn = list(zip(raster.lick_rows.tolist(), raster.lick_times.tolist(), strict=True))
    expected = [
        (row, lick - change)
        for row, change in enumerate(raster.trials["change_time"])
        for lick in session.licks["timestamps"]
        if -1 <= lick - change <= 5
    ]
    assert drawn
    assert drawn == expected
    assert raster.span == (-1, 5)


def test_every_reward_lies_in_its_row_with_its_kind(session: BehaviorOphysExperiment) -> None:
    raster = raster_of(session)
    for row, (change, outcome) in enumerate(
        zip(raster.trials["change_time"], raster.trials["outcome"], strict=True)
    ):
        inside = session.rewards[session.rewards["timestamps"].between(change - 1, change + 5)]
        in_row = raster.reward_rows == row
        np.testing.assert_allclose(raster.reward_times[in_row] + change, inside["timestamps"])
        assert raster.is_auto_reward[in_row].tolist() == inside["auto_rewarded"].tolist()
        if outcome == "hit":
            assert not raster.is_auto_reward[in_row].all()


def test_the_rows_are_all_trials_with_a_change_first_on_top(
    session: BehaviorOphysExperiment,
) -> None:
    trials = session.trials
    with_change = trials[~np.isnan(trials["change_time"])]
    raster = raster_of(session)
    assert list(raster.trials.index) == list(with_change.sort_values("change_time").index)
    assert list(raster.trials["outcome"]) == list(trial_outcome(raster.trials))


@pytest.mark.parametrize("order", ORDERS)
def test_orders_arrange_the_same_rows(session: BehaviorOphysExperiment, order: Any) -> None:
    raster = raster_of(session, order=order)
    assert sorted(raster.trials.index) == sorted(raster_of(session).trials.index)
    latency = np.nan_to_num(raster.trials["response_latency"].to_numpy(), nan=np.inf)
    places = [OUTCOMES.index(outcome) for outcome in raster.trials["outcome"]]
    keys = {
        "time": raster.trials["change_time"].tolist(),
        "response_latency": latency.tolist(),
        "outcome": places,
    }
    assert keys[order] == sorted(keys[order])


def test_only_the_chosen_outcomes_have_rows(session: BehaviorOphysExperiment) -> None:
    raster = raster_of(session, outcomes=["hit", "miss"])
    assert set(raster.trials["outcome"]) == {"hit", "miss"}
    assert raster_of(session, outcomes=[]).trials.empty


def test_a_passive_session_has_rows_without_licks(tmp_path: Path) -> None:
    path = write_experiment(tmp_path, session_type="OPHYS_2_images_A_passive")
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        raster = raster_of(session)
    assert len(raster.trials)
    assert not len(raster.lick_times)
    assert not len(raster.reward_times)
