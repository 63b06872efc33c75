"""Performance numbers of one session, computed once per file and stored on disk."""

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

FORMAT = 2  # before 2, the ids in a file were not compared with those asked for
Numbers = dict[str, float | None]


def behavior_numbers(session: BehaviorSession) -> Numbers:
    """Trials by outcome, rewards, reward volume (ml), licks, and AllenSDK's mean rolling d′.

    Numbers whose stream is not in the file are left out; ``mean_dprime`` is None if it is NaN.
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
    """Stores the numbers of many files in one folder; those of changed files are not used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[Path, tuple[str, Numbers]] = {}

    def look_up(self, path: Path) -> Numbers | None:
        """The numbers of a file; None if they are not known or the file has changed.

        Raises:
            FileMissing: There is no such file.
        """
        state = size_and_time(path)
        if path not in self._known:
            self._read(path)
        known = self._known.get(path)
        return known[1] if known is not None and known[0] == state else None

    def store(self, path: Path, numbers: Numbers) -> None:
        """Store the numbers of a file; only in memory if the folder cannot be written.

        Raises:
            FileMissing: There is no such file.
        """
        state = size_and_time(path)
        self._known[path] = state, numbers
        with suppress(OSError):
            content = {"format": FORMAT, "state": state, "numbers": numbers}
            write_json(self._json_path(path), content)

    def _read(self, path: Path) -> None:
        with suppress(OSError, ValueError, KeyError, TypeError):
            content = json.loads(self._json_path(path).read_text(encoding="utf-8"))
            if content["format"] == FORMAT:
                self._known[path] = str(content["state"]), dict(content["numbers"])

    def _json_path(self, path: Path) -> Path:
        return self.folder / f"{name_for(path)}.json"
