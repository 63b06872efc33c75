"""The kinds of task events to which a signal can be aligned, and their times.

Times of presentations, changes and omissions are on the clock of ``change_time``: they include the
display delay (0.02–0.04 s). Times of licks, rewards, trial starts, running and blinks do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.values.slices import UNNAMED, EventSlice, Floats

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

Span = tuple[float, float]

IMAGE = "image:"
TYPED = "times"
BOUT_GAP = 0.7  # s without a lick before the first lick of a bout
RUNNING = 2.0  # cm/s
STILL_BEFORE = 1.0  # s
DELAY_INCLUDED = "display delay included"
DELAY_NOT_INCLUDED = "no display delay in these times"
FREELY_CHOSEN = "times as typed"


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of task event: label, rule, default windows (s from the event) and clock.

    ``span`` is the window shown; ``response`` and ``baseline`` are the windows to average over.
    """

    label: str
    rule: str
    span: Span
    response: Span = (0.0, 0.5)
    baseline: Span = (-0.5, 0.0)
    clock: str = DELAY_NOT_INCLUDED


_SHOWN, _IMAGE_SPAN, _LICK_SPAN = (-2.5, 2.8), (-0.5, 0.75), (-5.0, 5.0)

KINDS: dict[str, EventKind] = {
    "change": EventKind(
        "image change", "first flash of another image", _SHOWN, clock=DELAY_INCLUDED
    ),
    "change_or_sham": EventKind(
        "change or sham change",
        "change_time of every trial that was not aborted",
        _SHOWN,
        clock=DELAY_INCLUDED,
    ),
    "image": EventKind(
        "every image flash", "every flash that was shown", _IMAGE_SPAN, clock=DELAY_INCLUDED
    ),
    "omission": EventKind(
        "omission", "when the omitted flash was due", _SHOWN, (0.0, 0.75), clock=DELAY_INCLUDED
    ),
    "before_omission": EventKind(
        "flash before an omission",
        "the last flash shown before it",
        (-1.5, 2.25),
        clock=DELAY_INCLUDED,
    ),
    "lick": EventKind("lick", "every lick", _LICK_SPAN),
    "lick_bout": EventKind(
        "first lick of a bout", "a lick with none in the 0.7 s before it", _LICK_SPAN
    ),
    "reward": EventKind("reward", "every reward, earned or free", (-2.0, 3.0)),
    "auto_reward": EventKind("auto reward", "rewards given freely", (-2.0, 3.0)),
    "running_onset": EventKind(
        "running onset", "the speed rises above 2 cm/s after at least 1 s below it", (-3.0, 5.0)
    ),
    "blink": EventKind("blink", "first frame of each likely blink", (-1.0, 2.0)),
    "trial_start": EventKind("trial start", "start_time of every trial", (-2.0, 5.0)),
    "movie_repeat": EventKind(
        "natural-movie repeat", "first frame of each repeat", (-2.0, 30.0), clock=DELAY_INCLUDED
    ),
    TYPED: EventKind(
        "typed times", "seconds of the session, as typed", _SHOWN, clock=FREELY_CHOSEN
    ),
}
"""Every kind except single images, which are named ``image:<image_name>``."""


def kind_of_event(name: str) -> EventKind:
    """The kind of task event named by a key of ``KINDS`` or ``image:<image_name>``.

    Raises:
        KeyError: There is no such kind.
    """
    if name.startswith(IMAGE):
        image = name.removeprefix(IMAGE)
        return EventKind(
            f"image {image}", f"every flash of {image}", _IMAGE_SPAN, clock=DELAY_INCLUDED
        )
    return KINDS[name]


def event_names(store: SessionStore) -> dict[str, str]:
    """The labels of a session's kinds by name; single images follow ``image``.

    There are no single images where the presentations cannot be read.
    """
    try:
        images = {f"{IMAGE}{name}": f"image {name}" for name in store.image_names}
    except (StreamMissing, StreamDamaged):
        images = {}
    names: dict[str, str] = {}
    for name, kind in KINDS.items():
        names[name] = kind.label
        if name == "image":
            names |= images
    return names


def event_times(store: SessionStore, name: str, typed: Floats | None = None) -> EventSlice:
    """The times of one kind of task event, ascending.

    Args:
        store: the session's store.
        name: as for :func:`kind_of_event`.
        typed: the times (s) for the kind ``times``.

    Raises:
        KeyError: There is no such kind.
        StreamMissing: The file lacks the stream of this kind.
    """
    kind = kind_of_event(name)
    if name == TYPED:
        times: Floats = np.asarray([] if typed is None else typed, np.float64)
    elif name.startswith(IMAGE):
        times = _flashes(store, name.removeprefix(IMAGE))
    else:
        times = store.memo.get(
            f"task events {name}", lambda: np.asarray(_READERS[name](store), np.float64)
        )
    return EventSlice(name, kind.label, np.sort(times[np.isfinite(times)]), kind.clock)


def _flagged(store: SessionStore, flag: str) -> Floats:
    shown = store.presentation_spans
    return shown.starts[shown.flags[flag]] if flag in shown.flags else shown.starts[:0]


def _flashes(store: SessionStore, image: str | None = None) -> Floats:
    shown = store.presentation_spans
    names = {image} if image is not None else {*store.image_names, UNNAMED}
    return shown.starts[np.isin(shown.labels.astype(str), list(names))]


def _before_omission(store: SessionStore) -> Floats:
    flashes, omissions = _flashes(store), _flagged(store, "omitted")
    index = np.searchsorted(flashes, omissions) - 1
    return np.unique(flashes[index[index >= 0]])


def _change_or_sham(store: SessionStore) -> Floats:
    trials = store.trials
    completed = ~trials["aborted"].to_numpy(bool)
    times: Floats = trials["change_time"].to_numpy(np.float64)[completed]
    return times


def _lick_bouts(store: SessionStore) -> Floats:
    return first_of_bouts(_licks(store))


def _licks(store: SessionStore) -> Floats:
    return np.sort(store.lick_table["timestamps"].to_numpy(np.float64))


def first_of_bouts(times: Floats, gap: float = BOUT_GAP) -> Floats:
    """The times (ascending) that no other time precedes by ``gap`` seconds or less."""
    return times[np.diff(times, prepend=-np.inf) > gap]


def _rewards(store: SessionStore, *, free_only: bool = False) -> Floats:
    rewards = store.reward_table
    times = rewards["timestamps"].to_numpy(np.float64)
    return times[rewards["auto_rewarded"].to_numpy(bool)] if free_only else times


def _running_onsets(store: SessionStore) -> Floats:
    return running_onsets(*store.samples("running_speed"))


def running_onsets(times: Floats, speed: Floats) -> Floats:
    """Times at which the speed rises to 2 cm/s after at least 1 s of known, lower speed.

    ``times`` and ``speed`` are (n,), in s and cm/s.
    """
    if len(times) < 2:
        return times[:0]
    fast = ~(speed < RUNNING)  # True for NaN: an unknown speed ends a period of rest
    rises = np.flatnonzero(fast[1:] & ~fast[:-1] & (speed[1:] >= RUNNING)) + 1
    last_fast = np.maximum.accumulate(np.where(fast, np.arange(len(times)), -1))[rises - 1]
    still_from = times[last_fast + 1]
    onsets: Floats = times[rises][times[rises] - still_from >= STILL_BEFORE]
    return onsets


def _blinks(store: SessionStore) -> Floats:
    return store.likely_blinks.starts


def _trial_starts(store: SessionStore) -> Floats:
    """The start of each trial, moved to the next float: the start belongs to the trial before."""
    times: Floats = np.nextafter(store.trials["start_time"].to_numpy(np.float64), np.inf)
    return times


def _movie_repeats(store: SessionStore) -> Floats:
    shown = store.presentations
    if "movie_repeat" not in shown:
        return np.empty(0)
    repeat = shown["movie_repeat"].to_numpy(np.int64)
    first = (repeat >= 0) & (np.diff(repeat, prepend=-1) != 0)
    times: Floats = shown["start_time"].to_numpy(np.float64)[first]
    return times


_READERS: Mapping[str, Callable[[SessionStore], Floats]] = {
    "change": lambda store: _flagged(store, "is_change"),
    "change_or_sham": _change_or_sham,
    "image": _flashes,
    "omission": lambda store: _flagged(store, "omitted"),
    "before_omission": _before_omission,
    "lick": _licks,
    "lick_bout": _lick_bouts,
    "reward": _rewards,
    "auto_reward": lambda store: _rewards(store, free_only=True),
    "running_onset": _running_onsets,
    "blink": _blinks,
    "trial_start": _trial_starts,
    "movie_repeat": _movie_repeats,
}


def task_span(store: SessionStore) -> Span:
    """Start of the first trial and end of the last (s); the whole session if there are none."""
    try:
        trials = store.trials
    except (StreamMissing, StreamDamaged):
        return store.bounds
    if trials.empty:
        return store.bounds
    return float(trials["start_time"].min()), float(trials["stop_time"].max())
