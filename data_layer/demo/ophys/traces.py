"""Simulates the traces of one cell from its expected events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.signal import lfilter

from data_layer.demo.ophys.cells import Cell

Floats = NDArray[np.float64]

_RISE, _DECAY = 0.05, 0.55  # s, GCaMP6f
_NOISE_RATE = 31.0  # Hz, the frame rate for which a cell's noise is given
_DETECTABLE = 2.0  # minimum size of a detected event, in noise standard deviations


@dataclass(frozen=True)
class CellTraces:
    """Traces (n_frames,) of one cell and their parameters."""

    dff: Floats
    events: Floats
    corrected: Floats
    demixed: Floats
    neuropil: Floats
    r: float
    rmse: float
    noise_std: float
    penalty: float


def neuropil_tide(times: Floats, arousal: Floats, rng: np.random.Generator) -> Floats:
    """Slow neuropil changes shared by the whole field (n_frames,), a few percent."""
    rate = 1 / float(np.mean(np.diff(times)))
    drift = gaussian_filter1d(rng.normal(size=len(times)), 20 * rate) * np.sqrt(20 * rate) * 1.9
    ripple = gaussian_filter1d(rng.normal(size=len(times)), 0.3 * rate)
    return np.asarray(0.02 * drift + 0.05 * gaussian_filter1d(arousal, rate) + 0.04 * ripple)


def cell_traces(
    cell: Cell,
    expected: Floats,
    times: Floats,
    rng: np.random.Generator,
    *,
    tide: Floats,
    artefact: Floats,
) -> CellTraces:
    """Draw the events of one cell and simulate its fluorescence.

    ``expected`` (n_frames,) are its expected numbers of events per frame, ``tide`` (n_frames,) the
    shared neuropil, and ``artefact`` (n_frames,) is added to dF/F.
    """
    period = float(np.mean(np.diff(times)))
    n_events = rng.poisson(expected)
    sizes = np.where(n_events, n_events * cell.amplitude * rng.gamma(6, 1 / 6, len(times)), 0.0)
    # A frame of a slower microscope averages more photons.
    noise = cell.noise * np.sqrt(1 / (period * _NOISE_RATE)) ** 0.5
    dff = _calcium(sizes, period) + artefact + rng.normal(0, noise, len(times))
    return _fluorescence(cell, dff, _detected(sizes, noise), rng, noise=noise, tide=tide)


def _calcium(sizes: Floats, period: float) -> Floats:
    """Calcium transients of events, with peaks of the events' sizes."""
    fall, rise = np.exp(-period / _DECAY), np.exp(-period / _RISE)
    pulse = np.zeros(64)
    pulse[0] = 1
    shape = [1.0], [1.0, -(fall + rise), fall * rise]
    return np.asarray(lfilter(*shape, sizes) / lfilter(*shape, pulse).max())


def _detected(sizes: Floats, noise: float) -> Floats:
    return np.where(sizes > _DETECTABLE * noise, sizes, 0.0)


def _fluorescence(
    cell: Cell, dff: Floats, events: Floats, rng: np.random.Generator, *, noise: float, tide: Floats
) -> CellTraces:
    brightness = rng.lognormal(np.log(450), 0.4)
    surround = rng.lognormal(np.log(260), 0.25)
    bleaching = np.exp(-np.linspace(0, rng.uniform(0.0, 0.12), len(dff)))
    own = gaussian_filter1d(rng.normal(size=len(dff)), 4) * 0.03
    neuropil = surround * bleaching * (1 + tide + own)
    r = float(rng.uniform(0.45, 0.95))
    corrected = brightness * bleaching * (1 + dff)
    return CellTraces(
        dff=dff,
        events=events,
        corrected=corrected,
        demixed=corrected + r * neuropil,
        neuropil=neuropil,
        r=r,
        rmse=float(brightness * noise * rng.uniform(0.6, 0.9)),
        noise_std=float(noise * rng.uniform(0.9, 1.1)),
        penalty=float(noise * rng.uniform(0.8, 2.5)),
    )
