"""Tables for the page: read some rows at a time, sorted and filtered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

import numpy as np
import pandas as pd

from data_layer.nwb.traces import TraceMatrix
from data_layer.values.slices import Ints

BLOCK = 4096


class Rows(Protocol):
    """A table of known length that is read in parts."""

    @property
    def columns(self) -> list[str]:
        """Names of the columns, the index first."""

    def __len__(self) -> int: ...

    def read(self, start: int, stop: int) -> pd.DataFrame:
        """Rows ``start`` to ``stop``, limited to the table."""


@dataclass(frozen=True)
class FrameRows:
    """A table in memory whose index is one of its columns."""

    frame: pd.DataFrame

    @classmethod
    def of(cls, table: pd.DataFrame) -> FrameRows:
        """Rows of ``table``; its index, if it has a name, becomes the first column."""
        frame = pd.DataFrame(table)
        return cls(frame.reset_index(drop=table.index.name is None))

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [str(name) for name in self.frame.columns]

    def __len__(self) -> int:
        return len(self.frame)

    def read(self, start: int, stop: int) -> pd.DataFrame:
        """Rows ``start`` to ``stop``."""
        return self.frame.iloc[start:stop]

    def arranged(self, sort: Sequence[Mapping[str, str]], filters: Mapping[str, Any]) -> Self:
        """The filtered and sorted rows, from AG Grid's ``sortModel`` and ``filterModel``."""
        frame = self.frame
        for column, model in filters.items():
            frame = frame[_passes(frame[column], model)]
        if sort:
            by = [model["colId"] for model in sort]
            ascending = [model["sort"] == "asc" for model in sort]
            frame = frame.sort_values(by, ascending=ascending, kind="stable")
        return replace(self, frame=frame)


@dataclass(frozen=True)
class TraceRows:
    """Imaging frames as rows: frame number, time (s) and the samples of the chosen cells.

    ``samples`` has the matrix and the cell_roi_id of each column. Only the requested frames are
    read.
    """

    samples: Mapping[str, tuple[TraceMatrix, int]]

    @property
    def columns(self) -> list[str]:
        """``frame``, ``timestamps`` and a column per chosen trace."""
        return ["frame", "timestamps", *self.samples]

    @property
    def _any_matrix(self) -> TraceMatrix:
        return next(iter(self.samples.values()))[0]

    def __len__(self) -> int:
        return int(self._any_matrix.shape[0]) if self.samples else 0

    def read(self, start: int, stop: int) -> pd.DataFrame:
        """Frames ``start`` to ``stop``; none if no trace is chosen."""
        if not self.samples:
            return pd.DataFrame({"frame": range(0), "timestamps": np.empty(0)})
        begin, end, _ = slice(start, stop).indices(len(self))
        matrices = {id(matrix): matrix for matrix, _ in self.samples.values()}
        blocks = {key: matrix.read(begin, end) for key, matrix in matrices.items()}
        columns: dict[str, Any] = {
            "frame": range(begin, max(begin, end)),
            "timestamps": self._any_matrix.timestamps[begin:end],
        }
        for name, (matrix, roi_id) in self.samples.items():
            columns[name] = blocks[id(matrix)][:, _index(matrix.cell_roi_ids, roi_id)]
        return pd.DataFrame(columns)


def blocks(rows: Rows) -> Iterator[pd.DataFrame]:
    """The whole table in blocks of ``BLOCK`` rows."""
    for start in range(0, len(rows), BLOCK):
        yield rows.read(start, min(start + BLOCK, len(rows)))


def _index(roi_ids: Ints, roi_id: int) -> int:
    return int((roi_ids == roi_id).argmax())


def _passes(values: pd.Series[Any], model: Mapping[str, Any]) -> pd.Series[bool]:
    """Whether each value satisfies one condition of AG Grid's text or number filter."""
    kind: str = model["type"]
    wanted: Any = model.get("filter")
    if model.get("filterType") == "text":
        texts = values.astype(str).str.lower()
        word = str(wanted).lower()
        return texts == word if kind == "equals" else texts.str.contains(word, regex=False)
    numbers = pd.to_numeric(values, errors="coerce")
    if kind == "inRange":
        return numbers.between(wanted, model["filterTo"])
    compare = {"equals": numbers.eq, "greaterThan": numbers.gt, "lessThan": numbers.lt}
    return compare[kind](wanted)
