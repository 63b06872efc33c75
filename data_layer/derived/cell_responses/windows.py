"""The mean of a trace in windows around task events.

A response is the mean of the frames whose times are in the response window: 0 to 0.5 s after the
task event, 0 to 0.75 s after an omission. For changes and omissions the mean of the 0.5 s before
the event is subtracted. The windows are the defaults of
``response_analysis/response_processing.py`` in visual_behavior_analysis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Span = tuple[float, float]

BASELINE: Span = (-0.5, 0.0)
RESPONSE: Span = (0.0, 0.5)
OMISSION_RESPONSE: Span = (0.0, 0.75)

Ranges = tuple[NDArray[np.integer], NDArray[np.integer]]
"""First and one-past-last index of the samples of each span."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Running sums of one trace, so that the mean over any span needs only two look-ups.

    ``counts`` are the running counts of samples that are not NaN; None if no sample is NaN.
    """

    sums: Floats
    counts: NDArray[np.int64] | None

    def over(self, ranges: Ranges) -> Floats:
        """The mean of the samples in each of ``ranges`` (any shape); NaN where there are none."""
        first, last = ranges
        counts = last - first if self.counts is None else self.counts[last] - self.counts[first]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: Floats = (self.sums[last] - self.sums[first]) / counts
        return mean


@dataclass(frozen=True, slots=True)
class Around:
    """The samples of the response to each task event, and of the baseline if one is subtracted."""

    response: Ranges
    baseline: Ranges | None


def running_sums(values: Floats) -> Sums:
    """The running sums of one trace (n,)."""
    values = np.asarray(values, np.float64)
    known = ~np.isnan(values)
    if known.all():
        return Sums(np.concatenate([[0.0], np.cumsum(values)]), None)
    counts = np.concatenate([[0], np.cumsum(known)])
    return Sums(np.concatenate([[0.0], np.cumsum(np.where(known, values, 0.0))]), counts)


def sample_ranges(times: Floats, events: Floats, span: Span) -> Ranges:
    """The samples in ``[event + start, event + stop)``; ``events`` (s) may have any shape.

    ``times`` (n,) are the times of the samples in seconds, ascending.
    """
    return np.searchsorted(times, events + span[0]), np.searchsorted(times, events + span[1])


def around(
    times: Floats, events: Floats, response: Span = RESPONSE, baseline: Span | None = BASELINE
) -> Around:
    """The samples of response and baseline, which all traces with the same ``times`` share."""
    before = None if baseline is None else sample_ranges(times, events, baseline)
    return Around(sample_ranges(times, events, response), before)


def inside(times: Floats, events: Floats, span: Span) -> Floats:
    """The task events whose ``span`` is inside the recording."""
    if not len(times):
        return events[:0]
    kept = (events + span[0] >= times[0]) & (events + span[1] <= times[-1])
    result: Floats = events[kept]
    return result


def responses(sums: Sums, events: Around) -> Floats:
    """The response to each task event, minus its baseline if there is one."""
    answer = sums.over(events.response)
    return answer if events.baseline is None else answer - sums.over(events.baseline)


def mean_response(sums: Sums, events: Around) -> float:
    """The mean response; NaN if there is none."""
    found = responses(sums, events)
    return float(np.nanmean(found)) if np.isfinite(found).any() else np.nan
