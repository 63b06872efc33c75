"""Simulates ellipses of eye, pupil and corneal reflection, with blinks and failed fits."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from data_layer.derived.blinks import likely_blinks, without_blinks

Floats = NDArray[np.float64]

VIDEO_RATE = 30.2  # Hz

_CENTRE = np.array([318.0, 236.0])
_PUPIL_OFFSET, _REFLECTION_OFFSET = np.array([2.0, 3.0]), np.array([9.0, -12.0])
_EYE_AXES, _REFLECTION_AXES = (152.0, 118.0), (11.0, 9.6)
_PUPIL_RADIUS = 38.0


def simulate_eye(
    times: Floats, speed: Floats, reward_times: Floats, rng: np.random.Generator
) -> pd.DataFrame:
    """Ellipses at the frames of the video over the span of ``times`` (s); ``speed`` is in cm/s.

    Columns have AllenSDK's names; areas are in px², centres and semi-axes in px, angles in rad. As
    in released files, areas, widths, heights and angles of eye and pupil are NaN around blinks.
    """
    video = _video_times(times, rng)
    arousal = _arousal(times, speed, reward_times, video, rng)
    lid, failed = _blinks(len(video), rng)
    gaze = _gaze(len(video), rng)
    still = rng.normal(0, 0.3, gaze.shape)
    eye = _named("eye", _eye(lid, rng), _CENTRE + still)
    pupil = _named("pupil", _pupil(arousal, lid, rng), _CENTRE + _PUPIL_OFFSET + gaze)
    long_axis = np.maximum(pupil["pupil_width"], pupil["pupil_height"])
    pupil["pupil_area_raw"] = np.pi * long_axis**2  # the pupil counts as a circle
    reflection = _named("cr", _reflection(lid, rng), _CENTRE + _REFLECTION_OFFSET + 0.25 * gaze)
    table = pd.DataFrame({"timestamps": video, **eye, **pupil, **reflection})
    table.loc[failed, table.columns != "timestamps"] = np.nan
    return _mask_blinks(table)


def _video_times(times: Floats, rng: np.random.Generator) -> Floats:
    first = times[0] - (times[0] > 1) * 6.0  # the camera starts before the monitor
    n = int((times[-1] + 0.5 - first) * VIDEO_RATE)
    return np.asarray(first + 0.4 + np.arange(n) / VIDEO_RATE + rng.normal(0, 2e-4, n))


def _arousal(
    times: Floats, speed: Floats, rewards: Floats, video: Floats, rng: np.random.Generator
) -> Floats:
    """Arousal at each video frame: about 0 at rest, about 1 when running; rewards increase it."""
    running = np.interp(video, times, speed.clip(0)) / 40
    reward = np.zeros(len(video))
    np.add.at(reward, np.searchsorted(video, rewards).clip(0, len(video) - 1), 1.0)
    drive = running + gaussian_filter1d(reward, 0.8 * VIDEO_RATE) * 25
    slow = gaussian_filter1d(rng.normal(size=len(video)), 8 * VIDEO_RATE) * 3.5
    return np.asarray(gaussian_filter1d(drive, 1.3 * VIDEO_RATE) + slow)


def _blinks(n: int, rng: np.random.Generator) -> tuple[Floats, NDArray[np.bool_]]:
    """Closure of the lid in each frame (0 open, 1 closed), and whether the fit failed."""
    lid, failed = np.zeros(n), np.zeros(n, dtype=bool)
    n_blinks = rng.poisson(n / VIDEO_RATE / 60 * 5)
    for start in rng.integers(0, max(n - 12, 1), n_blinks):
        length = int(rng.integers(4, 11))
        shape = np.sin(np.linspace(0, np.pi, length)) * rng.uniform(0.6, 1.0)
        part = slice(start, start + length)
        lid[part] = np.maximum(lid[part], shape[: len(lid[part])])
    failed |= lid > 0.75
    failed |= rng.random(n) < 4e-4
    failed[[0, -1]] = True
    return lid, failed


def _gaze(n: int, rng: np.random.Generator) -> Floats:
    """Position of the pupil in px from the middle: fixations with occasional saccades."""
    jumps = rng.random(n) < 0.25 / VIDEO_RATE
    steps = np.where(jumps[:, None], rng.normal(0, [9, 3], (n, 2)), 0)
    position = np.zeros((n, 2))
    for i in range(1, n):
        position[i] = position[i - 1] * 0.985 + steps[i]
    return position + gaussian_filter1d(rng.normal(0, [1.5, 0.8], (n, 2)), 3, axis=0)


def _eye(lid: Floats, rng: np.random.Generator) -> Floats:
    n = len(lid)
    height = _EYE_AXES[1] * (1 - 0.6 * lid) + rng.normal(0, 0.5, n)
    width = _EYE_AXES[0] * (1 - 0.08 * lid) + rng.normal(0, 0.5, n)
    return np.column_stack([width, height, 0.05 + rng.normal(0, 0.01, n)])


def _pupil(arousal: Floats, lid: Floats, rng: np.random.Generator) -> Floats:
    radius = np.clip(_PUPIL_RADIUS + 13 * arousal + rng.normal(0, 0.35, len(lid)), 9, 80)
    hidden = np.where(lid > 0.3, 1 + rng.normal(0.25, 0.5, len(lid)).clip(-0.6) * lid, 1)
    width = radius * hidden
    height = radius * (0.95 + rng.normal(0, 0.008, len(lid))) * (1 - 0.4 * lid)
    return np.column_stack([width, height, rng.normal(0, 0.15, len(lid))])


def _reflection(lid: Floats, rng: np.random.Generator) -> Floats:
    axes = np.asarray(_REFLECTION_AXES) + rng.normal(0, 0.18, (len(lid), 2))
    return np.column_stack([axes * (1 - 0.3 * lid[:, None]), rng.normal(0, 0.2, len(lid))])


def _named(part: str, shape: Floats, centre: Floats) -> dict[str, Floats]:
    width, height, phi = shape.T
    return {
        f"{part}_area_raw": np.pi * width * height,
        f"{part}_center_x": centre[:, 0],
        f"{part}_center_y": centre[:, 1],
        f"{part}_width": width,
        f"{part}_height": height,
        f"{part}_phi": phi,
    }


def _mask_blinks(table: pd.DataFrame) -> pd.DataFrame:
    blinks = likely_blinks(table["eye_area_raw"].to_numpy(), table["pupil_area_raw"].to_numpy())
    areas = {f"{part}_area": table[f"{part}_area_raw"] for part in ("eye", "pupil", "cr")}
    return without_blinks(table.assign(likely_blink=blinks, **areas))
