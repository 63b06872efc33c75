"""Writes the part that both kinds of files share: the mouse, the task and the behavior."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pynwb import NWBFile, ProcessingModule, TimeSeries

from data_layer.demo.recording import Recording
from data_layer.demo.sessions import SessionPlan
from data_layer.demo.writing.extension_types import BEHAVIOR_OPHYS, extension_types
from data_layer.demo.writing.eye import add_eye_tracking
from data_layer.demo.writing.intervals import add_presentations, add_trials
from data_layer.demo.writing.save import save
from data_layer.demo.writing.stimuli import add_stimulus_templates

KEYWORDS = ["2-photon", "calcium imaging", "visual cortex", "behavior", "task"]


def write_behavior_session(path: Path, recording: Recording) -> None:
    """Write a behavior session's NWB file to ``path``."""
    plan = recording.plan
    nwbfile = new_file(plan, plan.behavior_session_id)
    nwbfile.add_lab_meta_data(
        extension_types().get("BehaviorMetadata", BEHAVIOR_OPHYS)(
            name="metadata", **behavior_metadata(plan)
        )
    )
    add_behavior(nwbfile, recording)
    save(nwbfile, path)


def new_file(plan: SessionPlan, identifier: int) -> NWBFile:
    """A new NWB file with the session's general metadata and its mouse."""
    nwbfile = NWBFile(
        session_description=plan.session_type,
        identifier=str(identifier),
        session_start_time=plan.date_of_acquisition,
        timestamps_reference_time=plan.date_of_acquisition,
        file_create_date=plan.date_of_acquisition,
        institution="Allen Institute for Brain Science",
        keywords=KEYWORDS,
        experiment_description=_experiment_description(plan),
    )
    nwbfile.create_device(
        name=plan.equipment_name, description=f"Simulated rig {plan.equipment_name}"
    )
    nwbfile.subject = _subject(plan)
    return nwbfile


def behavior_metadata(plan: SessionPlan) -> dict[str, Any]:
    """The metadata that both kinds of files have."""
    return {
        "behavior_session_id": plan.behavior_session_id,
        "behavior_session_uuid": plan.behavior_session_uuid,
        "equipment_name": plan.equipment_name,
        "project_code": plan.project_code,
        "session_type": plan.session_type,
        "stimulus_frame_rate": 60.0,
    }


def add_behavior(nwbfile: NWBFile, recording: Recording) -> None:
    """Add every stream of behavior, and eye tracking if there is any."""
    parameters = extension_types().get("BehaviorTaskParameters", BEHAVIOR_OPHYS)
    nwbfile.add_lab_meta_data(parameters(name="task_parameters", **recording.task_parameters))
    _add_stimulus_timestamps(nwbfile, recording)
    _add_running(nwbfile, recording)
    _add_licks(nwbfile, recording)
    _add_rewards(nwbfile, recording)
    add_trials(nwbfile, recording.trials)
    add_presentations(nwbfile, recording.stimulus_presentations)
    add_stimulus_templates(nwbfile, recording)
    if recording.eye_tracking is not None:
        add_eye_tracking(nwbfile, recording.eye_tracking, recording.plan.equipment_name)


def _subject(plan: SessionPlan) -> Any:
    mouse = plan.mouse
    return extension_types().get("BehaviorSubject", BEHAVIOR_OPHYS)(
        subject_id=mouse.mouse_id,
        sex=mouse.sex,
        age=f"P{plan.age_in_days}D",
        genotype=mouse.full_genotype,
        species="Mus musculus",
        description="A simulated mouse",
        driver_line=list(mouse.driver_line),
        reporter_line=mouse.reporter_line,
    )


def _experiment_description(plan: SessionPlan) -> str:
    watch = "is shown" if plan.is_passive else "reports with a lick"
    what = "gratings" if plan.image_set.is_grating else "eight images"
    return (
        f"Simulated session: a mouse {watch} changes among {what} "
        f"for {plan.schedule.task / 60:.0f} minutes."
    )


def _add_stimulus_timestamps(nwbfile: NWBFile, recording: Recording) -> None:
    times = recording.stimulus_timestamps
    module = _module(nwbfile, "stimulus", "Times of the monitor's frames")
    module.add(TimeSeries(name="timestamps", data=times, timestamps=times.copy(), unit="s"))


def _add_running(nwbfile: NWBFile, recording: Recording) -> None:
    running, times = recording.running, recording.stimulus_timestamps
    module = _module(nwbfile, "running", "Running speed on the wheel")
    for name, data, unit in (
        ("speed", running.speed, "cm/s"),
        ("speed_unfiltered", running.speed_unfiltered, "cm/s"),
        ("dx", running.dx, "cm"),
    ):
        module.add(TimeSeries(name=name, data=data, timestamps=times.copy(), unit=unit))
    for name, data in (("v_sig", running.v_sig), ("v_in", running.v_in)):
        nwbfile.add_acquisition(TimeSeries(name=name, data=data, timestamps=times.copy(), unit="V"))


def _add_licks(nwbfile: NWBFile, recording: Recording) -> None:
    licks = recording.licks
    if licks.empty:  # as in the release, there is no module without licks
        return
    module = _module(nwbfile, "licking", "Licks")
    module.add(
        TimeSeries(
            name="licks",
            data=licks["frame"].to_numpy(),
            timestamps=licks["timestamps"].to_numpy(),
            unit="N/A",
            description="Monitor frame of each lick",
        )
    )


def _add_rewards(nwbfile: NWBFile, recording: Recording) -> None:
    rewards = recording.rewards
    if rewards.empty:
        return
    module = _module(nwbfile, "rewards", "Water rewards")
    times = rewards["timestamps"].to_numpy()
    for name, column in (("volume", "volume"), ("autorewarded", "auto_rewarded")):
        data = rewards[column].to_numpy()
        module.add(TimeSeries(name=name, data=data, timestamps=times.copy(), unit="mL"))


def _module(nwbfile: NWBFile, name: str, description: str) -> ProcessingModule:
    return nwbfile.create_processing_module(name=name, description=description)
