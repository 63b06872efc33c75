"""Traces that are mostly zero, as the samples that are not: all cells of a session in 2 MB."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from data_layer.derived.filtered_events import Floats as Weights
from data_layer.derived.filtered_events import filter_sparse
from data_layer.values.slices import Floats, Ints

PARTS = ("data", "indices", "indptr")
MOST_FILLED = 0.1
AS_THEY_ARE: Weights = np.ones(1)


@dataclass(frozen=True)
class SparseTraces:
    """All cells of one kind of trace: cells by frames, the arrays of SciPy's ``csr_array``.

    The samples of a cell are ``data[indptr[cell] : indptr[cell + 1]]``, their frames, ascending,
    are ``indices`` there.
    """

    n_frames: int
    data: NDArray[np.float32]
    indices: Ints
    indptr: Ints

    def trace(self, cell: int, weights: Weights = AS_THEY_ARE) -> Floats:
        """Every sample of a cell (n_frames,), smoothed with ``weights`` over the frames before."""
        part = slice(int(self.indptr[cell]), int(self.indptr[cell + 1]))
        return filter_sparse(self.n_frames, self.indices[part], self.data[part], weights)

    @dataclass
    class Builder:
        """Puts them together from blocks of frames in order of time."""

        n_frames: int
        n_cells: int
        cells: list[Ints] = field(default_factory=list)
        frames: list[Ints] = field(default_factory=list)
        values: list[Floats] = field(default_factory=list)

        def add(self, start: int, block: Floats) -> None:
            """The frames from ``start`` on, (n_cells, n)."""
            cells, frames = np.nonzero(block)
            self.cells.append(cells.astype(np.int32))
            self.frames.append((frames + start).astype(np.int32))
            self.values.append(block[cells, frames])

        def finished(self) -> dict[str, NDArray[np.generic]]:
            """``PARTS``; nothing where they would not be small."""
            n_filled = sum(map(len, self.cells))
            if not 0 < n_filled <= MOST_FILLED * self.n_frames * self.n_cells:
                return {}
            at = np.concatenate(self.cells), np.concatenate(self.frames)
            shape = self.n_cells, self.n_frames
            rows = coo_array((np.concatenate(self.values), at), shape).tocsr()
            return {part: getattr(rows, part) for part in PARTS}
