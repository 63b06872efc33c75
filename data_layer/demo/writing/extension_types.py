"""The four NWB extensions of the released files, and classes to write them with.

Names, versions and fields are those that the released files carry, so that every reader of the
release finds what it expects. The types are kept in a type map of their own: registering them
with pynwb for the whole process would break the reading of files of the first release, whose
types have the same names and other fields.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hdmf.build import BuildManager, TypeMap
from pynwb import get_type_map
from pynwb.spec import (
    NWBAttributeSpec,
    NWBDatasetSpec,
    NWBGroupSpec,
    NWBNamespaceBuilder,
)

BEHAVIOR_OPHYS = "ndx-aibs-behavior-ophys"
EVENT_DETECTION = "ndx-aibs-ophys-event-detection"
STIMULUS_TEMPLATE = "ndx-aibs-stimulus-template"
EYE_TRACKING = "ndx-ellipse-eye-tracking"

_AUTHOR = "Allen Institute for Brain Science"
_CONTACT = "https://brain-map.org"

_TASK_PARAMETERS = {
    "session_type": ("text", "Which stage of training or imaging the session belongs to"),
    "task": ("text", "What the mouse has to do"),
    "stimulus": ("text", "Kind of stimulus: images or grating"),
    "stimulus_name": ("text", "Which set of pictures was shown"),
    "stimulus_distribution": ("text", "Distribution from which the change times were drawn"),
    "stimulus_duration_sec": ("float", "How long one picture is on the screen, s"),
    "omitted_flash_fraction": ("float", "Probability that a flash is left out"),
    "reward_volume": ("float", "Water for a hit, ml"),
    "auto_reward_volume": ("float", "Water given free, ml"),
    "n_stimulus_frames": ("int", "On how many monitor frames a picture was drawn"),
}
_TASK_PARAMETER_PAIRS = {
    "blank_duration_sec": "Shortest and longest gray interval between pictures, s",
    "response_window_sec": "Begin and end of the time after a change in which a lick counts, s",
}
_BEHAVIOR_METADATA = {
    "behavior_session_id": ("int", "Id of the behavior session"),
    "behavior_session_uuid": ("text", "Universal id of the behavior session"),
    "equipment_name": ("text", "The rig"),
    "project_code": ("text", "Which variant of the data set the session belongs to"),
    "session_type": ("text", "Which stage of training or imaging the session belongs to"),
    "stimulus_frame_rate": ("float", "Nominal frame rate of the monitor, Hz"),
}
_OPHYS_METADATA = {
    "ophys_experiment_id": ("int", "Id of the imaging plane in this session"),
    "ophys_session_id": ("int", "Id of the imaging session"),
    "ophys_container_id": ("int", "Id of the plane across the days"),
    "field_of_view_height": ("int", "Rows of the field of view, pixels"),
    "field_of_view_width": ("int", "Columns of the field of view, pixels"),
    "imaging_depth": ("int", "Depth of the plane below the surface of the cortex, um"),
    "targeted_imaging_depth": ("int", "Mean depth of the container's planes, um"),
    "imaging_plane_group": ("int", "Which planes were scanned together; -1 for single planes"),
    "imaging_plane_group_count": ("int", "How many groups were scanned; 0 for single planes"),
}
_RIG_GEOMETRY = (
    "camera_position",
    "camera_rotation",
    "led_position",
    "monitor_position",
    "monitor_rotation",
)
_ELLIPSE = {
    "area": "Area, NaN around blinks, px^2",
    "area_raw": "Area as fitted, px^2",
    "width": "Half of the horizontal axis, px",
    "height": "Half of the vertical axis, px",
    "angle": "Angle between the horizontal and the first axis, rad",
}


@dataclass(frozen=True)
class ExtensionTypes:
    """One type map with the extension types, and the classes made from it."""

    type_map: TypeMap

    def manager(self) -> BuildManager:
        """A build manager for one file to be written."""
        return BuildManager(self.type_map)

    def get(self, name: str, namespace: str) -> Any:
        """The class to write objects of type ``name`` with."""
        return self.type_map.get_dt_container_cls(name, namespace)


@cache
def extension_types() -> ExtensionTypes:
    """The types of this process, made at first use."""
    type_map = get_type_map()  # a copy: pynwb's own stays as it is
    for builder in (_behavior_ophys(), _event_detection(), _stimulus_template(), _eye_tracking()):
        _load(builder, type_map)
    return ExtensionTypes(type_map)


def _load(builder: NWBNamespaceBuilder, type_map: TypeMap) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{builder.name}.namespace.yaml"
        builder.export(path.name, outdir=folder)
        type_map.load_namespaces(str(path))


def _namespace(name: str, version: str, doc: str, includes: list[str]) -> NWBNamespaceBuilder:
    builder = NWBNamespaceBuilder(
        doc=doc, name=name, version=version, author=_AUTHOR, contact=_CONTACT
    )
    for included in includes:
        builder.include_type(included, namespace="core")
    return builder


def _attributes(fields: dict[str, tuple[str, str]]) -> list[NWBAttributeSpec]:
    return [NWBAttributeSpec(name=n, dtype=d, doc=doc) for n, (d, doc) in fields.items()]


def _vectors(fields: dict[str, str]) -> list[NWBDatasetSpec]:
    return [NWBDatasetSpec(name=n, dtype="float", shape=(None,), doc=d) for n, d in fields.items()]


def _behavior_ophys() -> NWBNamespaceBuilder:
    builder = _namespace(
        BEHAVIOR_OPHYS,
        "0.2.0",
        "Behavior and imaging of the Allen Institute's visual task",
        ["LabMetaData", "Subject", "NWBDataInterface"],
    )
    pairs = [
        NWBAttributeSpec(name=n, dtype="text", shape=(2,), doc=doc)
        for n, doc in _TASK_PARAMETER_PAIRS.items()
    ]
    lines = [
        NWBAttributeSpec(name="reporter_line", dtype="text", doc="Reporter line of the mouse"),
        NWBAttributeSpec(
            name="driver_line",
            dtype="text",
            shape=(None,),
            required=False,
            doc="Driver lines of the mouse",
        ),
    ]
    metadata = _attributes(_BEHAVIOR_METADATA)
    for name, parent, doc, attributes in (
        (
            "BehaviorTaskParameters",
            "LabMetaData",
            "How the task was set up",
            _attributes(_TASK_PARAMETERS) + pairs,
        ),
        ("BehaviorSubject", "Subject", "The mouse", lines),
        ("BehaviorMetadata", "LabMetaData", "Which behavior session this is", metadata),
        (
            "OphysBehaviorMetadata",
            "BehaviorMetadata",
            "Which imaging plane this is",
            _attributes(_BEHAVIOR_METADATA | _OPHYS_METADATA),
        ),
    ):
        builder.add_spec(
            f"{BEHAVIOR_OPHYS}.extension.yaml",
            NWBGroupSpec(
                doc=doc,
                neurodata_type_def=name,
                neurodata_type_inc=parent,
                attributes=attributes,
            ),
        )
    builder.add_spec(f"{BEHAVIOR_OPHYS}.extension.yaml", _rig_geometry())
    return builder


def _rig_geometry() -> NWBGroupSpec:
    unit = NWBAttributeSpec(name="unit_of_measurement", dtype="text", doc="mm or deg")
    return NWBGroupSpec(
        doc="Where camera, lamp and monitor stand around the eye",
        neurodata_type_def="OphysEyeTrackingRigMetadata",
        neurodata_type_inc="NWBDataInterface",
        attributes=[NWBAttributeSpec(name="equipment", dtype="text", doc="The rig")],
        datasets=[
            NWBDatasetSpec(
                name=name,
                dtype="float",
                shape=(None,),
                attributes=[unit],
                doc=f"{name.replace('_', ' ')} along x, y and z",
            )
            for name in _RIG_GEOMETRY
        ],
    )


def _event_detection() -> NWBNamespaceBuilder:
    builder = _namespace(
        EVENT_DETECTION, "0.1.0", "Calcium events found in traces of cells", ["RoiResponseSeries"]
    )
    builder.add_spec(
        f"{EVENT_DETECTION}.extensions.yaml",
        NWBGroupSpec(
            doc="Magnitude of the event of each frame and cell, zero where there is none",
            name="event_detection",
            neurodata_type_def="OphysEventDetection",
            neurodata_type_inc="RoiResponseSeries",
            datasets=_vectors(
                {
                    "lambdas": "Regularisation weight of each cell",
                    "noise_stds": "Standard deviation of each cell's noise",
                }
            ),
        ),
    )
    return builder


def _stimulus_template() -> NWBNamespaceBuilder:
    builder = _namespace(
        STIMULUS_TEMPLATE, "0.1.0", "Pictures that were shown to the mouse", ["ImageSeries"]
    )
    builder.add_spec(
        f"{STIMULUS_TEMPLATE}.extensions.yaml",
        NWBGroupSpec(
            doc="Pictures as sent to the monitor, warped for the distance of its parts to the eye",
            neurodata_type_def="StimulusTemplate",
            neurodata_type_inc="ImageSeries",
            datasets=[
                NWBDatasetSpec(
                    name="unwarped",
                    dtype="float",
                    shape=(None, None, None),
                    doc="The pictures as the eye saw them, NaN outside of what was visible",
                )
            ],
        ),
    )
    return builder


def _eye_tracking() -> NWBNamespaceBuilder:
    builder = _namespace(
        EYE_TRACKING,
        "0.1.0",
        "Ellipses fitted to an eye on video",
        ["SpatialSeries", "EyeTracking", "TimeSeries"],
    )
    centre = NWBDatasetSpec(
        name="data",
        dtype="numeric",
        shape=(None, 2),
        dims=("num_times", "x, y"),
        doc="Centre of the ellipse, px",
        attributes=[
            NWBAttributeSpec(
                name="unit",
                dtype="text",
                doc="Unit of the centre",
                default_value="meters",
                required=False,
            )
        ],
    )
    builder.add_spec(
        f"{EYE_TRACKING}.extensions.yaml",
        NWBGroupSpec(
            doc="One ellipse over time",
            neurodata_type_def="EllipseSeries",
            neurodata_type_inc="SpatialSeries",
            datasets=[centre, *_vectors(_ELLIPSE)],
        ),
    )
    parts = {
        "eye_tracking": "The eye",
        "pupil_tracking": "The pupil",
        "corneal_reflection_tracking": "The lamp's reflection",
    }
    groups = [
        NWBGroupSpec(name=n, neurodata_type_inc="EllipseSeries", doc=d) for n, d in parts.items()
    ]
    blink = NWBGroupSpec(
        name="likely_blink",
        neurodata_type_inc="TimeSeries",
        doc="Whether the frame probably shows a blink",
    )
    # newer core types ask for one further series, which released files do not have
    others = NWBGroupSpec(neurodata_type_inc="SpatialSeries", quantity="*", doc="Other series")
    builder.add_spec(
        f"{EYE_TRACKING}.extensions.yaml",
        NWBGroupSpec(
            doc="Eye, pupil and corneal reflection",
            default_name="EyeTracking",
            neurodata_type_def="EllipseEyeTracking",
            neurodata_type_inc="EyeTracking",
            groups=[*groups, blink, others],
        ),
    )
    return builder
