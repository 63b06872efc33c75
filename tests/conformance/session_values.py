"""Everything a session offers, as plain values; runs with AllenSDK's Python as well as ours."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

BEHAVIOR = [
    "behavior_session_id",
    "licks",
    "metadata",
    "raw_running_speed",
    "rewards",
    "running_speed",
    "stimulus_presentations",
    "stimulus_templates",
    "stimulus_timestamps",
    "task_parameters",
    "trials",
]
IMAGING = [
    "average_projection",
    "cell_specimen_table",
    "corrected_fluorescence_traces",
    "demixed_traces",
    "dff_traces",
    "events",
    "eye_tracking",
    "eye_tracking_rig_geometry",
    "max_projection",
    "motion_correction",
    "ophys_experiment_id",
    "ophys_session_id",
    "ophys_timestamps",
    "segmentation_mask_image",
]
METHODS = ["get_performance_metrics", "get_rolling_performance_df", "get_reward_rate"]


def session_values(session: Any, imaging: bool) -> dict[str, Any]:
    """Every attribute and method by name, as numbers, texts, arrays, lists and dicts."""
    names = BEHAVIOR + (IMAGING if imaging else [])
    values = {name: plain(getattr(session, name)) for name in names}
    values.update({name: plain(getattr(session, name)()) for name in METHODS})
    return values


def plain(value: Any) -> Any:
    """A value without the types of either library; nothing is None."""
    if isinstance(value, pd.DataFrame):
        columns = {name: plain(list(value[name])) for name in value.columns}
        return {**columns, "index": plain(list(value.index))}
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if type(value).__name__ == "Image":
        return np.asarray(getattr(value, "data", value))
    if type(value).__name__ == "Coordinates":
        return [float(inner) for inner in value]
    return numbers(value) if isinstance(value, (list, tuple)) else single(value)


def numbers(values: Any) -> Any:
    """A list as an array where it holds numbers only, which is quicker to compare."""
    if values and all(isinstance(v, (int, float, np.number)) for v in values):
        return np.asarray(values, dtype=float)
    return [plain(value) for value in values]


def single(value: Any) -> Any:
    """One value, or one array."""
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind in "biuf" else [plain(inner) for inner in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (bool, int, float, np.number, np.bool_)):
        return None if np.isnan(value) else float(value)
    if hasattr(value, "tzinfo"):
        return pd.Timestamp(value).tz_convert("UTC").isoformat()
    return str(value)
