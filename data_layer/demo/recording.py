"""One simulated behavior recording: what a behavior session's file holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.demo import presentations as shown
from data_layer.demo.clock import frame_times
from data_layer.demo.eye import simulate_eye
from data_layer.demo.licking import FRAME_RATE, Licker
from data_layer.demo.pictures import StimulusTemplates, stimulus_templates
from data_layer.demo.running import Running, simulate_running
from data_layer.demo.seeds import generator
from data_layer.demo.sessions import SessionPlan
from data_layer.demo.task import (
    OMISSION_FRACTION,
    RESPONSE_WINDOW,
    ChangeDetection,
    TaskLog,
    TaskRules,
)
from data_layer.demo.trials import trials_table

TaskParameters = dict[str, str | float | int | list[str]]


@dataclass(frozen=True)
class Recording:
    """A session's behavior, simulated; tables have the columns of the released files."""

    plan: SessionPlan
    stimulus_timestamps: NDArray[np.float64]
    stimulus_presentations: pd.DataFrame
    stimulus_templates: StimulusTemplates
    task_parameters: TaskParameters
    trials: pd.DataFrame
    licks: pd.DataFrame
    rewards: pd.DataFrame
    running: Running
    eye_tracking: pd.DataFrame | None


def simulate_task(plan: SessionPlan) -> TaskLog:
    """What happens in the task of one session; quick, for those who need only the counts."""
    rules = task_rules(plan)
    rng = generator("task", plan.behavior_session_id)
    until = float(rng.uniform(0.78, 0.95))
    pauses = ((0.45, 0.5),) if plan.is_imaging else ()
    licker = Licker(plan.skill, rules.duration * FRAME_RATE, until, pauses)
    if plan.is_passive:
        licker = Licker(0.0, 1.0, engaged_until=-1e6)
    return ChangeDetection(rules, licker, rng).run()


def simulate_recording(plan: SessionPlan) -> Recording:
    """Simulate everything that a session's behavior file holds."""
    log = simulate_task(plan)
    first_frame, n_frames, movie_frame = _layout(plan, log)
    rng = generator("clock", plan.behavior_session_id)
    times = frame_times(n_frames, imaging=plan.is_imaging, rng=rng)
    table = shown.stimulus_presentations(plan, log, first_frame, n_frames, times)
    trials = trials_table(log, plan.image_set, first_frame, movie_frame, times, plan.monitor_delay)
    shown.add_trials(table, trials)
    rewards = _rewards(log, first_frame, times)
    running = _running(plan, times, rewards)
    return Recording(
        plan=plan,
        stimulus_timestamps=times,
        stimulus_presentations=table,
        stimulus_templates=stimulus_templates(plan.image_set, plan.picture_shape),
        task_parameters=_task_parameters(plan, log),
        trials=trials,
        licks=_licks(log, first_frame, times),
        rewards=rewards,
        running=running,
        eye_tracking=_eye(plan, times, running, rewards),
    )


def task_rules(plan: SessionPlan) -> TaskRules:
    """The rules of the session's stage."""
    stage = plan.session_type
    static = stage.startswith(("TRAINING_0", "TRAINING_1"))
    early = stage.startswith(("TRAINING_0", "TRAINING_1", "TRAINING_2", "TRAINING_3"))
    images = plan.image_set
    return TaskRules(
        n_images=len(images.image_names),
        duration=plan.schedule.task,
        flashed=not static,
        omission_fraction=OMISSION_FRACTION if plan.is_imaging else 0.0,
        always_auto_reward=stage.startswith("TRAINING_0"),
        passive=plan.is_passive,
        reward_volume=0.010 if early else 0.007,
        groups=tuple(int(o % 180) for o in images.orientations),
    )


def _layout(plan: SessionPlan, log: TaskLog) -> tuple[int, int, int]:
    """Frame of the first flash, number of frames, and the frame at which the movie begins."""
    schedule = plan.schedule
    first = round(schedule.gray_before * FRAME_RATE)
    movie = first + log.end + round(schedule.gray_after * FRAME_RATE) + 30
    return first, movie + shown.movie_frames(schedule.movie_repeats) + 1, movie


def _licks(log: TaskLog, first_frame: int, times: NDArray[np.float64]) -> pd.DataFrame:
    frames = np.array(log.licks, dtype=np.int64) + first_frame
    return pd.DataFrame({"timestamps": times[frames], "frame": frames})


def _rewards(log: TaskLog, first_frame: int, times: NDArray[np.float64]) -> pd.DataFrame:
    frames = np.array([frame for frame, _, _ in log.rewards], dtype=np.int64) + first_frame
    return pd.DataFrame({
        "volume": np.array([volume for _, volume, _ in log.rewards], dtype=float),
        "timestamps": times[frames],
        "auto_rewarded": np.array([auto for _, _, auto in log.rewards], dtype=bool),
    })  # fmt: skip


def _running(plan: SessionPlan, times: NDArray[np.float64], rewards: pd.DataFrame) -> Running:
    jumps = None
    if plan.fault is not None:
        jumps = (
            times[0] + plan.fault.encoder_jumps_from,
            times[0] + plan.fault.encoder_jumps_until,
        )
    rng = generator("running", plan.behavior_session_id)
    return simulate_running(times, rewards["timestamps"].to_numpy(), rng, jumps)


def _eye(
    plan: SessionPlan, times: NDArray[np.float64], running: Running, rewards: pd.DataFrame
) -> pd.DataFrame | None:
    if not (plan.is_imaging and plan.eye_tracking):
        return None
    rng = generator("eye", plan.behavior_session_id)
    return simulate_eye(times, running.speed, rewards["timestamps"].to_numpy(), rng)


def _task_parameters(plan: SessionPlan, log: TaskLog) -> TaskParameters:
    rules = task_rules(plan)
    return {
        "session_type": plan.session_type,
        "task": "change detection",
        "stimulus": "grating" if plan.image_set.is_grating else "images",
        "stimulus_name": plan.image_set.stimulus_name,
        "stimulus_distribution": rules.distribution,
        "stimulus_duration_sec": 0.25 if rules.flashed else np.nan,
        "blank_duration_sec": ["0.5", "0.5"],
        "omitted_flash_fraction": rules.omission_fraction if plan.is_imaging else np.nan,
        "response_window_sec": [str(edge) for edge in RESPONSE_WINDOW],
        "reward_volume": rules.reward_volume,
        "auto_reward_volume": rules.auto_reward_volume,
        "n_stimulus_frames": shown.drawn_frames(log.flashes),
    }
