"""Simulates a few minutes of the task, in stimulus frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

FRAME_RATE = 59.95
FIRST_TIME = 8.0
DISPLAY_DELAY = 0.0212
STEP, FLASH = 45, 15
NULL = -99
IMAGES = ("im061", "im062", "im065", "im066")
GRATINGS = tuple(f"gratings_{angle}.0" for angle in (0, 90, 180, 270))
OUTCOMES = ("hit", "miss", "false_alarm", "correct_reject", "aborted", "auto_rewarded")


@dataclass(frozen=True)
class Plan:
    """The properties of a session; the defaults are a small imaging session with all streams."""

    session_type: str = "OPHYS_1_images_A"
    n_trials: int = 40
    n_cells: int = 4
    n_invalid: int = 1
    n_unmatched: int = 0
    ophys_rate: float = 31.0
    plane_group: int = -1
    plane_group_count: int = 0
    eye_tracking: bool = True
    licks_per_trial: int | None = None
    field_of_view: tuple[int, int] = (40, 36)
    picture: tuple[int, int] = (12, 19)
    behavior_session_id: int = 870_000_001
    ophys_session_id: int = 880_000_001
    ophys_experiment_id: int = 900_000_001
    ophys_container_id: int = 1_018_000_001
    mouse_id: str = "457841"
    seed: int = 1

    @property
    def passive(self) -> bool:
        return "passive" in self.session_type

    @property
    def viewing(self) -> str:
        return "passive" if self.passive else "behavior"

    @property
    def gratings(self) -> bool:
        return "gratings" in self.session_type

    @property
    def imaging(self) -> bool:
        return self.session_type.startswith("OPHYS")

    @property
    def image_names(self) -> tuple[str, ...]:
        return GRATINGS if self.gratings else IMAGES


@dataclass
class Log:
    """The log of the task, in stimulus frames."""

    trials: list[dict[str, Any]] = field(default_factory=list)
    changes: dict[int, str] = field(default_factory=dict)  # flash -> image
    licks: list[int] = field(default_factory=list)
    rewards: list[tuple[int, float, bool]] = field(default_factory=list)
    n_flashes: int = 0


class Task:
    """Simulates the trials of a plan."""

    def __init__(self, plan: Plan, rng: np.random.Generator) -> None:
        self.plan, self.rng = plan, rng
        self.first_frame = 300 if plan.imaging else 20
        self.log = self._play()

    def frame(self, flash: int) -> int:
        """The frame on which a flash begins."""
        return self.first_frame + STEP * flash

    def _play(self) -> Log:
        log, flash, image = Log(), 0, self.plan.image_names[0]
        for number in range(self.plan.n_trials):
            kind = self._kind(number)
            change = flash + int(self.rng.integers(3, 7))
            before = image
            if kind in ("go", "auto_rewarded"):
                image = str(self.rng.choice([n for n in self.plan.image_names if n != image]))
                log.changes[change] = image
            stop = flash + 2 if kind == "aborted" else change + 3
            self._respond(
                log, kind, self.frame(flash) - 10, change, stop=stop, images=(before, image)
            )
            flash = stop + int(self.rng.integers(0, 2))
        log.n_flashes = flash
        return log

    def _kind(self, number: int) -> str:
        if self.plan.passive:
            return "catch" if number % 7 == 3 else "go"
        if number < 3 or self.plan.session_type.startswith("TRAINING_0"):
            return "auto_rewarded"
        return str(self.rng.choice(["aborted", "catch", "go"], p=[0.25, 0.2, 0.55]))

    def _respond(
        self, log: Log, kind: str, start: int, change: int, *, stop: int, images: tuple[str, str]
    ) -> None:
        responds = not self.plan.passive and bool(self.rng.random() < 0.7)
        if self.plan.licks_per_trial is not None:
            responds = self.plan.licks_per_trial > 0
        outcome = {
            "go": "hit" if responds else "miss",
            "catch": "false_alarm" if responds else "correct_reject",
        }.get(kind, kind)
        at = self.frame(change)
        licks = self._licks(kind, responds, start, at)
        reward = {"hit": 0.007, "auto_rewarded": 0.005}.get(outcome)
        rewarded_at = None
        if reward is not None and not self.plan.passive:
            rewarded_at = at + 9 if kind == "auto_rewarded" else licks[0]
            log.rewards.append((rewarded_at, reward, kind == "auto_rewarded"))
        log.licks += licks
        log.trials.append(
            {
                "start": start,
                "stop": self.frame(stop) - 12,
                "kind": kind,
                "outcome": outcome,
                "change": None if kind == "aborted" else at,
                "licks": licks,
                "images": images,
                "reward": rewarded_at,
                "volume": 0.0 if rewarded_at is None else reward,
            }
        )

    def _licks(self, kind: str, responds: bool, start: int, change: int) -> list[int]:
        if self.plan.passive:
            return []
        first = start + 30 if kind == "aborted" else change + int(self.rng.integers(12, 40))
        n = 1 if kind == "aborted" else int(self.rng.integers(2, 6)) * responds
        if self.plan.licks_per_trial is not None:
            n = self.plan.licks_per_trial
        return [first + 8 * i for i in range(n)]
