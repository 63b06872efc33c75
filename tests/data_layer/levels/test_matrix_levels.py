"""Every level of a trace matrix against a plain computation from its frames."""

from __future__ import annotations

import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_layer.levels.matrix_levels import BLOCK_FRAMES, build_levels
from data_layer.store.activity import Activity
from data_layer.values.window import Window


def recording(n_frames: int, n_cells: int, seed: int, gap: bool) -> SimpleNamespace:
    """A trace matrix in memory: frames with jitter, NaN, and perhaps a long pause."""
    rng = np.random.default_rng(seed)
    times = 5 + np.cumsum(rng.uniform(0.09, 0.11, n_frames))
    if gap:
        times[n_frames // 2 :] += 7.5
    frames = rng.normal(size=(n_frames, n_cells))
    frames[rng.random(frames.shape) < 0.05] = np.nan
    return SimpleNamespace(
        timestamps=times,
        shape=frames.shape,
        unit="a.u.",
        frames=frames,
        fetch=lambda: None,
        cell_roi_ids=np.arange(n_cells) + 100,
        read=lambda start, stop: frames[start:stop],
    )


def plainly(frames: np.ndarray, statistic: str) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return (np.nanmean if statistic == "mean" else np.nanmax)(frames, axis=0)


@settings(deadline=None)
@given(st.integers(1, BLOCK_FRAMES + 999), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_every_bin_of_every_level_is_the_true_mean_and_maximum(
    n_frames: int, n_cells: int, seed: int
) -> None:
    matrix = recording(n_frames, n_cells, seed, gap=False)
    levels = build_levels(n_frames, n_cells, matrix.read)
    for size in levels.offsets:
        n_bins = -(-n_frames // size)
        for i in {0, n_bins // 3, n_bins - 1}:
            frames = matrix.frames[i * size : (i + 1) * size]
            for statistic in ("mean", "max"):
                got = levels.read(statistic, size, i, i + 1)[0]
                want = plainly(frames, statistic)
                np.testing.assert_allclose(got, want, rtol=1e-5, atol=1e-6)


@settings(deadline=None)
@given(
    n_frames=st.integers(2, 9000),
    seed=st.integers(0, 2**32 - 1),
    gap=st.booleans(),
    pixels=st.integers(5, 200),
    begin=st.floats(0, 1),
    part=st.floats(0.001, 1),
    name=st.sampled_from(["dff", "events"]),
)
def test_any_window_equals_a_plain_computation(
    *, n_frames: int, seed: int, gap: bool, pixels: int, begin: float, part: float, name: str
) -> None:
    """Each column shows, of the bin of frames under its middle, the mean or the maximum."""
    matrix = recording(n_frames, 2, seed, gap)
    times, frames = matrix.timestamps, matrix.frames
    length = times[-1] - times[0] + 2
    start = times[0] - 1 + begin * length
    window = Window(start, start + max(part * length, 0.2), pixels)
    activity = Activity(name, matrix)
    answer = activity.heatmap(window, np.array([101, 100]))
    assert answer.values.shape[1] <= max(pixels, 1) + 1
    size = answer.bin_size
    n_bins = -(-n_frames // size)
    for column in range(answer.values.shape[1]):
        middle = (answer.edges[column] + answer.edges[column + 1]) / 2
        frame = int(np.abs(times - middle).argmin())
        shown, away = answer.values[:, column], abs(times[frame] - middle)
        # Half a pixel decides between two neighbours where jitter moves a frame across an edge.
        near = {min(max(frame // size + by, 0), n_bins - 1) for by in (-1, 0, 1)}
        bins = [plainly(frames[i * size : (i + 1) * size, ::-1], activity.statistic) for i in near]
        same = [np.allclose(shown, b, rtol=1e-4, atol=1e-5, equal_nan=True) for b in bins]
        assert any(same) or (np.isnan(shown).all() and away > activity.frame_period)


def test_a_gap_in_the_recording_stays_a_gap() -> None:
    matrix = recording(400, 3, seed=1, gap=True)
    times = matrix.timestamps
    pause = times[199], times[200]
    window = Window(times[0], times[-1], 300)
    answer = Activity("dff", matrix).heatmap(window, matrix.cell_roi_ids)
    centres = (answer.edges[1:] + answer.edges[:-1]) / 2
    inside = (centres > pause[0] + 0.5) & (centres < pause[1] - 0.5)
    assert inside.sum() > 20
    assert np.isnan(answer.values[:, inside]).all()
    before = (centres > times[0]) & (centres < pause[0])
    assert not np.isnan(answer.values[:, before]).all(axis=0).any()


def test_a_lone_event_is_seen_at_every_zoom() -> None:
    matrix = recording(8000, 2, seed=3, gap=False)
    matrix.frames[:] = 0
    matrix.frames[4321, 1] = 2.5
    whole = Window(matrix.timestamps[0], matrix.timestamps[-1], 50)
    answer = Activity("events", matrix).heatmap(whole, matrix.cell_roi_ids)
    assert answer.values[1].max() == pytest.approx(2.5)
    assert answer.bin_size > 100
