"""Simulates licking, which depends on the mouse's skill and engagement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

FRAME_RATE = 59.95  # Hz, of the monitor; licks are timed by its frames

_INTERVAL = 9.0  # frames between two licks of a bout: 0.15 s
_MIN_INTERVAL = 6


@dataclass(frozen=True)
class Licker:
    """A mouse with a ``skill`` (0 naive, 1 expert) in a task of ``n_frames``.

    ``engaged_until`` is the share of the session after which engagement decreases; ``pauses`` are
    periods without engagement, given as shares of the session (start, stop).
    """

    skill: float
    n_frames: float
    engaged_until: float = 0.8
    pauses: tuple[tuple[float, float], ...] = ()

    def engagement(self, frame: float) -> float:
        """The engagement of the mouse at ``frame``, from 0 to 1."""
        share = frame / self.n_frames
        waning = expit((self.engaged_until - share) / 0.03)
        pausing = any(start <= share < stop for start, stop in self.pauses)
        return float(waning) * (0.05 if pausing else 1.0)

    def early_lick(
        self, start: int, change: int, step: int, rng: np.random.Generator
    ) -> int | None:
        """The frame of a lick between the start of the trial and its change, or None."""
        per_flash = self.engagement(start) * (0.035 + 0.13 * (1 - self.skill))
        per_step = 1 - (1 - per_flash) ** (step / 45)
        for onset in range(start, change, step):
            if rng.random() < per_step:
                lick = onset + int(np.clip(rng.normal(22, 8), 2, 44)) % step + 1
                return lick if lick < change - 1 else None
        return None

    def response(self, change: int, is_change: bool, rng: np.random.Generator) -> int | None:
        """The frame of a lick in the response window after ``change``, or None."""
        engagement = self.engagement(change)
        chance = 0.34 + 0.62 * self.skill if is_change else 0.42 - 0.28 * self.skill
        if rng.random() > engagement * chance:
            return None
        typical = 0.37 + 0.08 * (1 - self.skill) + 0.05 * (not is_change)
        latency = np.clip(rng.lognormal(np.log(typical), 0.22), 0.21, 0.72)
        return change + round(float(latency) * FRAME_RATE)

    def bout(self, first: int, rng: np.random.Generator, stop: int | None = None) -> list[int]:
        """Frames of a short bout without water, from ``first`` until before ``stop``."""
        return _rhythm(first, int(rng.geometric(0.5)), stop, rng)

    def consumption(self, first: int, stop: int, rng: np.random.Generator) -> list[int]:
        """Frames of the long bout in which a reward is consumed."""
        return _rhythm(first, 8 + int(rng.poisson(7)), stop - 6, rng)

    def late_bout(self, change: int, stop: int, rng: np.random.Generator) -> list[int]:
        """Frames of a bout long after a change without a response; often empty."""
        if rng.random() > 0.25 * self.engagement(change):
            return []
        return self.bout(change + int(rng.integers(55, stop - change - 30)), rng, stop=stop)


def _rhythm(first: int, n: int, stop: int | None, rng: np.random.Generator) -> list[int]:
    intervals = np.maximum(np.round(rng.normal(_INTERVAL, 1.3, n - 1)), _MIN_INTERVAL)
    frames = first + np.r_[0, np.cumsum(intervals)].astype(int)
    return [int(frame) for frame in frames if stop is None or frame < stop or frame == first]
