"""The responses of every cell of a plane to images and task events, as one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data_layer.around_events.cell_traces import cell_traces
from data_layer.around_events.image_responses import image_samples, mean_responses
from data_layer.around_events.times import IMAGE, event_times, task_span
from data_layer.derived.cell_responses.change_response import around_changes
from data_layer.derived.cell_responses.preferred_image import preferred_image
from data_layer.derived.cell_responses.selectivity import (
    correlation,
    lifetime_sparseness,
    modulation,
    on_times,
    reliability,
)
from data_layer.derived.cell_responses.significance import (
    best_group_significance,
    shifted,
    significance,
)
from data_layer.derived.cell_responses.windows import (
    BASELINE,
    OMISSION_RESPONSE,
    RESPONSE,
    Around,
    Span,
    Sums,
    around,
    inside,
    mean_response,
    running_sums,
)
from data_layer.derived.event_alignment import Alignment, align, take
from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.values.slices import Floats, Ints

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

SEED = 20_210_325
MAX_FLASHES = 100  # of each image, for the shuffles
MAX_TRIALS = 500  # of an image, for reliability
RELIABILITY_SPAN: Span = (0.0, 0.75)
WINDOWS: Mapping[str, Span] = {"omission": OMISSION_RESPONSE}
IMAGES = "image"
SHUFFLED = (IMAGES, "change", "omission")
RESPONSE_OF = "response_"


@dataclass(frozen=True)
class _Plan:
    """What all cells share: which samples belong to which task events."""

    times: Floats
    events: Mapping[str, Around]
    shuffled: Mapping[str, Around]
    images: dict[str, Around]
    image_groups: Ints
    trials: Mapping[str, Alignment]
    running: Floats | None
    pupil: Floats | None


def response_table(store: SessionStore, signal: str = "dff") -> pd.DataFrame:
    """One row per cell that has this kind of trace, in the order of the matrix.

    Responses are in the signal's unit; the baseline is subtracted from those to changes and
    omissions. See ``data_layer.derived.cell_responses``. Columns: ``cell_roi_id``,
    ``preferred_image``, ``lifetime_sparseness``, ``preferred_response``, ``p_image``,
    ``change_response``, ``p_change``, ``change_modulation`` (against the flash before),
    ``omission_response``, ``p_omission``,
    ``omission_modulation`` (against the flash before), ``reliability`` (of the preferred image's
    flashes), ``running_correlation``, ``pupil_correlation``, ``response_<image_name>``.

    Raises:
        StreamMissing: The file has no such traces.
    """
    return store.memo.get(f"responses {signal}", lambda: _table(store, signal))


def _table(store: SessionStore, signal: str) -> pd.DataFrame:
    activity = store.activity(signal)
    plan = _plan(store, activity.times)
    rows = [
        {"cell_roi_id": int(cell)} | _row(plan, trace) for cell, trace in cell_traces(store, signal)
    ]
    return pd.DataFrame(rows)


def _plan(store: SessionStore, times: Floats) -> _Plan:
    flashes = {name: event_times(store, f"{IMAGE}{name}").times for name in store.image_names}
    found = {name: event_times(store, name).times for name in ("change", "omission")}
    found[IMAGES] = np.concatenate([np.empty(0), *map(_some, flashes.values())])
    found |= {"before_change": _flash_before(store, found["change"])}
    found |= {"before_omission": event_times(store, "before_omission").times}
    span = task_span(store)
    kept = {name: inside(times, t, (BASELINE[0], _window(name)[1])) for name, t in found.items()}
    image_of = {time: i for i, t in enumerate(flashes.values()) for time in t.tolist()}
    return _Plan(
        times,
        {name: _around(times, t, name) for name, t in kept.items()}
        | {"change": around_changes(times, found["change"])},
        {name: _around(times, shifted(kept[name], span, seed=SEED), name) for name in SHUFFLED},
        image_samples(store, times),
        np.array([image_of[time] for time in kept[IMAGES].tolist()], np.int64),
        {name: align(times, _some(t, MAX_TRIALS), RELIABILITY_SPAN) for name, t in flashes.items()},
        _on_frames(store, "running_speed", times),
        _on_frames(store, "pupil_area", times),
    )


def _some(times: Floats, max_count: int = MAX_FLASHES) -> Floats:
    """At most ``max_count`` of the times, evenly spaced by index."""
    if len(times) <= max_count:
        return times
    chosen: Floats = times[np.linspace(0, len(times) - 1, max_count).astype(int)]
    return chosen


def _around(times: Floats, events: Floats, name: str) -> Around:
    return around(times, events, _window(name), None if name == IMAGES else BASELINE)


def _window(name: str) -> Span:
    return WINDOWS.get(name, RESPONSE)


def _flash_before(store: SessionStore, changes: Floats) -> Floats:
    """The start of the last flash shown before each change."""
    flashes = event_times(store, "image").times
    index = np.searchsorted(flashes, changes) - 1
    before: Floats = flashes[index[index >= 0]]
    return before


def _on_frames(store: SessionStore, signal: str, times: Floats) -> Floats | None:
    try:
        return on_times(*store.samples(signal), times)
    except (StreamMissing, StreamDamaged):
        return None


def _row(plan: _Plan, trace: Floats) -> dict[str, Any]:
    sums = running_sums(trace)
    means = mean_responses(sums, plan.images)
    found = {name: mean_response(sums, events) for name, events in plan.events.items()}
    best = preferred_image(means)
    return {
        "preferred_image": best,
        "preferred_response": np.nan if best is None else means[best],
        "p_image": best_group_significance(
            sums, plan.events[IMAGES], plan.shuffled[IMAGES], plan.image_groups
        ),
        "lifetime_sparseness": lifetime_sparseness(np.array(list(means.values()))),
        "change_response": found["change"],
        "p_change": _chance(plan, sums, "change"),
        "change_modulation": modulation(found["change"], found["before_change"]),
        "omission_response": found["omission"],
        "p_omission": _chance(plan, sums, "omission"),
        "omission_modulation": modulation(found["omission"], found["before_omission"]),
        "reliability": np.nan if best is None else reliability(take(plan.trials[best], trace)),
        "running_correlation": _with(plan.running, trace),
        "pupil_correlation": _with(plan.pupil, trace),
        **{f"{RESPONSE_OF}{name}": mean for name, mean in means.items()},
    }


def _chance(plan: _Plan, sums: Sums, name: str) -> float:
    return significance(sums, plan.events[name], plan.shuffled[name])


def _with(signal: Floats | None, trace: Floats) -> float:
    return np.nan if signal is None else correlation(signal, trace)
