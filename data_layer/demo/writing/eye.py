"""Writes the ellipses of eye tracking and the rig geometry."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from pynwb import NWBFile, TimeSeries

from data_layer.demo.writing.extension_types import BEHAVIOR_OPHYS, EYE_TRACKING, extension_types

_RIG_GEOMETRY = {
    "camera_position": ((102.8, 74.7, 31.6), "mm"),
    "camera_rotation": ((0.0, 0.0, 2.8), "deg"),
    "led_position": ((246.0, 92.3, 52.6), "mm"),
    "monitor_position": ((118.6, 86.2, 31.6), "mm"),
    "monitor_rotation": ((0.0, 0.0, 0.0), "deg"),
}


def add_eye_tracking(nwbfile: NWBFile, eye: pd.DataFrame, equipment_name: str) -> None:
    """Write ``/acquisition/EyeTracking`` and the rig geometry."""
    ellipse = extension_types().get("EllipseEyeTracking", EYE_TRACKING)
    tracked = _ellipses("eye_tracking", eye, "eye", eye["timestamps"].to_numpy())
    nwbfile.add_acquisition(
        ellipse(
            name="EyeTracking",
            eye_tracking=tracked,
            pupil_tracking=_ellipses("pupil_tracking", eye, "pupil", tracked),
            corneal_reflection_tracking=_ellipses(
                "corneal_reflection_tracking", eye, "cr", tracked
            ),
            likely_blink=TimeSeries(
                name="likely_blink",
                data=eye["likely_blink"].to_numpy(bool),
                timestamps=tracked,
                unit="N/A",
                description="blinks",
            ),
        )
    )
    _add_rig_geometry(nwbfile, equipment_name)


def _ellipses(name: str, eye: pd.DataFrame, part: str, timestamps: Any) -> Any:
    """One ellipse over time; ``timestamps`` may be another series whose times are shared."""
    return extension_types().get("EllipseSeries", EYE_TRACKING)(
        name=name,
        reference_frame="nose",
        data=eye[[f"{part}_center_x", f"{part}_center_y"]].to_numpy(),
        area=eye[f"{part}_area"].to_numpy(),
        area_raw=eye[f"{part}_area_raw"].to_numpy(),
        width=eye[f"{part}_width"].to_numpy(),
        height=eye[f"{part}_height"].to_numpy(),
        angle=eye[f"{part}_phi"].to_numpy(),
        timestamps=timestamps,
    )


def _add_rig_geometry(nwbfile: NWBFile, equipment_name: str) -> None:
    name = "eye_tracking_rig_metadata"
    fields: dict[str, Any] = {}
    for part, (coordinates, unit) in _RIG_GEOMETRY.items():
        fields[part] = np.array(coordinates)
        fields[f"{part}__unit_of_measurement"] = unit
    rig = extension_types().get("OphysEyeTrackingRigMetadata", BEHAVIOR_OPHYS)
    module = nwbfile.create_processing_module(name=name, description="Geometry of the rig")
    module.add(rig(name=name, equipment=equipment_name, **fields))
