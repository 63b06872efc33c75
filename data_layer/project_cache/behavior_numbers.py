"""The behaviour of one session in a few numbers, computed once per file and kept on disk."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from pathlib import Path

from data_layer.derived.trial_type import OUTCOMES, trial_outcome
from data_layer.errors import StreamMissing
from data_layer.kept_files import name_for, write_json
from data_layer.nwb.behavior_session import BehaviorSession
from data_layer.prepared.fingerprint import size_and_time

FORMAT = 1
Numbers = dict[str, float | None]


def behavior_numbers(session: BehaviorSession) -> Numbers:
    """Trials by outcome, rewards, reward volume (ml), licks, and AllenSDK's mean rolling d′.

    A value is None where the file lacks the stream that it is counted from.
    """
    numbers: Numbers = {}
    for count in (_trials, _rewards, _licks):
        with suppress(StreamMissing):
            numbers |= count(session)
    return numbers


def _trials(session: BehaviorSession) -> Numbers:
    outcomes = trial_outcome(session.trials)
    counts = {outcome: float((outcomes == outcome).sum()) for outcome in OUTCOMES}
    mean = session.get_performance_metrics()["mean_dprime"] if len(outcomes) else float("nan")
    return {"trial_count": float(len(outcomes)), **counts, "mean_dprime": _known(mean)}


def _rewards(session: BehaviorSession) -> Numbers:
    rewards = session.rewards
    free = int(rewards["auto_rewarded"].sum())
    return {
        "auto_reward_count": float(free),
        "earned_reward_count": float(len(rewards) - free),
        "reward_volume": float(rewards["volume"].sum()),
    }


def _licks(session: BehaviorSession) -> Numbers:
    return {"lick_count": float(len(session.licks))}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


class NumbersShelf:
    """The numbers of many files in one folder; those of a file that has changed do not count."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[Path, tuple[str, Numbers]] = {}

    def look_up(self, path: Path) -> Numbers | None:
        """The numbers of a file; None where they are not known or the file has changed.

        Raises:
            FileMissing: there is no such file.
        """
        state = size_and_time(path)
        if path not in self._kept:
            self._read(path)
        kept = self._kept.get(path)
        return kept[1] if kept is not None and kept[0] == state else None

    def keep(self, path: Path, numbers: Numbers) -> None:
        """Remember the numbers of a file; where the folder cannot be written, until the end."""
        state = size_and_time(path)
        self._kept[path] = state, numbers
        with suppress(OSError):
            content = {"format": FORMAT, "state": state, "numbers": numbers}
            write_json(self._place(path), content)

    def _read(self, path: Path) -> None:
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(self._place(path).read_text(encoding="utf-8"))
            if kept["format"] == FORMAT:
                self._kept[path] = str(kept["state"]), dict(kept["numbers"])

    def _place(self, path: Path) -> Path:
        return self.folder / f"{name_for(path)}.json"
