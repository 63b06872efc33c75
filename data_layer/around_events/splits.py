"""Groups task events by outcome, image, engagement, running, pupil, block or novelty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from data_layer.derived.cell_responses.windows import running_sums, sample_ranges
from data_layer.derived.reward_rate import ENGAGED_REWARD_RATE
from data_layer.derived.trial_type import OUTCOMES, trial_outcome
from data_layer.store.moment import trial_at
from data_layer.store.presentations import OMITTED
from data_layer.values.slices import UNNAMED, Floats, Ints, SplitSlice

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

RUNNING = 2.0  # cm/s
BEFORE = (-0.5, 0.0)  # s from the event; speed and pupil are averaged over it
WITHIN_FLASH = 1e-3  # s
SPLITS = {
    "none": "nothing",
    "outcome": "outcome of the trial",
    "image": "image",
    "change": "change or repeat",
    "engaged": "engaged or not",
    "running": "running or still",
    "pupil": "pupil size",
    "block": "block of the session",
    "novelty": "novelty of the image",
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds of the splits: rewards per minute and cm/s."""

    engaged: float = ENGAGED_REWARD_RATE
    running: float = RUNNING


def split_events(
    store: SessionStore, name: str, times: Floats, thresholds: Thresholds | None = None
) -> SplitSlice:
    """The group of each task event.

    Args:
        store: the session's store.
        name: a key of ``SPLITS``.
        times: (n_events,) s, of task events, with or without the display delay.
        thresholds: the thresholds for engagement and running.

    Returns:
        The groups that have at least one event. The group of an event is -1 where it is unknown
        (outside the trials, no eye tracking at that time).

    Raises:
        KeyError: There is no such split.
        StreamMissing: The file lacks the stream that decides the group.
    """
    labels, groups, rule = _DECIDERS[name](
        store, np.asarray(times, np.float64), thresholds or Thresholds()
    )
    used = [group for group in range(len(labels)) if (groups == group).any()]
    new_group = np.full(len(labels) + 1, -1)
    new_group[used] = np.arange(len(used))
    return SplitSlice(name, tuple(labels[group] for group in used), new_group[groups], rule)


Decided = tuple[Sequence[str], Ints, str]


def _none(store: SessionStore, times: Floats, thresholds: Thresholds) -> Decided:
    return ["all"], np.zeros(len(times), np.int64), ""


def _presentation_of(store: SessionStore, times: Floats) -> Ints:
    """Index of the latest presentation at each time; -1 before the first one."""
    return np.searchsorted(store.presentation_spans.starts, times + WITHIN_FLASH, side="right") - 1


def _outcome(store: SessionStore, times: Floats, thresholds: Thresholds) -> Decided:
    rule = "outcome of the trial in which the event lies"
    trial = trial_at(store, times)
    outcomes = trial_outcome(store.trials)
    code = {outcome: i for i, outcome in enumerate(OUTCOMES)}
    codes = np.array([*(code.get(outcome, -1) for outcome in outcomes), -1], np.int64)
    return OUTCOMES, codes[trial], rule


def _image(store: SessionStore, times: Floats, thresholds: Thresholds) -> Decided:
    rule = "the image of the moment: the last one shown; an omission belongs to the one before it"
    shown = store.presentation_spans
    labels = shown.labels.astype(str)
    is_shown = labels != OMITTED
    latest = np.maximum.accumulate(np.where(is_shown, np.arange(len(labels)), -1))
    index = _presentation_of(store, times)
    of_event = np.append(latest, -1)[index]
    names = np.append(labels, "")[of_event]
    return store.image_names, _codes(names, store.image_names), rule


def _change(store: SessionStore, times: Floats, thresholds: Thresholds) -> Decided:
    shown = store.presentation_spans
    index = _presentation_of(store, times)
    is_change = np.append(shown.flags["is_change"], False)[index]
    label = np.append(shown.labels.astype(str), "")[index]
    is_image = np.isin(label, [*store.image_names, UNNAMED])
    rule = "whether the flash of the moment differs from the one before"
    return ("change", "repeat"), np.where(is_image, np.where(is_change, 0, 1), -1), rule


def _engaged(store: SessionStore, times: Floats, thresholds: Thresholds) -> Decided:
    rule = (
        f"engaged: more than {thresholds.engaged:g} rewards/min around the trial "
        "(AllenSDK's rule is 2; the first ten trials count as not engaged)"
    )
    rate = np.nan_to_num(np.asarray(store.session.get_reward_rate(), np.float64))
    trial = trial_at(store, times)
    engaged = np.append(rate > thresholds.engaged, False)[trial]
    return ("engaged", "not engaged"), np.where(trial < 0, -1, np.where(engaged, 0, 1)), rule


def _mean_before(store: SessionStore, signal: str, times: Floats) -> Floats:
    clock, values = store.samples(signal)
    return running_sums(values).over(sample_ranges(clock, times, BEFORE))


def _running(store: SessionStore, times: Floats, thresholds: Thresholds) -> Decided:
    rule = f"running: mean speed of the half second before above {thresholds.running:g} cm/s"
    speed = _mean_before(store, "running_speed", times)
    groups = np.where(np.isnan(speed), -1, np.where(speed > thresholds.running, 0, 1))
    return ("running", "still"), groups, rule


def _pupil(store: SessionStore, times: Floats, thresholds: Thresholds) -> Decided:
    rule = "terciles, over these events, of the mean pupil area in the half second before"
    area = _mean_before(store, "pupil_area", times)
    known = ~np.isnan(area)
    bounds = np.quantile(area[known], (1 / 3, 2 / 3)) if known.any() else (0.0, 0.0)
    groups = np.where(known, np.searchsorted(bounds, area, side="left"), -1)
    return ("small pupil", "middle pupil", "large pupil"), groups, rule


def _block(store: SessionStore, times: Floats, thresholds: Thresholds) -> Decided:
    blocks = store.blocks()
    index = np.searchsorted(blocks.starts, times + WITHIN_FLASH, side="right") - 1
    labels = [f"{i + 1} {label}" for i, label in enumerate(blocks.labels)]
    return labels, index, "block of the session in which the event lies"


def _novelty(store: SessionStore, times: Floats, thresholds: Thresholds) -> Decided:
    rule = "is_image_novel of the flash of the moment"
    index = _presentation_of(store, times)
    table = store.presentations
    if "is_image_novel" not in table:
        return ("novel", "familiar"), np.full(len(times), -1), f"{rule}: not stored in this file"
    novel = np.append(table["is_image_novel"].to_numpy(np.float64, na_value=np.nan), np.nan)[index]
    groups = np.where(np.isnan(novel), -1, np.where(novel > 0, 0, 1))
    return ("novel", "familiar"), groups, rule


def _codes(names: NDArray[np.object_], known: Sequence[str]) -> Ints:
    code = {name: i for i, name in enumerate(known)}
    return np.array([code.get(str(name), -1) for name in names], np.int64)


_DECIDERS: Mapping[str, Callable[[SessionStore, Floats, Thresholds], Decided]] = {
    "none": _none,
    "outcome": _outcome,
    "image": _image,
    "change": _change,
    "engaged": _engaged,
    "running": _running,
    "pupil": _pupil,
    "block": _block,
    "novelty": _novelty,
}
