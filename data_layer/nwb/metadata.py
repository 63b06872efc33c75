"""Reads metadata and task parameters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import numpy as np

from data_layer.derived.mouse import age_in_days, cre_line, indicator
from data_layer.derived.session_type import image_set
from data_layer.errors import NotReadableNow, SessionFileError, StreamMissing
from data_layer.nwb.aliases import AliasedDict
from data_layer.nwb.file import METADATA, NwbFile

Value = TypeVar("Value")

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


def whole_number(nwb: NwbFile, name: str, *older: str) -> int:
    """One attribute of the session's metadata that is a whole number, such as an id.

    Raises:
        StreamDamaged: The file has none of the names, or it is no number.
    """
    value = lab_metadata(nwb, name, *older)
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError) as error:
        problem = f"attribute {name} of /{METADATA} is {value!r}, expected a whole number"
        raise nwb.damaged(name, problem) from error


def read_behavior_metadata(nwb: NwbFile) -> AliasedDict:
    """AllenSDK's 14 keys about mouse, session and equipment.

    None where the file does not say or cannot be read; ``left_out`` of the file has what cannot.
    """
    lab = _Keys(nwb)
    values = {
        "equipment_name": lab.text("equipment_name"),
        "sex": lab.read("sex", lambda: _optional(nwb, f"{SUBJECT}/sex")),
        "age_in_days": lab.read("age_in_days", lambda: _age_in_days(nwb)),
        "stimulus_frame_rate": lab.read(
            "stimulus_frame_rate", lambda: float(lab_metadata(nwb, "stimulus_frame_rate"))
        ),
        "session_type": lab.text("session_type"),
        "date_of_acquisition": lab.read(
            "date_of_acquisition", lambda: read_date_of_acquisition(nwb)
        ),
        "reporter_line": lab.read("reporter_line", lambda: _reporter_line(nwb)),
        "cre_line": lab.read("cre_line", lambda: cre_line(_genotype(nwb) or "")),
        "behavior_session_uuid": lab.read("behavior_session_uuid", lambda: _uuid(nwb)),
        "driver_line": lab.read("driver_line", lambda: _driver_line(nwb)),
        "mouse_id": lab.read("mouse_id", lambda: _mouse_id(nwb)),
        "project_code": lab.read("project_code", lambda: _project_code(nwb)),
        "full_genotype": lab.read("full_genotype", lambda: _genotype(nwb)),
        "behavior_session_id": lab.number("behavior_session_id"),
    }
    return AliasedDict(values, ALIASES)


def read_ophys_metadata(nwb: NwbFile, ophys_experiment_id: int | None) -> AliasedDict:
    """The behaviour metadata and 14 keys about the imaging plane (µm, pixels, nm, Hz)."""
    behavior, lab = read_behavior_metadata(nwb), _Keys(nwb)
    n_groups = lab.number("imaging_plane_group_count")
    multi_plane = n_groups is not None and n_groups > 1
    ophys = {
        "indicator": lab.read("indicator", lambda: indicator(_reporter_line(nwb))),
        "emission_lambda": lab.read("emission_lambda", lambda: _emission(nwb)),
        "excitation_lambda": lab.read(
            "excitation_lambda",
            lambda: float(nwb.scalar("metadata", f"{_plane_path(nwb)}/excitation_lambda")),
        ),
        "ophys_container_id": lab.number("ophys_container_id", "experiment_container_id"),
        "field_of_view_height": lab.number("field_of_view_height"),
        "field_of_view_width": lab.number("field_of_view_width"),
        "imaging_depth": lab.number("imaging_depth"),
        "targeted_imaging_depth": lab.read("targeted_imaging_depth", lambda: _target(nwb)),
        "imaging_plane_group": lab.number("imaging_plane_group") if multi_plane else None,
        "imaging_plane_group_count": n_groups if multi_plane else n_groups and 0,
        "ophys_experiment_id": ophys_experiment_id,
        "ophys_frame_rate": lab.read("ophys_frame_rate", lambda: read_ophys_frame_rate(nwb)),
        "ophys_session_id": lab.number("ophys_session_id"),
        "project_code": behavior["project_code"],
        "targeted_structure": lab.read(
            "targeted_structure",
            lambda: _text(nwb, nwb.scalar("metadata", f"{_plane_path(nwb)}/location")),
        ),
    }
    return AliasedDict({**behavior, **ophys}, ALIASES)


class _Keys:
    """Reads keys of the metadata one by one: one that cannot be read costs no other."""

    def __init__(self, nwb: NwbFile) -> None:
        self._nwb = nwb

    def read(self, key: str, value: Callable[[], Value]) -> Value | None:
        """The value of a key; None, with a word in ``left_out``, if it cannot be read."""
        try:
            return value()
        except NotReadableNow:
            raise
        except StreamMissing as error:
            why = f"{error.expected} is not in the file"
        except SessionFileError as error:
            why = error.problem.removeprefix("metadata cannot be read: ")
        except (TypeError, ValueError, OverflowError, AttributeError) as error:
            why = str(error)
        self._nwb.leave_out(f"{key} of metadata: {why}.")
        return None

    def text(self, key: str) -> str | None:
        """An attribute that is text."""
        return self.read(key, lambda: _text(self._nwb, lab_metadata(self._nwb, key)))

    def number(self, key: str, *older: str) -> int | None:
        """An attribute that is a whole number."""
        return self.read(key, lambda: whole_number(self._nwb, key, *older))


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


def _mouse_id(nwb: NwbFile) -> str:
    value = nwb.scalar("metadata", f"{SUBJECT}/subject_id")
    return str(value) if isinstance(value, int) else _text(nwb, value)


def _target(nwb: NwbFile) -> int | None:
    """The depth that was aimed at (µm), which files of the first release do not have."""
    name = "targeted_imaging_depth"
    present = name in nwb.attributes("metadata", METADATA)
    return whole_number(nwb, name) if present else None


def _genotype(nwb: NwbFile) -> str | None:
    return _optional(nwb, f"{SUBJECT}/genotype")


def _age_in_days(nwb: NwbFile) -> int | None:
    return age_in_days(_optional(nwb, f"{SUBJECT}/age") or "")


def _reporter_line(nwb: NwbFile) -> str | None:
    line = nwb.attributes("metadata", SUBJECT).get("reporter_line")
    return None if line is None or line == "None" else _text(nwb, line)


def _driver_line(nwb: NwbFile) -> list[str] | None:
    line = nwb.attributes("metadata", SUBJECT).get("driver_line")
    return None if line is None else sorted(map(str, np.ravel(line)))


def _project_code(nwb: NwbFile) -> str:
    return _text(nwb, nwb.attributes("metadata", METADATA).get("project_code", NO_PROJECT_CODE))


def _text(nwb: NwbFile, value: Any) -> str:
    if not isinstance(value, str):
        raise nwb.damaged("metadata", f"{value!r} is not text")
    return value


def _optional(nwb: NwbFile, path: str) -> str | None:
    return _text(nwb, nwb.scalar("metadata", path)) if nwb.has(path) else None


def _uuid(nwb: NwbFile) -> UUID | None:
    text = nwb.attributes("metadata", METADATA).get("behavior_session_uuid")
    return None if text is None or text == "None" else UUID(_text(nwb, text))


def _plane_path(nwb: NwbFile) -> str:
    if nwb.has(PLANE_OF_CELLS):
        return PLANE_OF_CELLS
    return f"{PLANES}/{next(iter(nwb.children(PLANES)), 'imaging_plane_1')}"


def _emission(nwb: NwbFile) -> float:
    path = _plane_path(nwb)
    channels = (n for n in nwb.children(path) if nwb.has(f"{path}/{n}/emission_lambda"))
    return float(nwb.scalar("metadata", f"{path}/{next(channels, 'channel_1')}/emission_lambda"))
