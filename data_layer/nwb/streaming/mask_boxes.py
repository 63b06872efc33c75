"""Reads of a cell's mask only the rows around its bounding box, for files that are streamed.

A mask has 262 kB, of which a cell takes about 8 kB. The cell table says where. It is believed only
if the mask touches all four sides of its box, and the rows beside the box are empty.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_layer.nwb.file import NwbFile

SIDES = ("x", "y", "width", "height")


class MaskBoxes:
    """The bounding boxes of all stored masks; ``stream`` is named in errors.

    Args:
        nwb: the file.
        stream: the session attribute for which masks are read.
        cells: path of the cell table, which has the boxes.
        masks: path of its masks (n_cells, height, width).
    """

    def __init__(self, nwb: NwbFile, stream: str, cells: str, masks: str) -> None:
        self._nwb, self._stream, self._masks = nwb, stream, masks
        _, self._height, self._width = nwb.shape(stream, masks)
        columns = [nwb.array(stream, f"{cells}/{side}").astype(np.float64) for side in SIDES]
        self._boxes = np.stack([column[: min(map(len, columns))] for column in columns], axis=1)

    def __len__(self) -> int:
        """How many masks have a box."""
        return len(self._boxes)

    def fetch(self, rows: NDArray[np.int64]) -> None:
        """Let the boxes of some masks arrive at once."""
        parts = [(slice(row, row + 1), self._lines(row)) for row in rows.tolist()]
        self._nwb.fetch(self._stream, self._masks, parts)

    def read(self, row: int) -> NDArray[np.bool_] | None:
        """One mask (height, width); None if the table's box is not that of the mask."""
        lines = self._lines(row)
        stored = self._nwb.array(
            self._stream, self._masks, "bool", ndim=3, rows=row, within=lines
        ).astype(bool)
        if not self._fits(stored, lines.start, row):
            return None
        mask = np.zeros((self._height, self._width), bool)
        mask[lines] = stored
        return mask

    def _lines(self, row: int) -> slice:
        """The rows of pixels of a box, and one on each side; all if there is no such box."""
        _, y, _, height = self._boxes[row]
        if not (np.isfinite(y + height) and y >= 0 and 0 < height <= self._height - y):
            return slice(0, self._height)
        return slice(max(int(y) - 1, 0), min(int(y + height) + 1, self._height))

    def _fits(self, stored: NDArray[np.bool_], first: int, row: int) -> bool:
        if len(stored) == self._height:
            return True
        lines, columns = (np.flatnonzero(stored.any(axis=axis)) for axis in (1, 0))
        if not len(lines):
            return False
        found: list[Any] = [columns[0], lines[0] + first, np.ptp(columns) + 1, np.ptp(lines) + 1]
        return np.array_equal(found, self._boxes[row])
