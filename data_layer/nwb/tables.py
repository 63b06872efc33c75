"""Reads the tables of an NWB file: named columns of equal length, some of them ragged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.errors import NotReadableNow, SessionFileError
from data_layer.nwb.file import Kind, NwbFile
from data_layer.nwb.hdf5.limits import MOST_COLUMNS, MOST_ROWS

Column = NDArray[Any]


def column_names(nwb: NwbFile, stream: str, path: str) -> list[str]:
    """A table's columns in stored order, without ids and without the indices of ragged columns.

    A column that is named twice is one column.
    """
    names = nwb.children(path, stream)
    indices = {f"{name}_index" for name in names}
    listed = nwb.attributes(stream, path).get("colnames")
    if listed is None:
        return [name for name in names if name != "id" and name not in indices]
    given = np.ravel(np.asarray(listed, object)).tolist()
    if not all(isinstance(name, str) for name in given):
        raise nwb.damaged(stream, f"attribute colnames of /{path} is not a list of names")
    return [name for name in dict.fromkeys(given) if name and name != "id"]


def read_columns(
    nwb: NwbFile,
    stream: str,
    path: str,
    kinds: Mapping[str, Kind],
    skip: Collection[str] = (),
) -> dict[str, Column]:
    """The plain columns of a table, all of one length.

    The length of every column is compared before any is read. A column that is not among ``kinds``
    is left out where it is not plain: nobody needs it, so it is no reason to refuse the table.

    Args:
        nwb: the file.
        stream: the session attribute for which they are read.
        path: path of the table's group.
        kinds: the columns of the data set with their kinds of values.
        skip: columns to leave out.

    Raises:
        StreamDamaged: A column of ``kinds`` is of another kind, or the lengths differ.
    """
    names = [name for name in column_names(nwb, stream, path) if name not in skip]
    present = nwb.children(path, stream)
    known = [name for name in names if name in kinds]
    require_columns(nwb, stream, path, present, known)
    lengths = {n: length_of(nwb, stream, f"{path}/{n}") for n in known}
    require_equal(nwb, stream, path, lengths)
    require_few(nwb, stream, path, lengths)
    foreign = [name for name in names if name not in lengths]
    if surplus := foreign[max(MOST_COLUMNS - len(known), 0) :]:
        nwb.leave_out(f"{len(surplus):,} columns of /{path}, from {surplus[0]} on: too many.")
        names = [name for name in names if name not in set(surplus)]
    n_rows = next(iter(lengths.values()), None)
    columns: dict[str, Column] = {}
    for name in names:
        if name in lengths:
            columns[name] = read_column(nwb, stream, f"{path}/{name}", kinds[name])
        elif (read := _read_foreign(nwb, stream, path, name, n_rows)) is not None:
            columns[name] = read
    return columns


def length_of(nwb: NwbFile, stream: str, path: str) -> int:
    """The number of values of a list of values, read only from its header.

    Raises:
        StreamMissing: It is not in the file.
        StreamDamaged: It is no list, or cannot be opened.
    """
    shape = nwb.shape(stream, path)
    if len(shape) != 1:
        raise nwb.damaged(stream, f"/{path} has {len(shape)} dimensions, expected 1")
    return shape[0]


def _read_foreign(
    nwb: NwbFile, stream: str, path: str, name: str, n_rows: int | None
) -> Column | None:
    """A column that nobody needs; None, with a word in ``left_out``, if it is not a plain one."""
    inside, why = f"{path}/{name}", "it has no values"
    try:
        shape, kind = nwb.shape(stream, inside), nwb.kind(stream, inside)
        if nwb.has(f"{inside}_index"):
            why = "its rows have several values each"
        elif len(shape) != 1 or kind is None:
            why = "it is not a plain list of values"
        elif shape[0] > MOST_ROWS:
            why = f"it has {shape[0]:,} rows, more than {MOST_ROWS:,}"
        elif n_rows is not None and shape[0] != n_rows:
            why = f"it has {shape[0]:,} rows, the table {n_rows:,}"
        else:
            return read_column(nwb, stream, inside, kind)
    except NotReadableNow:
        raise
    except SessionFileError as error:
        why = error.problem
    nwb.leave_out(f"Column {name} of /{path}: {why}.")
    return None


def read_column(nwb: NwbFile, stream: str, path: str, kind: Kind | None) -> Column:
    """One column as int64, float64, bool, or an object array of str."""
    kind = kind or nwb.kind(stream, path) or "number"
    values = nwb.array(stream, path, kind)
    if kind == "bool" or values.dtype.kind == "b":
        return values.astype(bool)
    if kind in {"number", "flag"}:
        return values.astype(np.float64 if values.dtype.kind == "f" else np.int64)
    return values


def require_equal_lengths(
    nwb: NwbFile, stream: str, path: str, columns: Mapping[str, Collection[Any]]
) -> None:
    """Raise :class:`StreamDamaged` with the columns of ``path`` whose lengths differ, if any."""
    require_equal(nwb, stream, path, {name: len(values) for name, values in columns.items()})


def require_equal(nwb: NwbFile, stream: str, path: str, lengths: Mapping[str, int]) -> None:
    """Raise :class:`StreamDamaged` with the parts of ``path`` whose lengths differ, if any."""
    if len(set(lengths.values())) > 1:
        usual = max(lengths.values(), key=list(lengths.values()).count)
        odd = ", ".join(f"{name} {n}" for name, n in lengths.items() if n != usual)
        raise nwb.damaged(stream, f"columns of /{path} differ in length ({odd}, others {usual})")


def require_few(nwb: NwbFile, stream: str, path: str, lengths: Mapping[str, int]) -> None:
    """Raise :class:`StreamDamaged` if a table or a list of events is longer than any session's."""
    most = max(lengths.values(), default=0)
    if most > MOST_ROWS:
        raise nwb.damaged(stream, f"/{path} has {most:,} rows, more than {MOST_ROWS:,}")


def common_length(nwb: NwbFile, stream: str, path: str, datasets: Collection[str]) -> int:
    """The number of samples that a clock and what it times have in common, from their headers.

    A recording may have one sample too many in one of them, because devices do not stop at once;
    the surplus is left out.

    Raises:
        StreamMissing: One of ``datasets`` (names below ``path``) is not in the file.
        StreamDamaged: They differ by more than one sample.
    """
    lengths = {name: nwb.shape(stream, f"{path}/{name}")[:1] for name in datasets}
    if () in lengths.values():
        scalars = ", ".join(name for name, shape in lengths.items() if not shape)
        raise nwb.damaged(stream, f"/{path} has one value instead of samples in {scalars}")
    counts = {name: shape[0] for name, shape in lengths.items()}
    least, most = min(counts.values()), max(counts.values())
    if most > least + 1:
        require_equal(nwb, stream, path, counts)
    if most > least:
        more = ", ".join(name for name, n in counts.items() if n > least)
        nwb.leave_out(f"The last of {most:,} samples of /{path}: only {more} has it.")
    return least


def require_columns(
    nwb: NwbFile, stream: str, path: str, present: Collection[str], needed: Collection[str]
) -> None:
    """Raise :class:`StreamDamaged` if a needed column is missing."""
    missing = [name for name in needed if name not in present]
    if missing:
        raise nwb.damaged(stream, f"/{path} has no column {', '.join(missing)}")


def ragged(nwb: NwbFile, stream: str, path: str, values: Column, ends: Column) -> list[Column]:
    """Split a ragged column into its rows; ``ends`` has the end index of each row."""
    if not len(ends):
        return []
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
    if (ends.astype(np.int64) < starts).any() or ends[-1] > len(values):
        raise nwb.damaged(stream, f"/{path}_index does not fit the {len(values)} values of /{path}")
    return [values[start:end] for start, end in zip(starts, ends, strict=True)]


def object_column(rows: list[Column], index: pd.Index | None = None) -> pd.Series:
    """A column that holds one array per row."""
    cells = np.empty(len(rows), object)
    for i, row in enumerate(rows):
        cells[i] = row
    return pd.Series(cells, index=index, dtype=object)


def read_series(
    nwb: NwbFile, stream: str, path: str, kind: Kind = "number", *, sampled: bool = False
) -> tuple[Column, Column]:
    """Timestamps (s) and data of a one-dimensional TimeSeries.

    Args:
        nwb: the file.
        stream: the session attribute for which they are read.
        path: path of the series.
        kind: required kind of data.
        sampled: whether a sample too many in one of them is left out, rather than refused.

    Raises:
        StreamMissing: The series, its data or its timestamps are not in the file.
        StreamDamaged: Timestamps and data differ in length.
    """
    nwb.require(stream, path)
    lengths = {name: length_of(nwb, stream, f"{path}/{name}") for name in ("timestamps", "data")}
    if sampled:
        rows = slice(0, common_length(nwb, stream, path, list(lengths)))
    else:
        require_equal(nwb, stream, path, lengths)
        require_few(nwb, stream, path, lengths)
        rows = slice(None)
    timestamps = nwb.array(stream, f"{path}/timestamps", rows=rows)
    return timestamps, nwb.array(stream, f"{path}/data", kind, rows=rows)
