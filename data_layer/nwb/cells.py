"""Reads the cells of an imaging plane: their table and their masks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.nwb.file import Kind, NwbFile
from data_layer.nwb.hdf5.limits import MOST_BYTES
from data_layer.nwb.images.sizes import require_picture
from data_layer.nwb.streaming.mask_boxes import MaskBoxes
from data_layer.nwb.tables import (
    column_names,
    length_of,
    object_column,
    read_column,
    read_columns,
    require_columns,
    require_equal,
)

STREAM = "cell_specimen_table"
CELLS = "processing/ophys/image_segmentation/cell_specimen_table"
MASKS = f"{CELLS}/image_mask"
UNMATCHED = -1
MASKS_AT_ONCE = 32

NEEDED = ("cell_specimen_id", "valid_roi")
KINDS: dict[str, Kind] = {
    **{f"max_correction_{side}": "number" for side in ("down", "left", "right", "up")},
    "mask_image_plane": "number",
    **dict.fromkeys(("cell_specimen_id", "x", "y", "width", "height"), "number"),
    "valid_roi": "bool",
}


@dataclass(frozen=True)
class KeptRois:
    """The ROIs of the file that are returned as cells; see :func:`read_cells`.

    Attributes:
        stored_ids: (n_stored,) cell_roi_id of every ROI in the file.
        rows: (n_cells,) rows of the cells in the file, in stored order.
    """

    stored_ids: NDArray[np.int64]
    rows: NDArray[np.int64]

    @property
    def roi_ids(self) -> NDArray[np.int64]:
        """The cell_roi_id of the cells (n_cells,)."""
        return self.stored_ids[self.rows]


@dataclass(frozen=True)
class Cells(KeptRois):
    """The cells, and their table without masks.

    Attributes:
        table: index cell_specimen_id (None or NaN for unmatched cells), cell_roi_id first.
        columns: all columns of the table in AllenSDK's order, including roi_mask.
    """

    table: pd.DataFrame
    columns: list[str]

    def as_columns(self) -> pd.DataFrame:
        """The table with cell_roi_id and cell_specimen_id (Int64) as its first columns."""
        specimens = pd.Series(self.table.index.to_numpy(float, na_value=np.nan)).astype("Int64")
        table = self.table.reset_index(drop=True)
        table.insert(1, "cell_specimen_id", specimens)
        return table


def read_kept_rois(nwb: NwbFile, exclude_invalid_rois: bool) -> KeptRois:
    """The ROIs that are cells, without their table; arguments as for :func:`read_cells`."""
    lengths = {name: length_of(nwb, STREAM, f"{CELLS}/{name}") for name in ("id", "valid_roi")}
    require_equal(nwb, STREAM, CELLS, lengths)
    ids = nwb.array(STREAM, f"{CELLS}/id").astype(np.int64)
    valid = read_column(nwb, STREAM, f"{CELLS}/valid_roi", "bool")
    return KeptRois(ids, np.flatnonzero(_kept(valid, exclude_invalid_rois)))


def _kept(valid: NDArray[Any], exclude_invalid_rois: bool) -> NDArray[np.bool_]:
    return valid.astype(bool) if exclude_invalid_rois else np.ones(len(valid), bool)


def read_cells(nwb: NwbFile, exclude_invalid_rois: bool) -> Cells:
    """The cells of the plane without their masks (a few kB).

    Args:
        nwb: the file.
        exclude_invalid_rois: whether to return only ROIs that are classified as cells.
    """
    skip = ("image_mask", "pixel_mask", "voxel_mask")
    columns: dict[str, Any] = dict(read_columns(nwb, STREAM, CELLS, KINDS, skip))
    require_columns(nwb, STREAM, CELLS, columns, NEEDED)
    ids = nwb.array(STREAM, f"{CELLS}/id").astype(np.int64)
    lengths = {"id": len(ids), "valid_roi": len(columns["valid_roi"])}
    if nwb.has(MASKS):
        lengths["image_mask"] = _n_masks(nwb)
    require_equal(nwb, STREAM, CELLS, lengths)
    specimens = columns.pop("cell_specimen_id")
    table = pd.DataFrame({"cell_roi_id": ids, **columns})
    # From a list of numbers and None pandas infers the same index type as in AllenSDK.
    matched = pd.Series([None if i == UNMATCHED else i for i in specimens])
    table.index = pd.Index(matched, name="cell_specimen_id")
    keep = _kept(columns["valid_roi"], exclude_invalid_rois)
    names = ["cell_roi_id", *(n for n in column_names(nwb, STREAM, CELLS) if n in columns)]
    stored = [n for n in column_names(nwb, STREAM, CELLS) if n in columns or n == "image_mask"]
    with_mask = ["cell_roi_id", *("roi_mask" if n == "image_mask" else n for n in stored)]
    return Cells(ids, np.flatnonzero(keep), table.loc[keep, names], with_mask)


def read_cell_specimen_table(nwb: NwbFile, cells: Cells) -> pd.DataFrame:
    """The cells with ``roi_mask``, one (height, width) bool array each."""
    masks = [mask for block in _mask_blocks(nwb, cells.rows) for mask in block]
    column = object_column(masks, cells.table.index)
    return cells.table.assign(roi_mask=column.to_numpy())[cells.columns]


def read_roi_mask(nwb: NwbFile, cells: KeptRois, cell_roi_id: int) -> NDArray[np.bool_]:
    """One cell's mask (height, width), read without the others.

    Raises:
        KeyError: There is no such cell.
    """
    row = int(cells.rows[row_of(cells.roi_ids, cell_roi_id)])
    _n_masks(nwb)
    boxes = mask_boxes(nwb)
    boxed = boxes.read(row) if boxes else None
    if boxed is not None:
        return boxed
    return nwb.array(STREAM, MASKS, "bool", ndim=3, rows=row).astype(bool)


def mask_boxes(nwb: NwbFile) -> MaskBoxes | None:
    """The bounding boxes of the masks of a streamed file; None if masks are read whole."""
    if nwb.remote is None:
        return None
    n_masks = _n_masks(nwb)
    with suppress(StreamMissing, StreamDamaged):
        boxes = MaskBoxes(nwb, STREAM, CELLS, MASKS)
        return boxes if len(boxes) == n_masks else None
    return None


def read_any_mask(nwb: NwbFile, cells: Cells) -> NDArray[np.int64]:
    """1 in any cell's mask, else 0: (height, width)."""
    _n_masks(nwb)
    covered = np.zeros(nwb.shape(STREAM, MASKS)[1:], bool)
    for block in _mask_blocks(nwb, cells.rows):
        covered |= block.any(axis=0)
    return covered.astype(np.int64)


def row_of(roi_ids: NDArray[np.int64], cell_roi_id: int) -> int:
    """The index of a cell in ``roi_ids``.

    Raises:
        KeyError: It is not one of them.
    """
    found = np.flatnonzero(roi_ids == cell_roi_id)
    if not found.size:
        raise KeyError(f"No cell_roi_id {cell_roi_id} among the {len(roi_ids)} cells.")
    return int(found[0])


def _n_masks(nwb: NwbFile) -> int:
    """The number of masks, after a look at their shape."""
    shape = nwb.shape(STREAM, MASKS)
    if len(shape) != 3:
        raise nwb.damaged(STREAM, f"/{MASKS} has shape {shape}, expected (cells, height, width)")
    if int(np.prod(shape, dtype=float)) > MOST_BYTES:
        raise nwb.damaged(STREAM, f"/{MASKS} has shape {shape}, more than fits into memory")
    require_picture(nwb, STREAM, MASKS)
    return shape[0]


def _mask_blocks(nwb: NwbFile, rows: NDArray[np.int64]) -> Iterator[NDArray[np.bool_]]:
    """The masks of the cells in blocks: (n, height, width) each."""
    n_masks = _n_masks(nwb)
    nwb.fetch(STREAM, MASKS)
    for start in range(0, n_masks, MASKS_AT_ONCE):
        stop = min(start + MASKS_AT_ONCE, n_masks)
        block = nwb.array(STREAM, MASKS, "bool", ndim=3, rows=slice(start, stop))
        yield block[rows[(rows >= start) & (rows < stop)] - start].astype(bool, copy=False)
