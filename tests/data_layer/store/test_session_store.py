"""What a store answers against what the session's own attributes say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, BehaviorSession
from data_layer.derived.trial_type import trial_outcome
from data_layer.store.cell_order import ORDERS, cell_order, change_response
from data_layer.store.moment import behavior_at, cell_value
from data_layer.store.session_store import SessionStore
from data_layer.store.spans import STROKE
from data_layer.values.window import Window
from tests.support.nwb_files import as_first_release, write_behavior, write_experiment


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionStore]:
    path = write_experiment(tmp_path_factory.mktemp("store"), n_cells=5, n_invalid=1)
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        yield SessionStore(session)


@pytest.fixture
def whole(store: SessionStore) -> Window:
    return Window(*store.bounds, pixels=400)


def test_a_signal_in_a_narrow_window_is_every_sample(store: SessionStore) -> None:
    table = store.session.running_speed
    start, stop = table["timestamps"].iloc[[1000, 1100]]
    answer = store.signal("running_speed", Window(start, stop, 1000))
    np.testing.assert_array_equal(answer.times, table["timestamps"].to_numpy()[999:1102])
    np.testing.assert_array_equal(answer.values, table["speed"].to_numpy()[999:1102])
    assert (answer.unit, answer.bin_size) == ("cm/s", 1)


def test_a_wide_window_keeps_the_session_extremes(store: SessionStore, whole: Window) -> None:
    answer = store.signal("pupil_area", whole)
    area = store.session.eye_tracking["pupil_area"]
    assert np.nanmax(answer.values) == area.max()
    assert np.nanmin(answer.values) == area.min()
    assert np.isnan(answer.values).any() == area.isna().any()


@pytest.mark.parametrize("name", ["dff", "events", "filtered_events", "corrected_fluorescence"])
def test_close_by_a_heatmap_is_every_frame(store: SessionStore, name: str) -> None:
    activity = store.activity(name)
    cells = activity.matrix.cell_roi_ids[::-1]
    start, stop = activity.times[100], activity.times[300]
    answer = store.heatmap(name, Window(start, stop, 1000), list(cells))
    assert answer.bin_size == 1
    for row, cell in enumerate(cells):
        trace = activity.matrix.column(int(cell))[100:300].astype(np.float32)
        assert len(np.intersect1d(answer.values[row], trace)) == len(np.unique(trace))


def test_outside_the_imaging_the_heatmap_is_empty(store: SessionStore) -> None:
    last = store.session.ophys_timestamps[-1]
    cells = list(store.activity("dff").matrix.cell_roi_ids)
    answer = store.heatmap("dff", Window(last + 5, last + 10, 50), cells)
    assert np.isnan(answer.values).all()


def test_flashes_are_each_presentation_close_by_and_runs_from_afar(
    store: SessionStore, whole: Window
) -> None:
    shown = store.presentations
    start = float(shown["start_time"].iloc[10])
    near = store.flashes(Window(start, start + 10, 1000))
    assert near.level == "each"
    seen = shown[(shown["end_time"] >= start) & (shown["start_time"] <= start + 10)]
    np.testing.assert_array_equal(near.starts, seen["start_time"])
    far = store.flashes(Window(*store.bounds, pixels=100))
    assert far.level == "merged"
    images = shown[shown["image_name"].isin(store.image_names)]
    changes = (images["image_name"] != images["image_name"].shift()).sum()
    assert np.isin(far.labels, store.image_names).sum() == changes


def test_trials_carry_their_outcome(store: SessionStore, whole: Window) -> None:
    spans = store.trial_spans(whole)
    assert list(spans.labels) == list(trial_outcome(store.trials))


def test_licks_that_share_a_pixel_are_counted_not_lost(store: SessionStore) -> None:
    licks = store.session.licks["timestamps"].to_numpy()
    answer = store.licks(Window(*store.bounds, pixels=20))
    assert answer.n_total == len(licks)
    assert len(answer.times) < len(licks)
    pixels = Window(*store.bounds, pixels=20)
    columns = {int((t - pixels.start) / (STROKE * pixels.seconds_per_pixel)) for t in licks}
    assert len(answer.times) == len(columns)


def test_outlines_enclose_their_masks(store: SessionStore) -> None:
    for outline in store.outlines:
        mask = store.session.roi_mask(outline.cell_roi_id)
        y, x = np.nonzero(mask)
        assert np.nanmin(outline.x) == x.min() - 0.5
        assert np.nanmax(outline.x) == x.max() + 0.5
        assert np.nanmin(outline.y) == y.min() - 0.5
        assert np.nanmax(outline.y) == y.max() + 0.5
        assert outline.centre == pytest.approx((x.mean(), y.mean()))


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_holds_every_cell_once(store: SessionStore, order: Any) -> None:
    cells = [int(cell) for cell in store.activity("dff").matrix.cell_roi_ids]
    assert sorted(cell_order(store, order)) == sorted(cells)


def test_the_change_response_is_after_minus_before(store: SessionStore) -> None:
    times, shown = store.session.ophys_timestamps, store.presentations
    changes = shown.loc[shown["is_change"], "start_time"]
    cell = int(store.activity("dff").matrix.cell_roi_ids[0])
    trace = store.activity("dff").matrix.column(cell)
    steps = [
        trace[(times >= t) & (times < t + 0.5)].mean()
        - trace[(times >= t - 0.5) & (times < t)].mean()
        for t in changes
    ]
    assert change_response(store)[0] == pytest.approx(np.mean(steps))


def test_a_moment_is_what_the_tables_say(store: SessionStore) -> None:
    trial = store.trials.iloc[3]
    t = float(trial["start_time"] + trial["stop_time"]) / 2
    moment = behavior_at(store, t)
    assert moment["trial"] == {"trials_id": 3, "outcome": trial_outcome(store.trials)[3]}
    speed = store.session.running_speed
    nearest = (speed["timestamps"] - t).abs().argmin()
    assert moment["running_speed"] == speed["speed"].iloc[nearest]
    eye = store.session.eye_tracking
    frame = (eye["timestamps"] - t).abs().argmin()
    assert moment["eye"]["frame"] == eye.index[frame]
    cell = int(store.activity("dff").matrix.cell_roi_ids[1])
    trace, times = store.activity("dff").matrix.column(cell), store.session.ophys_timestamps
    assert cell_value(store, "dff", cell, t) == trace[np.abs(times - t).argmin()]


def test_before_the_session_there_is_nothing(store: SessionStore) -> None:
    moment = behavior_at(store, store.bounds[0] - 100)
    assert {moment[name] for name in ("image", "trial", "running_speed", "eye")} == {None}


def test_the_first_release_answers_too(tmp_path: Path) -> None:
    path = as_first_release(write_experiment(tmp_path))
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        store = SessionStore(session)
        whole = Window(*store.bounds)
        assert len(store.flashes(whole).starts)
        assert list(store.blocks().labels) == ["task"]
        assert len(store.heatmap("dff", whole, list(store.cells["cell_roi_id"])).values)


def test_without_eye_tracking_there_are_no_blinks(tmp_path: Path) -> None:
    with BehaviorSession.from_nwb_path(write_behavior(tmp_path)) as session:
        store = SessionStore(session)
        assert not store.has_cells
        assert not len(store.blinks(Window(*store.bounds)).starts)


def test_of_spans_that_share_a_pixel_and_a_label_the_longest_is_drawn(store: SessionStore) -> None:
    few = Window(*store.bounds, pixels=15)
    drawn, every = store.trial_spans(few), store.trial_spans(Window(*store.bounds, pixels=10_000))
    width = STROKE * few.seconds_per_pixel
    pixel = ((every.starts - few.start) // width).astype(int)
    expected = {
        (p, label): max(
            stop - start
            for start, stop, at, of in zip(
                every.starts, every.stops, pixel, every.labels, strict=True
            )
            if (at, of) == (p, label)
        )
        for p, label in zip(pixel, every.labels, strict=True)
    }
    assert len(every.starts) > len(drawn.starts) == len(expected)
    for start, stop, label in zip(drawn.starts, drawn.stops, drawn.labels, strict=True):
        p = int((start - few.start) // width)
        assert stop - start == pytest.approx(expected[p, label])
