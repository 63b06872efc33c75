"""Traces that are mostly zero, stored as sparse arrays: 2 MB for all cells of a session."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from data_layer.derived.filtered_events import Floats as Weights
from data_layer.derived.filtered_events import filter_sparse
from data_layer.values.slices import Floats, Ints

PARTS = ("data", "indices", "indptr")
MAX_FILLED = 0.1
"""Denser traces are not stored as sparse arrays."""
UNFILTERED: Weights = np.ones(1)


@dataclass(frozen=True)
class SparseTraces:
    """One kind of trace of all cells, as the arrays of SciPy's ``csr_array`` (n_cells, n_frames).

    The nonzero samples of a cell are ``data[indptr[cell] : indptr[cell + 1]]``; the same part of
    ``indices`` has their frames, ascending.
    """

    n_frames: int
    data: NDArray[np.float32]
    indices: Ints
    indptr: Ints

    def trace(self, cell: int, weights: Weights = UNFILTERED) -> Floats:
        """Every sample of a cell (n_frames,), smoothed with ``weights`` over earlier frames."""
        part = slice(int(self.indptr[cell]), int(self.indptr[cell + 1]))
        return filter_sparse(self.n_frames, self.indices[part], self.data[part], weights)

    @dataclass
    class Builder:
        """Collects the nonzero samples of blocks of frames, which are added in order of time."""

        n_frames: int
        n_cells: int
        cells: list[Ints] = field(default_factory=list)
        frames: list[Ints] = field(default_factory=list)
        values: list[Floats] = field(default_factory=list)

        def add(self, start: int, block: Floats) -> None:
            """Add a block (n_cells, n) whose first frame is ``start``."""
            cells, frames = np.nonzero(block)
            self.cells.append(cells.astype(np.int32))
            self.frames.append((frames + start).astype(np.int32))
            self.values.append(block[cells, frames])

        def finished(self) -> dict[str, NDArray[np.generic]]:
            """The arrays of ``PARTS`` by name; empty if more than ``MAX_FILLED`` is nonzero."""
            n_filled = sum(map(len, self.cells))
            if not 0 < n_filled <= MAX_FILLED * self.n_frames * self.n_cells:
                return {}
            at = np.concatenate(self.cells), np.concatenate(self.frames)
            shape = self.n_cells, self.n_frames
            rows = coo_array((np.concatenate(self.values), at), shape).tocsr()
            return {part: getattr(rows, part) for part in PARTS}
