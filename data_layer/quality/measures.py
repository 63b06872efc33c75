"""Summary measures of a session, for views of many sessions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from data_layer.derived.session_type import behavior_type
from data_layer.errors import NotReadableNow, SessionFileError
from data_layer.prepared.kinds import Fact
from data_layer.prepared.registry import prepared
from data_layer.quality.checks.traces import responsive
from data_layer.quality.session_checks import quality
from data_layer.quality.trace_passes import trace_pass
from data_layer.store.cell_order import change_response

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

Measures = dict[str, float | None]

MEASURES: dict[str, tuple[str, str]] = {
    "n_cells": ("Cells", ""),
    "trial_count": ("Trials", ""),
    "hit_rate": ("Mean hit rate", ""),
    "false_alarm_rate": ("Mean false-alarm rate", ""),
    "mean_dprime": ("Mean d′", ""),
    "max_dprime": ("Greatest d′", ""),
    "reward_count": ("Rewards", ""),
    "reward_volume": ("Water", "ml"),
    "engaged_fraction": ("Engaged trials", "%"),
    "lick_count": ("Licks", ""),
    "running_mean": ("Mean running speed", "cm/s"),
    "blink_fraction": ("Blinks", "%"),
    "pupil_area_mean": ("Mean pupil area", "px²"),
    "motion_range": ("Motion range", "px"),
    "median_noise": ("Median noise", "ΔF/F"),
    "median_snr": ("Median signal to noise", ""),
    "event_rate": ("Median event rate", "per min"),
    "responsive_fraction": ("Cells responsive to changes", "%"),
}
"""The title and unit of each measure."""
_FROM_CHECKS = {
    "blink_fraction": "blink_fraction",
    "motion_range": "motion_range",
    "median_noise": "noise",
    "median_snr": "snr",
    "event_rate": "event_rate",
    "lick_count": "lick_count",
}


@prepared("measures", Fact[Measures]())
def measures(store: SessionStore) -> Measures:
    """The value of each of ``MEASURES``; None if the session does not have it.

    Performance is None in passive sessions, measures of cells are None in behaviour sessions.

    Raises:
        NotReadableNow: The session was closed, or object storage does not answer.
    """
    found: Measures = dict.fromkeys(MEASURES)
    values = {check.name: check.value for check in quality(store)}
    found |= {name: values[check] for name, check in _FROM_CHECKS.items()}
    questions: list[Callable[[SessionStore], Measures]] = [_performance, _running, _pupil]
    for ask in questions + [_cells, _responsive] * store.has_cells:
        try:
            found |= ask(store)
        except NotReadableNow:
            raise
        except SessionFileError:
            continue
    return {name: _known(value) for name, value in found.items()}


def _performance(store: SessionStore) -> Measures:
    if behavior_type(str(store.metadata["session_type"])) == "passive_viewing":
        return {"trial_count": float(len(store.trials))}
    metrics = store.session.get_performance_metrics()
    engaged = 100 * metrics["engaged_trial_count"] / max(metrics["trial_count"], 1)
    return {
        "trial_count": metrics["trial_count"],
        "hit_rate": metrics["mean_hit_rate"],
        "false_alarm_rate": metrics["mean_false_alarm_rate"],
        "mean_dprime": metrics["mean_dprime"],
        "max_dprime": metrics["max_dprime"],
        "reward_count": metrics["total_reward_count"],
        "reward_volume": metrics["total_reward_volume"],
        "engaged_fraction": engaged,
    }


def _running(store: SessionStore) -> Measures:
    return {"running_mean": _mean(store.session.running_speed["speed"].to_numpy(np.float64))}


def _pupil(store: SessionStore) -> Measures:
    return {"pupil_area_mean": _mean(store.eye_tracking["pupil_area"].to_numpy(np.float64))}


def _cells(store: SessionStore) -> Measures:
    return {"n_cells": float(len(store.cells))}


def _responsive(store: SessionStore) -> Measures:
    if not all(store.experiment.traces_matrix("dff").shape):
        return {}
    statistics = trace_pass(store, "dff").statistics
    n_changes = int(store.presentations["is_change"].astype(bool).sum())
    response = change_response(store, "dff")
    if statistics is None or np.isnan(response).all():
        return {}
    flags = responsive(response, statistics, n_changes)
    return {"responsive_fraction": 100 * float(flags.mean())}


def _mean(values: np.ndarray) -> float:
    return float(np.nanmean(values)) if np.isfinite(values).any() else math.nan


def _known(value: float | None) -> float | None:
    """The value rounded to six digits, so that the order of a sum does not change it."""
    return None if value is None or math.isnan(value) else float(f"{value:.6g}")
