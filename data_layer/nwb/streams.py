"""Finds out which streams a file has, without reading their data."""

from __future__ import annotations

from contextlib import suppress

from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.nwb.behavior import LICKING, REWARDS, RUNNING, STIMULUS
from data_layer.nwb.cells import CELLS
from data_layer.nwb.eye_tracking import EYE_TRACKING, RIG
from data_layer.nwb.file import METADATA, NwbFile
from data_layer.nwb.images.projections import IMAGES, PROJECTIONS, has_traces
from data_layer.nwb.images.templates import template_sets
from data_layer.nwb.metadata import TASK
from data_layer.nwb.presentations import presentation_tables
from data_layer.nwb.trials import TRIALS
from data_layer.values.trace_kinds import OPHYS, TRACE_KINDS

PATHS: dict[str, tuple[str, ...]] = {
    "licks": (f"{LICKING}/licks",),
    "rewards": (f"{REWARDS}/autorewarded", f"{REWARDS}/volume"),
    "running_speed": (f"{RUNNING}/speed",),
    "raw_running_speed": (f"{RUNNING}/speed_unfiltered",),
    "stimulus_timestamps": (f"{STIMULUS}/timestamps",),
    "trials": (TRIALS,),
    "task_parameters": (TASK,),
    "metadata": (METADATA,),
    "eye_tracking": (EYE_TRACKING,),
    "eye_tracking_rig_geometry": (RIG,),
    "cell_specimen_table": (CELLS,),
    "motion_correction": tuple(f"{OPHYS}/ophys_motion_correction_{axis}" for axis in "xy"),
    **{name: (f"{IMAGES}/{stored}",) for name, stored in PROJECTIONS.items()},
    "segmentation_mask_image": (f"{CELLS}/image_mask",),
    **{kind.attribute: (f"{kind.group}/data",) for kind in TRACE_KINDS.values()},
}

FIRST_RELEASE, SECOND_RELEASE = "2021", "2023"


def has_stream(nwb: NwbFile, stream: str) -> bool:
    """Whether the file has ``stream``, an attribute's name; its data are not read.

    A damaged stream is in the file: reading it says what is wrong.

    Raises:
        KeyError: There is no such attribute that comes from a file.
    """
    try:
        return _has(nwb, stream)
    except StreamDamaged:
        return True


def _has(nwb: NwbFile, stream: str) -> bool:
    if stream == "stimulus_presentations":
        return bool(presentation_tables(nwb))
    if stream == "stimulus_templates":
        return bool(template_sets(nwb))
    if stream == "ophys_timestamps":
        return any(has_traces(nwb, kind.group) for kind in TRACE_KINDS.values())
    return all(nwb.has(path) for path in PATHS[stream])


def generation(nwb: NwbFile) -> str:
    """The layout of the file: ``2021`` for the first release, ``2023`` for later ones."""
    # Trials that cannot be read say nothing; the metadata say as much.
    with suppress(StreamDamaged, StreamMissing):
        nwb.require("trials", f"{TRIALS}/stimulus_change")
        return FIRST_RELEASE
    with suppress(StreamDamaged, StreamMissing):
        lab = nwb.attributes("metadata", METADATA)
        return SECOND_RELEASE if "project_code" in lab else FIRST_RELEASE
    return SECOND_RELEASE


def is_experiment(nwb: NwbFile) -> bool:
    """Whether the file is an imaging experiment, according to its metadata or its content."""
    if nwb.has(OPHYS):
        return True
    with suppress(StreamDamaged, StreamMissing):
        return "ophys_session_id" in nwb.attributes("metadata", METADATA)
    return False
