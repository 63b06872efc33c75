"""Reads metadata and task parameters."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import numpy as np

from data_layer.derived.mouse import age_in_days, cre_line, indicator
from data_layer.derived.session_type import image_set
from data_layer.nwb.aliases import AliasedDict
from data_layer.nwb.file import METADATA, NwbFile

SUBJECT, TASK = "general/subject", "general/task_parameters"
PLANES = "general/optophysiology"
PLANE_OF_CELLS = "processing/ophys/image_segmentation/cell_specimen_table/imaging_plane"

ALIASES = {"experiment_container_id": "ophys_container_id"}
NO_PROJECT_CODE = "Not Available"


def lab_metadata(nwb: NwbFile, name: str, *older: str) -> Any:
    """One attribute of the session's metadata; ``older`` are its names in the first release.

    Raises:
        StreamDamaged: The file has none of them.
    """
    values = nwb.attributes("metadata", METADATA)
    for known in (name, *older):
        if known in values:
            return values[known]
    raise nwb.damaged("metadata", f"/{METADATA} has no attribute {name}")


def read_behavior_metadata(nwb: NwbFile) -> AliasedDict:
    """AllenSDK's 14 keys about mouse, session and equipment; None if unknown."""
    mouse = _read_mouse(nwb)
    lab = nwb.attributes("metadata", METADATA)
    values = {
        "equipment_name": lab_metadata(nwb, "equipment_name"),
        "sex": mouse["sex"],
        "age_in_days": mouse["age_in_days"],
        "stimulus_frame_rate": float(lab_metadata(nwb, "stimulus_frame_rate")),
        "session_type": lab_metadata(nwb, "session_type"),
        "date_of_acquisition": read_date_of_acquisition(nwb),
        "reporter_line": mouse["reporter_line"],
        "cre_line": mouse["cre_line"],
        "behavior_session_uuid": _uuid(nwb, lab.get("behavior_session_uuid")),
        "driver_line": mouse["driver_line"],
        "mouse_id": mouse["mouse_id"],
        "project_code": lab.get("project_code", NO_PROJECT_CODE),
        "full_genotype": mouse["full_genotype"],
        "behavior_session_id": int(lab_metadata(nwb, "behavior_session_id")),
    }
    return AliasedDict(values, ALIASES)


def read_ophys_metadata(nwb: NwbFile, ophys_experiment_id: int) -> AliasedDict:
    """The behaviour metadata and 14 keys about the imaging plane (µm, pixels, nm, Hz)."""
    behavior = read_behavior_metadata(nwb)
    plane = _read_imaging_plane(nwb)
    lab = nwb.attributes("metadata", METADATA)
    n_groups = int(lab_metadata(nwb, "imaging_plane_group_count"))
    multi_plane = n_groups > 1
    ophys = {
        "indicator": indicator(behavior["reporter_line"]),
        "emission_lambda": plane["emission_lambda"],
        "excitation_lambda": plane["excitation_lambda"],
        "ophys_container_id": _container_id(nwb),
        "field_of_view_height": int(lab_metadata(nwb, "field_of_view_height")),
        "field_of_view_width": int(lab_metadata(nwb, "field_of_view_width")),
        "imaging_depth": int(lab_metadata(nwb, "imaging_depth")),
        "targeted_imaging_depth": lab.get("targeted_imaging_depth"),
        "imaging_plane_group": int(lab_metadata(nwb, "imaging_plane_group"))
        if multi_plane
        else None,
        "imaging_plane_group_count": n_groups if multi_plane else 0,
        "ophys_experiment_id": ophys_experiment_id,
        "ophys_frame_rate": plane["imaging_rate"],
        "ophys_session_id": int(lab_metadata(nwb, "ophys_session_id")),
        "project_code": behavior["project_code"],
        "targeted_structure": plane["location"],
    }
    return AliasedDict({**behavior, **ophys}, ALIASES)


def read_ophys_frame_rate(nwb: NwbFile) -> float:
    """The stored imaging rate (Hz); it is rounded in many files, so use it only for filters.

    Raises:
        StreamMissing: The file does not describe its imaging plane.
    """
    return float(nwb.scalar("metadata", f"{_plane_path(nwb)}/imaging_rate"))


def read_date_of_acquisition(nwb: NwbFile) -> datetime:
    """Start of the session with its time zone, which is UTC if the file names none."""
    text = str(nwb.scalar("metadata", "session_start_time"))
    try:
        date = datetime.fromisoformat(text)
    except ValueError as error:
        raise nwb.damaged("metadata", f"session_start_time {text!r} is not a date") from error
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def read_task_parameters(nwb: NwbFile) -> dict[str, Any]:
    """The parameters of the task: durations in s, volumes in ml; NaN if not applicable."""
    values = nwb.attributes("task_parameters", TASK)
    try:
        return {
            "auto_reward_volume": float(values["auto_reward_volume"]),
            "blank_duration_sec": _pair(values["blank_duration_sec"]),
            "image_set": image_set(values["session_type"]),
            "n_stimulus_frames": int(values["n_stimulus_frames"]),
            "omitted_flash_fraction": float(values["omitted_flash_fraction"]),
            "response_window_sec": _pair(values["response_window_sec"]),
            "reward_volume": float(values["reward_volume"]),
            "session_type": values["session_type"],
            "stimulus": values["stimulus"],
            "stimulus_distribution": values["stimulus_distribution"],
            "stimulus_duration_sec": float(values["stimulus_duration_sec"]),
            "stimulus_name": values.get("stimulus_name"),
            "task": values["task"],
        }
    except KeyError as error:
        problem = f"/{TASK} has no attribute {error.args[0]}"
        raise nwb.damaged("task_parameters", problem) from error
    except (TypeError, ValueError) as error:
        raise nwb.damaged("task_parameters", f"/{TASK} gives {error}") from error


def _pair(values: Any) -> list[float]:
    """Convert two numbers that the file stores as text."""
    return [float(value) for value in values]


def _read_mouse(nwb: NwbFile) -> dict[str, Any]:
    nwb.require("metadata", SUBJECT)
    attributes = nwb.attributes("metadata", SUBJECT)
    genotype = _optional(nwb, f"{SUBJECT}/genotype")
    driver_line = attributes.get("driver_line")
    reporter_line = attributes.get("reporter_line")
    return {
        "mouse_id": str(nwb.scalar("metadata", f"{SUBJECT}/subject_id")),
        "sex": _optional(nwb, f"{SUBJECT}/sex"),
        "age_in_days": age_in_days(_optional(nwb, f"{SUBJECT}/age") or ""),
        "full_genotype": genotype,
        "cre_line": cre_line(genotype or ""),
        "reporter_line": None if reporter_line == "None" else reporter_line,
        "driver_line": None if driver_line is None else sorted(map(str, np.ravel(driver_line))),
    }


def _optional(nwb: NwbFile, path: str) -> Any:
    return nwb.scalar("metadata", path) if nwb.has(path) else None


def _uuid(nwb: NwbFile, text: str | None) -> UUID | None:
    if text is None or text == "None":
        return None
    try:
        return UUID(text)
    except ValueError as error:
        problem = f"behavior_session_uuid {text!r} is not a UUID"
        raise nwb.damaged("metadata", problem) from error


def _container_id(nwb: NwbFile) -> int | None:
    return int(lab_metadata(nwb, "ophys_container_id", "experiment_container_id"))


def _plane_path(nwb: NwbFile) -> str:
    if nwb.has(PLANE_OF_CELLS):
        return PLANE_OF_CELLS
    return f"{PLANES}/{next(iter(nwb.children(PLANES)), 'imaging_plane_1')}"


def _read_imaging_plane(nwb: NwbFile) -> dict[str, Any]:
    path = _plane_path(nwb)
    channels = (n for n in nwb.children(path) if nwb.has(f"{path}/{n}/emission_lambda"))
    channel = next(channels, "channel_1")
    return {
        "emission_lambda": float(nwb.scalar("metadata", f"{path}/{channel}/emission_lambda")),
        "excitation_lambda": float(nwb.scalar("metadata", f"{path}/excitation_lambda")),
        "imaging_rate": read_ophys_frame_rate(nwb),
        "location": nwb.scalar("metadata", f"{path}/location"),
    }
