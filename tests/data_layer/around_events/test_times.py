"""Events and their groups against the tables, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from data_layer.around_events.splits import SPLITS, Thresholds, split_events
from data_layer.around_events.times import (
    DELAY_INCLUDED,
    DELAY_NOT_INCLUDED,
    KINDS,
    TYPED,
    event_names,
    event_times,
    first_of_bouts,
    kind_of_event,
    running_onsets,
)
from data_layer.derived.trial_type import trial_outcome
from data_layer.errors import StreamMissing
from data_layer.store.session_store import SessionStore
from tests.support import recordings

NO_EYES = {"training", "gratings", "no eye tracking"}


@pytest.fixture(scope="module", params=recordings.KINDS)
def recorded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, SessionStore]]:
    """A session of every kind, and which."""
    path = recordings.write(request.param, tmp_path_factory.mktemp("session"))
    with recordings.opened(path) as store:
        yield request.param, store


def test_every_kind_has_times_in_order_on_a_stated_clock(
    recorded: tuple[str, SessionStore],
) -> None:
    kind, store = recorded
    for name, label in event_names(store).items():
        if name == "blink" and kind in NO_EYES:
            continue
        events = event_times(store, name, np.array([4.0, np.nan, 2.0]))
        assert (np.diff(events.times) >= 0).all()
        assert np.isfinite(events.times).all()
        assert (events.name, events.label) == (name, label)
        assert events.clock == kind_of_event(name).clock
    assert event_times(store, TYPED, np.array([4.0, np.nan, 2.0])).times.tolist() == [2, 4]


def test_what_is_on_the_screen_is_on_the_clock_of_change_time(
    recorded: tuple[str, SessionStore],
) -> None:
    _, store = recorded
    trials = store.trials
    changed = trials.loc[trials["is_change"].astype(bool), "change_time"].to_numpy()
    changes = event_times(store, "change")
    nearest = np.abs(changed[:, None] - changes.times).min(axis=1)
    assert (nearest < 0.005).all()
    assert changes.clock == event_times(store, "omission").clock == DELAY_INCLUDED
    assert event_times(store, "lick").clock == DELAY_NOT_INCLUDED
    assert_allclose(event_times(store, "lick").times, store.lick_table["timestamps"])


def test_the_flashes_are_those_of_the_table(recorded: tuple[str, SessionStore]) -> None:
    _, store = recorded
    table = store.presentations
    shown = table[table["image_name"].isin(store.image_names)]
    assert_allclose(event_times(store, "image").times, shown["start_time"])
    for image in store.image_names:
        of_image = shown.loc[shown["image_name"] == image, "start_time"]
        assert_allclose(event_times(store, f"image:{image}").times, of_image)
    omitted = table[table["omitted"].fillna(False).astype(bool)]["start_time"].to_numpy()
    assert_allclose(event_times(store, "omission").times, omitted)
    before = event_times(store, "before_omission").times
    starts = shown["start_time"].to_numpy()
    assert before.tolist() == sorted({starts[starts < t].max() for t in omitted})


def test_trials_rewards_and_movies_are_those_of_the_tables(
    recorded: tuple[str, SessionStore],
) -> None:
    _, store = recorded
    rewards, table = store.reward_table, store.presentations
    free = rewards[rewards["auto_rewarded"].astype(bool)]["timestamps"]
    assert_allclose(event_times(store, "auto_reward").times, free)
    assert len(event_times(store, "reward").times) == len(rewards)
    completed = store.trials[~store.trials["aborted"].astype(bool)]
    assert_allclose(event_times(store, "change_or_sham").times, completed["change_time"].dropna())
    repeats = event_times(store, "movie_repeat").times
    if "movie_repeat" in table:
        films = table[table["movie_repeat"] >= 0]
        assert_allclose(repeats, films.groupby("movie_repeat")["start_time"].min())
    else:
        assert not len(repeats)


def test_a_kind_nobody_knows_is_an_error(recorded: tuple[str, SessionStore]) -> None:
    with pytest.raises(KeyError):
        event_times(recorded[1], "sneeze")


@given(st.lists(st.integers(0, 200).map(lambda n: n / 10), max_size=30))
def test_a_bout_begins_after_a_pause(times: Any) -> None:
    times = sorted(times)
    expected = [time for i, time in enumerate(times) if i == 0 or time - times[i - 1] > 0.7]
    assert first_of_bouts(np.array(times)).tolist() == expected


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, 5.0, np.nan]), max_size=60))
def test_running_begins_after_a_second_of_stillness(speed: Any) -> None:
    times = np.arange(len(speed)) / 8
    expected = [
        times[i]
        for i in range(8, len(speed))
        if speed[i] >= 2 and all(one < 2 for one in speed[i - 8 : i])
    ]
    assert running_onsets(times, np.array(speed)).tolist() == expected


def test_every_split_puts_each_event_into_one_group_or_none(
    recorded: tuple[str, SessionStore],
) -> None:
    kind, store = recorded
    times = np.concatenate([[-5.0], event_times(store, "image").times, [1e6]])
    for name in SPLITS:
        if name == "pupil" and kind in NO_EYES:
            continue
        split = split_events(store, name, times)
        assert split.groups.shape == times.shape
        assert set(split.groups.tolist()) - {-1} == set(range(len(split.labels)))
        assert bool(split.rule) == (name != "none")


def test_outcomes_images_and_changes_are_those_of_the_tables(
    recorded: tuple[str, SessionStore],
) -> None:
    _, store = recorded
    completed = store.trials[store.trials["change_time"].notna()]
    split = split_events(store, "outcome", completed["change_time"].to_numpy())
    assert [split.labels[group] for group in split.groups] == list(trial_outcome(completed))
    table = store.presentations
    shown = table[table["image_name"].isin(store.image_names)]
    times = shown["start_time"].to_numpy()
    split = split_events(store, "image", times)
    assert [split.labels[group] for group in split.groups] == shown["image_name"].tolist()
    split = split_events(store, "change", times)
    is_change = [split.labels[group] == "change" for group in split.groups]
    assert is_change == shown["is_change"].astype(bool).tolist()


def test_an_omission_belongs_to_the_image_before_it(recorded: tuple[str, SessionStore]) -> None:
    _, store = recorded
    omissions = event_times(store, "omission").times
    if not len(omissions):
        return
    split = split_events(store, "image", omissions)
    table = store.presentations
    shown = table[table["image_name"].isin(store.image_names)]
    for time, group in zip(omissions, split.groups, strict=True):
        before = shown[shown["start_time"] < time].iloc[-1]
        assert split.labels[group] == before["image_name"]


def test_engagement_follows_the_threshold(recorded: tuple[str, SessionStore]) -> None:
    _, store = recorded
    trials = store.trials
    times = trials["start_time"].to_numpy() + 1e-6
    rate = np.nan_to_num(store.session.get_reward_rate())
    for threshold in (0.5, 2.0, 1000.0):
        split = split_events(store, "engaged", times, Thresholds(engaged=threshold))
        engaged = [split.labels[group] == "engaged" for group in split.groups]
        assert engaged == (rate > threshold).tolist()
        assert f"{threshold:g} rewards/min" in split.rule


def test_running_is_decided_by_the_half_second_before(recorded: tuple[str, SessionStore]) -> None:
    _, store = recorded
    clock, speed = store.samples("running_speed")
    times = event_times(store, "image").times[::5]
    split = split_events(store, "running", times)
    for time, group in zip(times, split.groups, strict=True):
        before = speed[(clock >= time - 0.5) & (clock < time)]
        if not len(before):
            assert group == -1
            continue
        assert split.labels[group] == ("running" if before.mean() > 2 else "still")


def test_terciles_of_the_pupil_hold_equally_many(small_experiment: Path) -> None:
    with recordings.opened(small_experiment) as store:
        times = event_times(store, "image").times
        split = split_events(store, "pupil", times)
        counts = np.bincount(split.groups[split.groups >= 0])
        assert split.labels == ("small pupil", "middle pupil", "large pupil")
        assert counts.max() - counts.min() <= 1


def test_without_eye_tracking_the_pupil_says_so(tmp_path: Path) -> None:
    path = recordings.write("training", tmp_path)
    with recordings.opened(path) as store:
        try:
            split = split_events(store, "pupil", np.array([5.0]))
        except StreamMissing:
            return
        assert split.labels == ()


def test_all_kinds_are_explained() -> None:
    assert all(kind.rule and kind.span[0] < 0 < kind.span[1] for kind in KINDS.values())
