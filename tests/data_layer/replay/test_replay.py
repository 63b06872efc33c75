"""Blocks of a replay against the session's own tables, counted one by one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from data_layer import BehaviorOphysExperiment
from data_layer.errors import StreamDamaged
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.replay.activity import activity_frames
from data_layer.replay.behavior import PARTS, behavior_block
from data_layer.replay.outcome_times import outcome_times
from data_layer.store.session_store import SessionStore
from data_layer.values.window import Window

WINDOWS = [Window(-5, 15), Window(100, 120), Window(131.7, 151.7), Window(745, 765)]


@pytest.fixture(scope="module")
def session(small_cache: VisualBehaviorOphysProjectCache) -> Iterator[BehaviorOphysExperiment]:
    table = small_cache.get_ophys_experiment_table()
    active = table[~table["passive"].astype(bool)].index.intersection(
        list(small_cache.available("experiment"))
    )
    with small_cache.get_behavior_ophys_experiment(int(active[0])) as session:
        yield session


@pytest.fixture(scope="module")
def store(session: BehaviorOphysExperiment) -> SessionStore:
    return SessionStore(session)


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_block_has_what_was_shown_and_done(store: SessionStore, window: Window) -> None:
    block = behavior_block(store, window)
    shown = store.presentations
    seen = shown[(shown["end_time"] >= window.start) & (shown["start_time"] <= window.stop)]
    assert block["presentations"]["start"].tolist() == seen["start_time"].tolist()
    licks = store.lick_table["timestamps"]
    lately = licks[(licks >= window.start - 2) & (licks <= window.stop)]
    assert block["licks"]["time"].tolist() == lately.tolist()
    speeds = store.session.running_speed.set_index("timestamps")["speed"]
    times = block["running"]["time"]
    assert block["running"]["value"] == pytest.approx(speeds.loc[times].to_numpy(), rel=1e-6)
    inside = speeds.index[(speeds.index >= window.start) & (speeds.index <= window.stop)]
    assert set(inside) <= set(times)
    assert not block["unreadable"]


def test_the_ellipses_are_those_of_the_file(store: SessionStore) -> None:
    eye = behavior_block(store, WINDOWS[1])["eye"]
    table = store.session.eye_tracking.loc[eye["frame"]]
    assert eye["time"].tolist() == table["timestamps"].tolist()
    for i, part in enumerate(("pupil", "eye", "cr")):
        for k, key in enumerate(("center_x", "center_y", "width", "height", "phi")):
            values = table[f"{part}_{key}"].to_numpy(float)
            assert eye["ellipses"][:, 5 * i + k] == pytest.approx(values, rel=1e-6, nan_ok=True)
    assert eye["blink"].tolist() == table["likely_blink"].tolist()


@pytest.mark.parametrize("kind", ["dff", "events"])
def test_levels_are_the_activity_over_the_top(store: SessionStore, kind: str) -> None:
    frames = activity_frames(store, kind, WINDOWS[1])
    cells = store.cells["cell_roi_id"].astype(int).tolist()
    for column, cell in enumerate(cells):
        times, values = store.cell_samples(kind, cell)
        expected = values[np.searchsorted(times, frames.times)]
        levels = frames.levels[:, column].astype(float)
        assert (levels == 0).tolist() == np.isnan(expected).tolist()
        known = ~np.isnan(expected)
        shown = (levels[known] - 1) / 254 * frames.top
        assert shown == pytest.approx(np.clip(expected[known], 0, frames.top), abs=frames.top / 500)


def test_a_part_that_is_damaged_costs_that_part_only(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(self: SessionStore) -> pd.DataFrame:
        raise StreamDamaged(self.session.path, "licks", "it is broken", "Download it again")

    monkeypatch.setattr(SessionStore, "lick_table", property(damaged))
    block = behavior_block(store, WINDOWS[1])
    assert block["unreadable"] == ["licks"]
    assert block["licks"] is None
    assert all(block[name] is not None for name in PARTS if name != "licks")


def test_outcomes_are_known_when_they_happen(session: BehaviorOphysExperiment) -> None:
    trials, licks = session.trials, session.licks["timestamps"].to_numpy()
    stop = session.task_parameters["response_window_sec"][1]
    for (_, trial), known in zip(trials.iterrows(), outcome_times(trials, stop), strict=True):
        assert trial["start_time"] <= known <= trial["stop_time"]
        if trial["hit"] or trial["false_alarm"]:
            assert np.isclose(licks, known).any()
            assert known - trial["change_time"] <= stop + 0.05
        elif trial["miss"] or trial["correct_reject"]:
            assert known == pytest.approx(min(trial["change_time"] + stop, trial["stop_time"]))
        elif trial["aborted"] and len(trial["lick_times"]):
            assert known == min(trial["lick_times"][-1], trial["stop_time"])
