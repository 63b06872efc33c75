"""Reads the tables of an NWB file: named columns of equal length, some of them ragged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.nwb.file import Kind, NwbFile

Column = NDArray[Any]


def column_names(nwb: NwbFile, stream: str, path: str) -> list[str]:
    """A table's columns in stored order, without ids and without the indices of ragged columns."""
    listed = nwb.attributes(stream, path).get("colnames")
    if listed is not None:
        return [name.decode() if isinstance(name, bytes) else str(name) for name in listed]
    names = nwb.children(path)
    return [n for n in names if n != "id" and not (n.endswith("_index") and n[:-6] in names)]


def read_columns(
    nwb: NwbFile,
    stream: str,
    path: str,
    kinds: Mapping[str, Kind],
    skip: Collection[str] = (),
) -> dict[str, Column]:
    """The plain columns of a table, all of one length.

    Args:
        nwb: the file.
        stream: the session attribute for which they are read.
        path: path of the table's group.
        kinds: required kinds of values; other columns may have any kind.
        skip: columns to leave out.

    Raises:
        StreamDamaged: A column is of another kind, or the lengths differ.
    """
    names = [name for name in column_names(nwb, stream, path) if name not in skip]
    require_columns(nwb, stream, path, nwb.children(path), names)
    columns = {n: read_column(nwb, stream, f"{path}/{n}", kinds.get(n)) for n in names}
    require_equal_lengths(nwb, stream, path, columns)
    return columns


def read_column(nwb: NwbFile, stream: str, path: str, kind: Kind | None) -> Column:
    """One column as int64, float64, bool, or an object array of str."""
    kind = kind or nwb.kind(stream, path)
    values = nwb.array(stream, path, kind)
    if kind == "bool":
        return values.astype(bool)
    if kind == "number":
        return values.astype(np.float64 if values.dtype.kind == "f" else np.int64)
    return values


def require_equal_lengths(
    nwb: NwbFile, stream: str, path: str, columns: Mapping[str, Collection[Any]]
) -> None:
    """Raise :class:`StreamDamaged` with the columns of ``path`` whose lengths differ, if any."""
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        usual = max(lengths.values(), key=list(lengths.values()).count)
        odd = ", ".join(f"{name} {n}" for name, n in lengths.items() if n != usual)
        raise nwb.damaged(stream, f"columns of /{path} differ in length ({odd}, others {usual})")


def require_columns(
    nwb: NwbFile, stream: str, path: str, present: Collection[str], needed: Collection[str]
) -> None:
    """Raise :class:`StreamDamaged` if a needed column is missing."""
    missing = [name for name in needed if name not in present]
    if missing:
        raise nwb.damaged(stream, f"/{path} has no column {', '.join(missing)}")


def ragged(nwb: NwbFile, stream: str, path: str, values: Column, ends: Column) -> list[Column]:
    """Split a ragged column into its rows; ``ends`` has the end index of each row."""
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
    if (ends.astype(np.int64) < starts).any() or (len(ends) and ends[-1] > len(values)):
        raise nwb.damaged(stream, f"/{path}_index does not fit the {len(values)} values of /{path}")
    return [values[start:end] for start, end in zip(starts, ends, strict=True)]


def object_column(rows: list[Column], index: pd.Index | None = None) -> pd.Series:
    """A column that holds one array per row."""
    cells = np.empty(len(rows), object)
    for i, row in enumerate(rows):
        cells[i] = row
    return pd.Series(cells, index=index, dtype=object)


def read_series(
    nwb: NwbFile, stream: str, path: str, kind: Kind = "number"
) -> tuple[Column, Column]:
    """Timestamps (s) and data of a one-dimensional TimeSeries.

    Raises:
        StreamMissing: The series, its data or its timestamps are not in the file.
        StreamDamaged: Timestamps and data differ in length.
    """
    nwb.require(stream, path)
    timestamps = nwb.array(stream, f"{path}/timestamps")
    data = nwb.array(stream, f"{path}/data", kind)
    require_equal_lengths(nwb, stream, path, {"timestamps": timestamps, "data": data})
    return timestamps, data
