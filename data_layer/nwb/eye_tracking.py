"""Reads eye tracking, and the positions of camera, LED and monitor."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.blinks import likely_blinks, without_blinks
from data_layer.nwb.file import NwbFile
from data_layer.nwb.tables import common_length

EYE_TRACKING = "acquisition/EyeTracking"
RIG = "processing/eye_tracking_rig_metadata"
STREAM, GEOMETRY = "eye_tracking", "eye_tracking_rig_geometry"

SERIES = {
    "cr": "corneal_reflection_tracking",
    "eye": "eye_tracking",
    "pupil": "pupil_tracking",
}
AREAS = ("cr_area", "eye_area", "pupil_area")
RAW_AREAS = ("pupil_area_raw", "cr_area_raw", "eye_area_raw")
SHAPE = {"width": "width", "height": "height", "phi": "angle"}
AREA_COLUMNS = (
    *("timestamps", "eye_area", "pupil_area"),
    *("likely_blink", "pupil_area_raw", "eye_area_raw"),
)
COLUMNS = (
    *("timestamps", *AREAS, "likely_blink", *RAW_AREAS),
    *(f"{p}_{q}" for p in SERIES for q in ("center_x", "center_y", *SHAPE)),
)


class Coordinates(NamedTuple):
    """A position (mm) or rotation (degrees) in space."""

    x: float
    y: float
    z: float


def read_eye_tracking(nwb: NwbFile, z_threshold: float, dilation_frames: int) -> pd.DataFrame:
    """Ellipses of eye, pupil and corneal reflection, one row per camera frame, index frame.

    Times are in s, lengths (semi-axes) in camera pixels, areas in px², angles in radians. Blinks
    are computed from the raw areas; values that they make unreliable are NaN.

    Returns:
        23 columns; no rows if the session has no eye tracking.
    """
    if not nwb.has(EYE_TRACKING):
        empty = pd.DataFrame({name: np.empty(0) for name in COLUMNS})
        return empty.astype({"likely_blink": bool}).rename_axis(index="frame")
    clock = "eye_tracking/timestamps"
    kept = slice(0, common_length(nwb, STREAM, EYE_TRACKING, [clock, *_ellipses()]))
    columns = {"timestamps": nwb.array(STREAM, f"{EYE_TRACKING}/{clock}", rows=kept)}
    for part in SERIES:
        columns |= _read_ellipses(nwb, part, kept)
    columns |= {area: columns[f"{area}_raw"] for area in AREAS}
    columns["likely_blink"] = likely_blinks(
        columns["eye_area_raw"], columns["pupil_area_raw"], z_threshold, dilation_frames
    )
    # Without a copy: a long recording would not fit into the memory twice.
    table = pd.DataFrame({name: columns[name] for name in COLUMNS}, copy=False)
    return without_blinks(table.rename_axis(index="frame"))


def read_eye_areas(nwb: NwbFile, z_threshold: float, dilation_frames: int) -> pd.DataFrame:
    """``AREA_COLUMNS`` of :func:`read_eye_tracking`, for which three of its 16 datasets suffice."""
    if not nwb.has(EYE_TRACKING):
        return read_eye_tracking(nwb, z_threshold, dilation_frames)[list(AREA_COLUMNS)]
    clock = "eye_tracking/timestamps"
    kept = slice(0, common_length(nwb, STREAM, EYE_TRACKING, [clock, *_ellipses()]))
    columns = {"timestamps": nwb.array(STREAM, f"{EYE_TRACKING}/{clock}", rows=kept)}
    for part in ("eye", "pupil"):
        path = f"{EYE_TRACKING}/{SERIES[part]}/area_raw"
        columns[f"{part}_area_raw"] = nwb.array(STREAM, path, rows=kept)
    raw = columns["eye_area_raw"], columns["pupil_area_raw"]
    columns["likely_blink"] = likely_blinks(*raw, z_threshold, dilation_frames)
    table = pd.DataFrame(columns).rename_axis(index="frame")
    masked = {
        f"{part}_area": table[f"{part}_area_raw"].mask(table["likely_blink"])
        for part in ("eye", "pupil")
    }
    return table.assign(**masked)[list(AREA_COLUMNS)]


def _ellipses() -> list[str]:
    """The datasets of all ellipses, below ``EYE_TRACKING``."""
    return [f"{one}/{d}" for one in SERIES.values() for d in ("data", "area_raw", *SHAPE.values())]


def _read_ellipses(nwb: NwbFile, part: str, kept: slice) -> dict[str, NDArray[Any]]:
    path = f"{EYE_TRACKING}/{SERIES[part]}"
    size = nwb.shape(STREAM, f"{path}/data")
    if size[1:] != (2,):
        raise nwb.damaged(STREAM, f"/{path}/data has shape {size}, expected (frames, 2)")
    centre = nwb.array(STREAM, f"{path}/data", ndim=2, rows=kept)
    shape = {
        f"{part}_{ours}": nwb.array(STREAM, f"{path}/{its}", rows=kept)
        for ours, its in SHAPE.items()
    }
    return {
        f"{part}_center_x": centre[:, 0],
        f"{part}_center_y": centre[:, 1],
        f"{part}_area_raw": nwb.array(STREAM, f"{path}/area_raw", rows=kept),
        **shape,
    }


def read_rig_geometry(nwb: NwbFile) -> dict[str, Any]:
    """Positions (mm) and rotations (degrees) of camera, LED and monitor; empty if unknown."""
    if not nwb.has(RIG):
        return {}
    path = f"{RIG}/eye_tracking_rig_metadata"
    return {
        "camera_position_mm": _coordinates(nwb, f"{path}/camera_position"),
        "camera_rotation_deg": _coordinates(nwb, f"{path}/camera_rotation"),
        "equipment": nwb.attributes(GEOMETRY, path).get("equipment"),
        "led_position": _coordinates(nwb, f"{path}/led_position"),
        "monitor_position_mm": _coordinates(nwb, f"{path}/monitor_position"),
        "monitor_rotation_deg": _coordinates(nwb, f"{path}/monitor_rotation"),
    }


def _coordinates(nwb: NwbFile, path: str) -> Coordinates:
    values = nwb.array(GEOMETRY, path)
    if len(values) != len(Coordinates._fields):
        raise nwb.damaged(GEOMETRY, f"/{path} has {len(values)} values, expected x, y and z")
    return Coordinates(*(float(value) for value in values))
