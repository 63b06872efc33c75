"""Checks of traces: noise, signal, drift, bleaching, duplicates and events."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data_layer.quality.checks.check import Check, judged
from data_layer.quality.checks.thresholds import LOW_SNR
from data_layer.quality.checks.trace_statistics import EventCounts, TraceStatistics

Floats = NDArray[np.floating]
Ints = NDArray[np.integer]
HIGH_PERCENT, BASELINE_PERCENT, MOST_CELLS_PERCENT = 99.5, 10.0, 90.0


def signal_to_noise(dff: TraceStatistics) -> Floats:
    """Height of the 99.5th percentile above the median, in units of noise: (n_cells,)."""
    noise = dff.noise()
    height = dff.percentile(HIGH_PERCENT) - dff.percentile(50)
    return np.asarray(np.divide(height, noise, out=np.full(len(noise), np.nan), where=noise > 0))


def dff_checks(cell_roi_ids: Ints, dff: TraceStatistics) -> tuple[Check, ...]:
    """The checks that need only ΔF/F; ``cell_roi_ids`` (n_cells,) name the columns."""
    snr, noise = signal_to_noise(dff), dff.noise()
    missing = 1 - dff.n_known / max(dff.n_frames, 1)
    low = np.where(np.isnan(snr), np.nan, snr < LOW_SNR)
    return (
        judged(
            "missing_samples",
            100 * float(missing.mean()),
            cell_roi_id=_cell(cell_roi_ids, missing) if missing.any() else None,
        ),
        judged("noise", _median(noise), cell_roi_id=_cell(cell_roi_ids, noise)),
        judged("snr", _median(snr), cell_roi_id=_cell(cell_roi_ids, -snr)),
        judged("low_snr_cells", 100 * _mean(low), cell_roi_id=_cell(cell_roi_ids, -snr)),
        _drift(cell_roi_ids, dff),
        _duplicates(cell_roi_ids, dff),
    )


def bleaching(cell_roi_ids: Ints, corrected: TraceStatistics) -> Check:
    """Median change (%) of corrected fluorescence from the first tenth to the last."""
    parts = corrected.of_parts(50)
    with np.errstate(invalid="ignore", divide="ignore"):
        change = np.where(parts[0] > 0, 100 * (parts[-1] / parts[0] - 1), np.nan)
    return judged("bleaching", _median(change), cell_roi_id=_cell(cell_roi_ids, np.abs(change)))


def event_checks(cell_roi_ids: Ints, events: EventCounts, seconds: float) -> tuple[Check, ...]:
    """The checks of event rate and size; ``seconds`` is the duration of the recording."""
    total, rates = int(events.counts.sum()), events.counts / (seconds / 60)
    small = 100 * float(events.small.sum()) / total if total else None
    share = events.small / np.maximum(events.counts, 1)
    return (
        judged("event_rate", _median(rates), cell_roi_id=_cell(cell_roi_ids, -rates)),
        judged("small_events", small, cell_roi_id=_cell(cell_roi_ids, share) if total else None),
    )


def responsive(change_response: Floats, dff: TraceStatistics, n_changes: int) -> NDArray[np.bool_]:
    """Whether the mean change response of each cell exceeds three standard errors: (n_cells,).

    The response is a difference of two half-second means over ``n_changes`` changes. Its standard
    error is computed from the variance of the cell's half-second means over the session.
    """
    bins = dff.bins()
    known = np.where(np.isnan(bins), 0.0, bins)
    n = (~np.isnan(bins)).sum(axis=0).clip(1)
    mean = known.sum(axis=0) / n
    variance = (np.where(np.isnan(bins), 0.0, bins - mean) ** 2).sum(axis=0) / n
    error = np.sqrt(2 * variance / max(n_changes, 1))
    answer: NDArray[np.bool_] = change_response > 3 * error
    return answer


def _drift(cell_roi_ids: Ints, dff: TraceStatistics) -> Check:
    parts = dff.of_parts(BASELINE_PERCENT)
    drift = np.fmax.reduce(parts) - np.fmin.reduce(parts)
    most = float(np.nanpercentile(drift, MOST_CELLS_PERCENT)) if _some(drift) else None
    return judged("baseline_drift", most, cell_roi_id=_cell(cell_roi_ids, drift))


def _duplicates(cell_roi_ids: Ints, dff: TraceStatistics) -> Check:
    correlation = dff.correlation()
    if len(correlation) < 2:
        return judged("duplicate_traces", None, note="A single cell has no double.")
    first, second = np.unravel_index(int(np.argmax(correlation)), correlation.shape)
    note = f"cell_roi_id {cell_roi_ids[first]} and {cell_roi_ids[second]}."
    value = float(correlation[first, second])
    return judged("duplicate_traces", value, cell_roi_id=int(cell_roi_ids[first]), note=note)


def _some(values: Floats) -> bool:
    return bool(np.isfinite(values).any())


def _median(values: Floats) -> float | None:
    return float(np.nanmedian(values)) if _some(values) else None


def _mean(values: Floats) -> float:
    return float(np.nanmean(values)) if _some(values) else float("nan")


def _cell(cell_roi_ids: Ints, badness: Floats) -> int | None:
    """The cell_roi_id with the largest badness; None if all are NaN."""
    return int(cell_roi_ids[int(np.nanargmax(badness))]) if _some(badness) else None
