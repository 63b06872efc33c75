"""Simulates the task of a session and converts its frames to times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.demo.behavior.clock import frame_times
from data_layer.demo.behavior.licking import FRAME_RATE, Licker
from data_layer.demo.behavior.presentations import movie_frames
from data_layer.demo.behavior.task import OMISSION_FRACTION, ChangeDetection, TaskLog, TaskRules
from data_layer.demo.behavior.trials import trials_table
from data_layer.demo.seeds import generator
from data_layer.demo.sessions import SessionPlan

_LAPSE = (0.45, 0.5)  # share of an imaging session in which the mouse is not engaged
_STATIC_STAGES = ("TRAINING_0", "TRAINING_1")
_LARGE_REWARD_STAGES = (*_STATIC_STAGES, "TRAINING_2", "TRAINING_3")


@dataclass(frozen=True)
class PlayedTask:
    """The log of the task in monitor frames, and the times of all frames (n_frames,) in s.

    ``first_frame`` is the frame of the first flash, ``movie_frame`` the frame at which the movie
    starts (or the session ends).
    """

    plan: SessionPlan
    rules: TaskRules
    log: TaskLog
    first_frame: int
    movie_frame: int
    times: NDArray[np.float64]

    @cached_property
    def trials(self) -> pd.DataFrame:
        """The trials table of the release."""
        return trials_table(
            self.log,
            self.plan.image_set,
            first_frame=self.first_frame,
            movie_frame=self.movie_frame,
            times=self.times,
            monitor_delay=self.plan.monitor_delay,
        )

    @cached_property
    def licks(self) -> pd.DataFrame:
        """Times (s) and monitor frames of all licks."""
        frames = np.array(self.log.licks, dtype=np.int64) + self.first_frame
        return pd.DataFrame({"timestamps": self.times[frames], "frame": frames})

    @cached_property
    def rewards(self) -> pd.DataFrame:
        """Volumes (ml) and times (s) of all rewards, and whether they were free."""
        given = self.log.rewards
        frames = np.array([frame for frame, _, _ in given], dtype=np.int64) + self.first_frame
        return pd.DataFrame(
            {
                "volume": np.array([volume for _, volume, _ in given], dtype=float),
                "timestamps": self.times[frames],
                "auto_rewarded": np.array([free for _, _, free in given], dtype=bool),
            }
        )


def play_task(plan: SessionPlan) -> PlayedTask:
    """Simulate only the task of one session, which is fast."""
    rules = task_rules(plan)
    rng = generator("task", plan.behavior_session_id)
    log = ChangeDetection(rules, _licker(plan, rng), rng).run()
    first = round(plan.schedule.gray_before * FRAME_RATE)
    movie = first + log.end + round((plan.schedule.gray_after + 0.5) * FRAME_RATE)
    times = frame_times(
        movie + movie_frames(plan.schedule.movie_repeats) + 1,
        imaging=plan.is_imaging,
        rng=generator("clock", plan.behavior_session_id),
    )
    return PlayedTask(plan, rules, log, first, movie, times)


def task_rules(plan: SessionPlan) -> TaskRules:
    """The task rules of the session's stage."""
    stage, images = plan.session_type, plan.image_set
    return TaskRules(
        n_images=len(images.image_names),
        duration=plan.schedule.task,
        flashed=not stage.startswith(_STATIC_STAGES),
        omission_fraction=OMISSION_FRACTION if plan.has_omissions else 0.0,
        always_auto_reward=stage.startswith("TRAINING_0"),
        passive=plan.is_passive,
        reward_volume=0.010 if stage.startswith(_LARGE_REWARD_STAGES) else 0.007,
        groups=tuple(int(orientation % 180) for orientation in images.orientations),
    )


def _licker(plan: SessionPlan, rng: np.random.Generator) -> Licker:
    if plan.is_passive:  # without a lick spout
        return Licker(0.0, 1.0, engaged_until=-np.inf)
    until = float(rng.uniform(0.78, 0.95))
    pauses = (_LAPSE,) if plan.is_imaging else ()
    return Licker(plan.skill, plan.schedule.task * FRAME_RATE, until, pauses)
