"""Reads the projections of the imaging plane, its clock and its motion correction."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.errors import StreamDamaged
from data_layer.nwb.file import NwbFile
from data_layer.nwb.images.image import Image
from data_layer.nwb.images.sizes import require_picture
from data_layer.nwb.tables import common_length, length_of
from data_layer.values.trace_kinds import OPHYS, TRACE_KINDS

IMAGES = f"{OPHYS}/images"
PROJECTIONS = {"max_projection": "max_projection", "average_projection": "average_image"}
STORED_IMAGES = (*PROJECTIONS.values(), "segmentation_mask_image")
MM_PER_CM = 10.0


def read_projection(nwb: NwbFile, stream: str) -> Image:
    """``max_projection`` or ``average_projection``: (height, width) uint8 with its pixel size."""
    path = f"{IMAGES}/{PROJECTIONS[stream]}"
    require_picture(nwb, stream, path)
    return Image(nwb.array(stream, path, ndim=2), _spacing(nwb, stream, path))


def read_spacing(nwb: NwbFile) -> tuple[float, float]:
    """Size of a pixel (mm), from any picture of the plane; NaN if there is none."""
    paths = [f"{IMAGES}/{name}" for name in STORED_IMAGES]
    sizes = (_spacing(nwb, "segmentation_mask_image", path) for path in paths if nwb.has(path))
    return next((size for size in sizes if np.isfinite(size[0])), (np.nan, np.nan))


def _spacing(nwb: NwbFile, stream: str, path: str) -> tuple[float, float]:
    # The attribute is in cm per pixel, although its documentation says pixels per cm.
    try:
        size = float(nwb.attributes(stream, path).get("resolution", np.nan)) * MM_PER_CM
    except (StreamDamaged, TypeError, ValueError):
        nwb.leave_out(f"The size of a pixel of /{path}: its attribute resolution is no number.")
        size = np.nan
    return size, size


def read_ophys_timestamps(nwb: NwbFile) -> NDArray[np.float64]:
    """Time (s) of each imaging frame (n_frames,), from the dF/F or else from another trace.

    A clock is as long as its trace; timestamps after the last frame are removed, as in AllenSDK.

    Raises:
        StreamDamaged: Every trace has more frames than timestamps, by more than one.
    """
    stream = "ophys_timestamps"
    # Events come last because they are derived from the others.
    kinds = sorted(TRACE_KINDS.values(), key=lambda kind: kind.is_sparse)
    paths = [kind.group for kind in kinds]
    clocks = [path for path in paths if _has_clock(nwb, path)] or paths[:1]
    counts = {path: _counts(nwb, path) for path in clocks}
    fitting = [path for path in clocks if abs(counts[path][0] - counts[path][1]) <= 1]
    longer = [path for path in clocks if counts[path][1] > counts[path][0]]
    path = [*fitting, *longer, *clocks][0]
    n_frames, n_times = counts[path]
    problem = f"/{path} has {n_frames} frames, but {n_times} timestamps"
    if n_times < n_frames - 1:
        raise nwb.damaged(stream, problem)
    if n_times > n_frames + 1:
        nwb.leave_out(f"{stream}: {problem}; those after the last frame.")
    kept = slice(0, n_frames)
    return nwb.array(stream, f"{path}/timestamps", rows=kept).astype(np.float64)


def _counts(nwb: NwbFile, path: str) -> tuple[int, int]:
    """The numbers of frames and of timestamps of a trace."""
    stream = "ophys_timestamps"
    n_frames = nwb.shape(stream, f"{path}/data")[0]
    return n_frames, length_of(nwb, stream, f"{path}/timestamps")


def _has_clock(nwb: NwbFile, path: str) -> bool:
    """Whether a trace and its clock can be opened; the clock of another trace does as well."""
    try:
        return has_traces(nwb, path) and bool(nwb.shape("ophys_timestamps", f"{path}/timestamps"))
    except StreamDamaged:
        return False


def has_traces(nwb: NwbFile, path: str) -> bool:
    """Whether a trace has timestamps and a two-dimensional dataset (n_frames, n_cells)."""
    both = nwb.has(f"{path}/timestamps") and nwb.has(f"{path}/data")
    return both and len(nwb.shape("ophys_timestamps", f"{path}/data")) == len(("frames", "cells"))


def read_motion_correction(nwb: NwbFile) -> pd.DataFrame:
    """Shift of each imaging frame: x and y in pixels, one row per frame."""
    stream = "motion_correction"
    paths = {axis: f"ophys_motion_correction_{axis}/data" for axis in "xy"}
    kept = slice(0, common_length(nwb, stream, OPHYS, list(paths.values())))
    return pd.DataFrame(
        {axis: nwb.array(stream, f"{OPHYS}/{path}", rows=kept) for axis, path in paths.items()}
    )
