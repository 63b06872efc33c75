"""Traces that are mostly zero, as the samples that are not: all cells of a session in 2 MB."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from data_layer.derived.filtered_events import Floats as Weights
from data_layer.derived.filtered_events import filter_sparse
from data_layer.values.slices import Floats, Ints

PARTS = ("ends", "places", "values")
MOST_FILLED = 0.1
AS_THEY_ARE: Weights = np.ones(1)


@dataclass(frozen=True)
class SparseTraces:
    """All cells of one kind of trace.

    ``ends`` (n_cells,) says where each cell's samples end among ``places`` (frames, ascending) and
    ``values``, both (n,).
    """

    n_frames: int
    ends: Ints
    places: Ints
    values: NDArray[np.float32]

    def trace(self, cell: int, weights: Weights = AS_THEY_ARE) -> Floats:
        """Every sample of a cell (n_frames,), smoothed with ``weights`` over the frames before."""
        part = slice(int(self.ends[cell - 1]) if cell else 0, int(self.ends[cell]))
        return filter_sparse(self.n_frames, self.places[part], self.values[part], weights)

    @dataclass
    class Builder:
        """Puts them together from blocks of frames."""

        n_frames: int
        n_cells: int
        cells: list[Ints] = field(default_factory=list)
        places: list[Ints] = field(default_factory=list)
        values: list[Floats] = field(default_factory=list)

        def add(self, start: int, block: Floats) -> None:
            """The frames from ``start`` on, (n_cells, n)."""
            cells, places = np.nonzero(block)
            self.cells.append(cells.astype(np.int32))
            self.places.append((places + start).astype(np.int32))
            self.values.append(block[cells, places])

        def finished(self) -> dict[str, NDArray[np.generic]]:
            """``PARTS``; nothing where they would not be small."""
            cells = np.concatenate([np.empty(0, np.int32), *self.cells])
            if not len(cells) or len(cells) > MOST_FILLED * self.n_frames * self.n_cells:
                return {}
            order = np.argsort(cells, kind="stable")
            counts = np.bincount(cells, minlength=self.n_cells)
            return {
                "ends": np.cumsum(counts),
                "places": np.concatenate(self.places)[order],
                "values": np.concatenate(self.values)[order],
            }
