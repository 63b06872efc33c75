"""Every place that says which trial something belongs to says the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.around_events.splits import split_events
from data_layer.around_events.times import event_times
from data_layer.derived.trial_of_moment import trial_of_moment
from data_layer.derived.trial_type import trial_outcome
from data_layer.store.moment import behavior_at
from data_layer.store.session_store import SessionStore
from tests.support import recordings


@pytest.fixture(scope="module", params=["imaging", "imaging of 2021", "training", "passive"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SessionStore]:
    path = recordings.write(request.param, tmp_path_factory.mktemp("session"))
    with recordings.opened(path) as store:
        yield store


def trial_of(store: SessionStore, times: np.ndarray) -> np.ndarray:
    return trial_of_moment(times, store.trials["start_time"], store.trials["stop_time"].max())


def outcomes(store: SessionStore, trial: np.ndarray) -> list[str]:
    names = np.array([*trial_outcome(store.trials), ""], object)
    return names[trial].tolist()


def split_outcomes(store: SessionStore, times: np.ndarray) -> list[str]:
    split = split_events(store, "outcome", times)
    return np.array([*split.labels, ""], object)[split.groups].tolist()


@given(st.data())
def test_the_read_out_and_the_splits_agree(store: SessionStore, data: st.DataObject) -> None:
    """At, before and after every border, in gaps and outside."""
    table = store.trials
    borders = [*table["start_time"], *table["stop_time"], store.bounds[0], store.bounds[1]]
    shift = st.sampled_from([0.0, -1e-9, 1e-9, -0.2, 0.2])
    near = st.tuples(st.sampled_from(borders), shift).map(sum)
    times = np.array(data.draw(st.lists(near, min_size=1, max_size=9)))
    trial = trial_of(store, times)
    assert split_outcomes(store, times) == outcomes(store, trial)
    shown = [behavior_at(store, t)["trial"] for t in times.tolist()]
    ids = [None if one is None else one["trials_id"] for one in shown]
    assert ids == [None if i < 0 else int(table.index[i]) for i in trial]
    assert ["" if one is None else one["outcome"] for one in shown] == outcomes(store, trial)


def test_the_tables_count_flashes_and_licks_by_it(store: SessionStore) -> None:
    table, shown = store.trials, store.stored_presentations
    trial = trial_of(store, shown["start_time"].to_numpy())
    inside = shown["image_name"].notna().to_numpy() & (trial >= 0)
    assert shown["trials_id"].to_numpy(float)[inside].tolist() == trial[inside].tolist()
    for i, licks in enumerate(table["lick_times"].iloc[:-1]):
        assert (trial_of(store, licks) == i).all()


def test_the_start_of_a_trial_as_an_event_is_in_the_trial_that_starts(store: SessionStore) -> None:
    starts = event_times(store, "trial_start").times
    np.testing.assert_allclose(starts, store.trials["start_time"], rtol=0, atol=1e-9)
    assert split_outcomes(store, starts) == list(trial_outcome(store.trials))


@pytest.mark.reference
def test_a_lick_that_ends_a_trial_belongs_to_it_in_real_data(reference_experiment: Path) -> None:
    with recordings.opened(reference_experiment) as store:
        table = store.trials
        licks = event_times(store, "lick").times
        assert np.isin(licks, table["start_time"]).any()
        trial = trial_of(store, licks)
        for i, times in enumerate(table["lick_times"].iloc[:-1]):
            np.testing.assert_array_equal(licks[trial == i], times)
        shown = store.presentations
        flashes = shown["image_name"].notna().to_numpy()
        found = trial_of(store, shown["start_time"].to_numpy())
        expected = np.where(found < 0, -99, found)
        np.testing.assert_array_equal(shown["trials_id"].to_numpy()[flashes], expected[flashes])
