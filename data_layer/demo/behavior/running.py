"""Simulates running on the wheel, with pauses for rewards, and the encoder that measures it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, filtfilt, lfilter

Floats = NDArray[np.float64]

_RADIUS = 6.5 * 2.54 / 2 * 2 / 3  # cm from the axle to the mouse
_FULL_TURN = 4.884  # V
_RESOLUTION = 0.00129  # V
_CUT_OFF = 4.0  # Hz


@dataclass(frozen=True)
class Running:
    """The signals of the wheel's encoder, one value per monitor frame.

    ``speed`` and ``speed_unfiltered`` in cm/s, ``dx`` in degrees, ``v_sig`` and ``v_in`` in V.
    """

    speed: Floats
    speed_unfiltered: Floats
    dx: NDArray[np.float32]
    v_sig: Floats
    v_in: Floats


def simulate_running(
    times: Floats,
    reward_times: Floats,
    rng: np.random.Generator,
    jumps: tuple[float, float] | None = None,
) -> Running:
    """Simulate running at ``times`` (s); between ``jumps`` (start, stop) the encoder jumps."""
    speed = _intended_speed(times, reward_times, rng)
    turned = np.cumsum(speed * np.gradient(times)) / _RADIUS  # rad
    volts = turned / (2 * np.pi) * _FULL_TURN + rng.uniform(0, _FULL_TURN)
    if jumps is not None:
        volts = volts + _encoder_jumps(times, jumps, rng)
    v_sig = np.round(np.mod(volts, _FULL_TURN) / _RESOLUTION) * _RESOLUTION
    v_in = _FULL_TURN - _RESOLUTION * rng.integers(-1, 2, len(times)).clip(0)
    return _measure(v_sig, v_in, times)


def low_pass(speed: Floats, times: Floats) -> Floats:
    """The release's filter: third-order Butterworth, forwards and backwards; NaN counts as zero."""
    rate = 1 / float(np.mean(np.diff(times)))
    b, a = butter(3, _CUT_OFF, fs=rate, btype="lowpass")
    return np.asarray(filtfilt(b, a, np.nan_to_num(speed)))


def _measure(v_sig: Floats, v_in: Floats, times: Floats) -> Running:
    step = np.diff(v_sig, prepend=np.nan)
    wrapped = np.abs(step) > _FULL_TURN / 2
    step = step - np.round(step / _FULL_TURN) * _FULL_TURN
    angle = step / _FULL_TURN * 2 * np.pi
    raw = angle * _RADIUS / np.diff(times, prepend=np.nan)
    raw[wrapped & (np.abs(step) > 1.0)] = np.nan
    dx = np.degrees(np.nan_to_num(angle)).astype(np.float32)
    return Running(low_pass(raw, times), raw, dx, v_sig, v_in)


def _intended_speed(times: Floats, reward_times: Floats, rng: np.random.Generator) -> Floats:
    """Speed in cm/s: bouts of running at varying speed, interrupted by rewards."""
    rate = 1 / float(np.mean(np.diff(times)))
    moving = _bouts(times, rng)
    pace = 28 + 12 * _slow_noise(len(times), 20 * rate, rng)
    drive = moving * np.clip(pace, 4, None) * _pause_for(times, reward_times)
    smooth = lfilter([1 / (0.25 * rate)], [1, 1 / (0.25 * rate) - 1], drive)
    stride = 1 + 0.12 * np.sin(2 * np.pi * np.cumsum(0.02 * np.sqrt(smooth.clip(0))))
    fidget = 0.25 * _slow_noise(len(times), 0.05 * rate, rng)
    return np.asarray(smooth * stride + fidget)


def _bouts(times: Floats, rng: np.random.Generator) -> Floats:
    moving = np.zeros(len(times))
    at = times[0] + rng.exponential(5)
    while at < times[-1]:
        until = at + rng.gamma(3, 14)
        moving[np.searchsorted(times, at) : np.searchsorted(times, until)] = 1
        at = until + rng.gamma(1.5, 6)
    return moving


def _pause_for(times: Floats, reward_times: Floats) -> Floats:
    """A factor of the speed: 1, but nearly 0 for some seconds around each reward."""
    pause = np.ones(len(times))
    for reward in reward_times:
        part = slice(*np.searchsorted(times, [reward - 0.3, reward + 5.0]))
        since = times[part] - reward
        slowing = 1 / (1 + np.exp(-(since + 0.05) / 0.08))
        resuming = 1 / (1 + np.exp(-(since - 2.6) / 0.35))
        pause[part] = np.minimum(pause[part], 1 - 0.95 * slowing * (1 - resuming))
    return pause


def _slow_noise(n: int, span: float, rng: np.random.Generator) -> Floats:
    """Noise of unit variance with a correlation length of ``span`` samples."""
    keep = np.exp(-1 / span)
    noise = lfilter([np.sqrt(1 - keep**2)], [1, -keep], rng.normal(size=n))
    return np.asarray(noise)


def _encoder_jumps(times: Floats, span: tuple[float, float], rng: np.random.Generator) -> Floats:
    jumps = np.zeros(len(times))
    inside = np.flatnonzero((times >= span[0]) & (times < span[1]))
    hit = rng.choice(inside, size=max(len(inside) // 45, 1), replace=False)
    jumps[hit] = rng.choice([-1, 1], len(hit)) * rng.uniform(0.25, 0.8, len(hit))
    return jumps
