"""Simulates the change detection task as a log of flashes, trials, licks and rewards in frames.

The rules are those of the task: a trial starts with a flash. The image changes after a number of
flashes drawn from a geometric distribution; on a catch trial this is only a sham change. A lick
before the change aborts the trial, which is then repeated. A lick in the response window after a
change is rewarded.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from data_layer.demo.behavior.licking import FRAME_RATE, Licker

RESPONSE_WINDOW = (0.15, 0.75)
OMISSION_FRACTION = 0.05

_CATCH_FRACTION = 0.125
_WARM_UP_TRIALS = 5
_MISSES_BEFORE_FREE_REWARD = 10
_ABORTS_BEFORE_NEW_PARAMETERS = 5
_EARLIEST_CHANGE, _LATEST_CHANGE = 2.25, 8.25
_AFTER_CHANGE = 257  # frames from the change to the end of the trial: 4.28 s
_TIME_OUT = 18  # frames without a lick before an aborted trial ends: 0.3 s


@dataclass(frozen=True)
class TaskRules:
    """The parameters of the task that differ between stages of training and imaging."""

    n_images: int = 8
    duration: float = 3600.0
    flashed: bool = True
    omission_fraction: float = 0.0
    always_auto_reward: bool = False
    passive: bool = False
    reward_volume: float = 0.007
    auto_reward_volume: float = 0.005
    groups: tuple[int, ...] = ()  # of gratings: a change goes to another group

    @property
    def step(self) -> int:
        """Number of frames between two possible changes of the image."""
        return 45 if self.flashed else 6

    @property
    def distribution(self) -> str:
        """The distribution of change times."""
        return "geometric" if self.flashed else "exponential"


@dataclass(frozen=True)
class Flash:
    """One flash, or one presentation of a static grating, in frames ``[start, end)``."""

    start: int
    end: int
    image: int
    omitted: bool = False


@dataclass(frozen=True)
class Trial:
    """One trial, in frames.

    ``outcome`` is hit, miss, false_alarm, correct_reject, auto_rewarded or aborted;
    ``change`` is the frame of the change or sham change, None if the trial was aborted.
    """

    start: int
    stop: int
    outcome: str
    initial_image: int
    change_image: int
    change: int | None = None


@dataclass
class TaskLog:
    """Everything that happened, in frames from the first flash."""

    flashes: list[Flash] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    licks: list[int] = field(default_factory=list)
    rewards: list[tuple[int, float, bool]] = field(default_factory=list)
    end: int = 0


@dataclass(frozen=True)
class _Due:
    """The parameters of a trial, which are reused when it is repeated."""

    steps: int
    kind: str
    image: int


class ChangeDetection:
    """One session of the task, trial by trial."""

    def __init__(self, rules: TaskRules, licker: Licker, rng: np.random.Generator) -> None:
        self.rules, self.licker, self.rng = rules, licker, rng
        self.log = TaskLog()
        self._onsets = [0]
        self._image = int(rng.integers(rules.n_images))
        self._images: list[int] = []  # the image of every past onset
        self._protected: set[int] = set()  # onsets that are never omitted
        self._warm_up, self._misses = _WARM_UP_TRIALS, 0

    def run(self) -> TaskLog:
        """Simulate trials until the task's duration is over."""
        last = self.rules.duration * FRAME_RATE
        due, tries = self._draw(), 0
        while self._onset(len(self._images)) < last:
            trial = self._play(due)
            self.log.trials.append(trial)
            tries = tries + 1 if trial.outcome == "aborted" else 0
            if trial.outcome != "aborted" or tries > _ABORTS_BEFORE_NEW_PARAMETERS:
                due, tries = self._draw(), 0
        self.log.end = self.log.trials[-1].stop
        self.log.flashes = self._flashes()
        return self.log

    def _onset(self, index: int) -> int:
        """Frame of the ``index``-th onset; sometimes the monitor is one or two frames late."""
        while len(self._onsets) <= index:
            late = (
                int(self.rng.choice([0, 1, 2], p=[0.92, 0.03, 0.05])) if self.rules.flashed else 0
            )
            self._onsets.append(self._onsets[-1] + self.rules.step + late)
        return self._onsets[index]

    def _draw(self) -> _Due:
        return _Due(self._draw_steps(), self._draw_kind(), self._draw_image())

    def _draw_steps(self) -> int:
        step = self.rules.step / FRAME_RATE
        first, last = np.ceil(_EARLIEST_CHANGE / step), np.floor(_LATEST_CHANGE / step)
        if self.rules.flashed:
            return int(min(first + self.rng.geometric(0.3), last))
        return int(min(first + self.rng.exponential(2.0) / step, last))

    def _draw_kind(self) -> str:
        if self.rules.always_auto_reward:
            return "auto"
        if not self.rules.passive and (self._warm_up or self._misses >= _MISSES_BEFORE_FREE_REWARD):
            return "auto"
        return "catch" if self.rng.random() < _CATCH_FRACTION else "go"

    def _draw_image(self) -> int:
        groups = self.rules.groups or tuple(range(self.rules.n_images))
        others = [i for i, g in enumerate(groups) if g != groups[self._image]]
        return int(self.rng.choice(others))

    def _play(self, due: _Due) -> Trial:
        first = len(self._images)
        start, change = self._onset(first), self._onset(first + due.steps)
        early = self.licker.early_lick(start, change, self.rules.step, self.rng)
        if early is not None and not self.rules.always_auto_reward:
            return self._abort(start, early)
        if early is not None:
            self._lick(self.licker.bout(early, self.rng, stop=change))
        return self._change(start, change, first + due.steps, due)

    def _abort(self, start: int, lick: int) -> Trial:
        bout = self.licker.bout(lick, self.rng)
        self._lick(bout)
        stop = bout[-1] + _TIME_OUT + int(self.rng.integers(2))
        self._show(stop)
        return Trial(start, stop, "aborted", self._image, self._image)

    def _change(self, start: int, change: int, index: int, due: _Due) -> Trial:
        stop = change + _AFTER_CHANGE + int(self.rng.integers(-1, 2))
        initial, outcome = self._image, self._respond(change, stop, due.kind)
        self._show(change)
        self._protected |= {index - 1, index}
        if due.kind != "catch":
            self._image = due.image
        self._show(stop)
        return Trial(start, stop, outcome, initial, self._image, change)

    def _respond(self, change: int, stop: int, kind: str) -> str:
        """Simulate licks and reward after a change or sham change; return the outcome."""
        response = self.licker.response(change, kind != "catch", self.rng)
        if kind == "auto":
            free = change + int(np.ceil(RESPONSE_WINDOW[0] * FRAME_RATE))
            self.log.rewards.append((free, self.rules.auto_reward_volume, True))
            response = response or free + int(self.rng.integers(10, 40))
            self._lick(self.licker.consumption(response, stop, self.rng))
            self._warm_up, self._misses = max(self._warm_up - 1, 0), 0
            return "auto_rewarded"
        if response is None:
            self._lick(self.licker.late_bout(change, stop, self.rng))
            self._misses += kind == "go"
            return "miss" if kind == "go" else "correct_reject"
        if kind == "catch":
            self._lick(self.licker.bout(response, self.rng, stop=stop))
            return "false_alarm"
        self.log.rewards.append((response, self.rules.reward_volume, False))
        self._lick(self.licker.consumption(response, stop, self.rng))
        self._misses = 0
        return "hit"

    def _lick(self, frames: list[int]) -> None:
        self.log.licks.extend(frames)

    def _show(self, until: int) -> None:
        """Show the current image at every onset before frame ``until``."""
        while self._onset(len(self._images)) < until:
            self._images.append(self._image)

    def _flashes(self) -> list[Flash]:
        onsets = self._onsets[: len(self._images)]
        if not self.rules.flashed:
            return self._stretches(onsets)
        lengths = self.rng.choice([14, 15, 16], p=[0.007, 0.91, 0.083], size=len(onsets))
        omitted = self._omissions()
        return [
            Flash(start, start + int(length), image, bool(omit))
            for start, length, image, omit in zip(
                onsets, lengths, self._images, omitted, strict=True
            )
        ]

    def _omissions(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each flash is omitted: never a change, the flash before it, or two in a row."""
        chosen = self.rng.random(len(self._images)) < self.rules.omission_fraction
        chosen[[i for i in {0, *self._protected} if i < len(chosen)]] = False
        for i in np.flatnonzero(chosen):
            chosen[i] &= not chosen[i - 1]
        return chosen

    def _stretches(self, onsets: list[int]) -> list[Flash]:
        images = np.array(self._images)
        first = np.flatnonzero(np.r_[True, images[1:] != images[:-1]])
        starts = [onsets[i] for i in first]
        ends = [*starts[1:], self.log.end]
        return [Flash(s, e, int(images[i])) for s, e, i in zip(starts, ends, first, strict=True)]
