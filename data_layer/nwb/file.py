"""One open NWB file; only this module accesses HDF5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Literal

import h5py
import numpy as np
from numpy.typing import NDArray

from data_layer.errors import (
    FileDamaged,
    FileMissing,
    NotVisualBehavior,
    SessionClosed,
    StreamDamaged,
    StreamMissing,
)

Kind = Literal["number", "text", "bool"]
Rows = slice | int

METADATA = "general/metadata"
ROWS_AT_ONCE = 8_192
AGAIN = "Download the file again"
OTHERS = "The other streams can be read; if it should be there, download the file again"

_KINDS: dict[Kind, str] = {"number": "iuf", "text": "OSU", "bool": "biu"}
_NAMES: dict[Kind, str] = {"number": "numbers", "text": "text", "bool": "true and false"}
_HDF5_ERRORS = (OSError, RuntimeError, KeyError, ValueError, TypeError, UnicodeError)


class NwbFile:
    """A Visual Behavior NWB file, open for reading until :meth:`close`. Thread-safe.

    Paths are HDF5 paths without the leading slash. ``stream`` is the session attribute for which
    something is read; it is named in error messages.

    Raises:
        FileMissing, FileDamaged, NotVisualBehavior: When opening.
        StreamMissing, StreamDamaged, SessionClosed: When reading.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._lock = RLock()
        self._file: h5py.File | None = _open(self.path)
        self._matrices: dict[str, h5py.Dataset] = {}
        try:
            self._require_visual_behavior()
        except StreamDamaged as error:
            self.close()
            raise FileDamaged(self.path, error.problem, AGAIN) from error
        except NotVisualBehavior:
            self.close()
            raise

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        with self._lock:
            if self._file is not None:
                self._matrices.clear()
                self._file.close()
                self._file = None

    def require_open(self) -> None:
        """Raise :class:`SessionClosed` after :meth:`close`."""
        if self._file is None:
            raise SessionClosed(self.path)

    def has(self, path: str) -> bool:
        """Whether a group or dataset exists; a broken link does not count."""
        with self._lock:
            self.require_open()
            try:
                return self._file is not None and self._file.get(path) is not None
            except _HDF5_ERRORS:
                return False

    def children(self, path: str) -> list[str]:
        """Names in a group; empty if there is no such group."""
        with self._reading("the file", path) as file:
            group = file.get(path)
            # A damaged heap gives names that are not text.
            names = group if isinstance(group, h5py.Group) else ()
            return [name for name in names if isinstance(name, str)]

    def attributes(self, stream: str, path: str) -> dict[str, Any]:
        """All HDF5 attributes of a group or dataset, as str, numbers and arrays."""
        self.require(stream, path)
        with self._reading(stream, path) as file:
            return {name: _plain(value) for name, value in file[path].attrs.items()}

    def require(self, stream: str, path: str) -> None:
        """Raise :class:`StreamMissing` if ``path`` is not in the file."""
        if not self.has(path):
            raise StreamMissing(self.path, stream, f"/{path}", OTHERS)

    def shape(self, stream: str, path: str) -> tuple[int, ...]:
        """The shape of a dataset, read only from its header."""
        with self._dataset(stream, path) as dataset:
            return tuple(dataset.shape)

    def kind(self, stream: str, path: str) -> Kind:
        """The kind of values in a dataset."""
        with self._dataset(stream, path) as dataset:
            if dataset.dtype.kind == "b":
                return "bool"
            return "number" if dataset.dtype.kind in _KINDS["number"] else "text"

    def scalar(self, stream: str, path: str) -> Any:
        """The value of a scalar dataset: str, int or float."""
        with self._dataset(stream, path) as dataset:
            if dataset.shape != ():
                raise self.damaged(stream, f"/{path} has shape {dataset.shape}, expected one value")
            return _plain(dataset[()])

    def array(
        self, stream: str, path: str, kind: Kind = "number", ndim: int = 1, rows: Rows = slice(None)
    ) -> NDArray[Any]:
        """Rows of a dataset: text as an object array of str, other values as stored.

        Args:
            stream: the session attribute for which it is read.
            path: path of the dataset.
            kind: required kind of values.
            ndim: required number of dimensions.
            rows: part of the first axis; an int takes one row and drops the axis.
        """
        with self._dataset(stream, path) as dataset:
            self._check(stream, path, dataset, kind, ndim)
            values = dataset.asstr()[rows] if kind == "text" else dataset[rows]
        return np.asarray(values)

    def column(self, stream: str, path: str, column: int) -> NDArray[Any]:
        """One column of a two-dimensional dataset."""
        with self._dataset(stream, path) as dataset:
            self._check(stream, path, dataset, "number", 2)
            if dataset.chunks:
                return np.asarray(dataset[:, column])
            # Without chunks a column is spread over all rows; reading whole rows is faster.
            values = np.empty(len(dataset), dataset.dtype)
            for start in range(0, len(values), ROWS_AT_ONCE):
                values[start : start + ROWS_AT_ONCE] = dataset[start : start + ROWS_AT_ONCE][
                    :, column
                ]
            return values

    def damaged(self, stream: str, problem: str) -> StreamDamaged:
        """Make the exception for a damaged stream of this file."""
        return StreamDamaged(self.path, stream, problem, AGAIN)

    @contextmanager
    def _dataset(self, stream: str, path: str) -> Iterator[h5py.Dataset]:
        if path not in self._matrices:
            self.require(stream, path)
        with self._reading(stream, path) as file:
            dataset = self._matrices.get(path)
            if dataset is None:
                dataset = file[path]
            if not isinstance(dataset, h5py.Dataset):
                raise self.damaged(stream, f"/{path} is a group, expected a dataset")
            # Trace matrices are read in hundreds of parts; finding one takes longer than reading.
            if dataset.ndim == 2:
                self._matrices[path] = dataset
            yield dataset

    @contextmanager
    def _reading(self, stream: str, path: str) -> Iterator[h5py.File]:
        with self._lock:
            self.require_open()
            try:
                yield self._file
            except _HDF5_ERRORS as error:
                raise self.damaged(stream, f"/{path} gives {_first_line(error)!r}") from error

    def _check(self, stream: str, path: str, dataset: h5py.Dataset, kind: Kind, ndim: int) -> None:
        if dataset.ndim != ndim:
            problem = f"/{path} has {dataset.ndim} dimensions, expected {ndim}"
            raise self.damaged(stream, problem)
        if dataset.dtype.kind not in _KINDS[kind]:
            problem = f"/{path} holds values of type {dataset.dtype}, expected {_NAMES[kind]}"
            raise self.damaged(stream, problem)

    def _require_visual_behavior(self) -> None:
        expected = "expected an NWB file of the Visual Behavior Ophys data set"
        advice = "Choose a behavior_session_*.nwb or behavior_ophys_experiment_*.nwb file"
        with self._reading("the file", METADATA) as file:
            if "nwb_version" not in file.attrs:
                raise NotVisualBehavior(self.path, f"is HDF5, but not NWB; {expected}", advice)
            lab = file.get(METADATA)
            if lab is None or "behavior_session_id" not in lab.attrs:
                problem = f"is NWB, but /{METADATA} names no behavior_session_id; {expected}"
                raise NotVisualBehavior(self.path, problem, advice)


def _open(path: Path) -> h5py.File:
    if not path.exists():
        raise FileMissing(path, "there is no such file", "Check the path, or download the file")
    if not (path.is_file() and h5py.is_hdf5(path)):
        raise FileDamaged(path, "is not an HDF5 file, as every NWB file is", AGAIN)
    try:
        return h5py.File(path, "r", locking="best-effort")
    except _HDF5_ERRORS as error:
        raise FileDamaged(path, _why_not_opened(error), AGAIN) from error


def _why_not_opened(error: BaseException) -> str:
    reason = _first_line(error)
    cut = re.search(r"truncated file: eof = (\d+).*stored_eof = (\d+)", reason)
    if cut:
        return f"is cut off after {int(cut[1]):,} of its {int(cut[2]):,} bytes"
    return f"cannot be opened as HDF5 ({reason})"


def _first_line(error: BaseException) -> str:
    return (str(error.args[0]) if error.args else str(error)).splitlines()[0]


def _plain(value: Any) -> Any:
    """Convert text and numbers of HDF5 to Python's types."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray) and value.dtype.kind in "OS":
        return np.array([_plain(item) for item in value.flat], object).reshape(value.shape)
    return value
