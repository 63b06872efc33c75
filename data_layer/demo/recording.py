"""Simulates one behavior recording: the content of a behavior session's file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.demo.behavior.eye import simulate_eye
from data_layer.demo.behavior.played_task import PlayedTask, play_task
from data_layer.demo.behavior.presentations import add_trials, drawn_frames, stimulus_presentations
from data_layer.demo.behavior.running import Running, simulate_running
from data_layer.demo.behavior.task import RESPONSE_WINDOW
from data_layer.demo.pictures import StimulusTemplates, stimulus_templates
from data_layer.demo.seeds import generator
from data_layer.demo.sessions import SessionPlan

TaskParameters = dict[str, str | float | int | list[str]]


@dataclass(frozen=True)
class Recording:
    """The simulated behavior of a session; tables have the columns of the released files."""

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


def simulate_recording(plan: SessionPlan) -> Recording:
    """Simulate the content of a session's behavior file."""
    task = play_task(plan)
    times, rewards = task.times, task.rewards
    table = stimulus_presentations(plan, task.log, task.first_frame, len(times), times)
    add_trials(table, task.trials)
    running = _running(plan, times, rewards)
    return Recording(
        plan=plan,
        stimulus_timestamps=times,
        stimulus_presentations=table,
        stimulus_templates=stimulus_templates(plan.image_set, plan.picture_shape),
        task_parameters=_task_parameters(task),
        trials=task.trials,
        licks=task.licks,
        rewards=rewards,
        running=running,
        eye_tracking=_eye(plan, times, running, rewards),
    )


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


def _task_parameters(task: PlayedTask) -> TaskParameters:
    plan, rules = task.plan, task.rules
    return {
        "session_type": plan.session_type,
        "task": "change detection",
        "stimulus": "grating" if plan.image_set.is_grating else "images",
        "stimulus_name": plan.image_set.stimulus_name,
        "stimulus_distribution": rules.distribution,
        "stimulus_duration_sec": 0.25 if rules.flashed else np.nan,
        "blank_duration_sec": ["0.5", "0.5"],
        "omitted_flash_fraction": rules.omission_fraction if plan.has_omissions else np.nan,
        "response_window_sec": [str(edge) for edge in RESPONSE_WINDOW],
        "reward_volume": rules.reward_volume,
        "auto_reward_volume": rules.auto_reward_volume,
        "n_stimulus_frames": drawn_frames(task.log.flashes),
    }
