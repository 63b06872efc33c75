"""One open NWB file; only this module and ``hdf5`` access HDF5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Literal

import h5py
import numpy as np
from h5py import h5d, h5g
from numpy.typing import NDArray

from data_layer.errors import (
    FileDamaged,
    NotVisualBehavior,
    SessionClosed,
    SessionFileError,
    StreamDamaged,
    StreamMissing,
)
from data_layer.nwb.hdf5 import limits
from data_layer.nwb.hdf5.attributes import Attributes, attribute_names, plain, read_attribute
from data_layer.nwb.hdf5.faults import Damage, Fault, Refused
from data_layer.nwb.hdf5.opening import AGAIN, first_line, system_fault
from data_layer.nwb.hdf5.paths import Found, find, names_in
from data_layer.nwb.hdf5.places import places
from data_layer.nwb.hdf5.storage import bytes_of, check_storage
from data_layer.nwb.hdf5.text import check_text
from data_layer.nwb.streaming.arriving import asks_again
from data_layer.nwb.streaming.opening import open_file
from data_layer.remote.stream import RemoteFile

Kind = Literal["number", "text", "bool", "flag"]
Rows = slice | int
Parts = Sequence[tuple[slice, slice]]

METADATA = "general/metadata"
OWN_GROUPS = (
    "general/task_parameters",
    "processing/running/speed",
    "processing/stimulus/timestamps",
    "processing/ophys/image_segmentation/cell_specimen_table",
)
"""Groups that files of this data set have, and others do not have under these names."""
ROWS_AT_ONCE = 8_192
SMALL = 64 * 2**10
"""Bytes up to which a dataset of a streamed file is in its sidecar."""
MEDIUM = 512 * 2**10  # up to which it arrives with its neighbours, such as a table's columns
OTHERS = "The other streams can be read; if it should be there, download the file again"
INSIDE = (
    "It is not read, to keep the machine safe; the other streams are. Ask the file's writer for "
    "one that holds its data itself, stored plainly"
)

_KINDS: dict[Kind, str] = {"number": "iuf", "text": "OSU", "bool": "biu", "flag": "biuf"}
_NAMES: dict[Kind, str] = {
    "number": "numbers",
    "text": "text",
    "bool": "true and false",
    "flag": "true and false, or 0, 1 and NaN",
}
_HDF5_ERRORS = (
    *(OSError, RuntimeError, KeyError, ValueError, TypeError, OverflowError, UnicodeError),
    *(MemoryError, NotImplementedError),
)


class NwbFile:
    """A Visual Behavior NWB file, open for reading until :meth:`close`. Thread-safe.

    Paths are HDF5 paths without the leading slash. ``stream`` is the session attribute for which
    something is read; it is named in error messages. Nothing outside the file is ever read, and
    nothing before its type and size are known (``data_layer.nwb.hdf5``).

    Attributes:
        path: where it is.
        left_out: a sentence for each thing in the file that was met and is not shown.
        remote: what a streamed file reads from, a sidecar first unless told otherwise; None for a
            file that is here.
        lock, asking: see :func:`asks_again`.

    Raises:
        FileMissing, FileNotReadable, FileDamaged, NotVisualBehavior: When opening.
        StreamMissing, StreamDamaged, SessionClosed: When reading.
        StreamUnreachable: At both times, if the file is streamed.
    """

    def __init__(self, path: Path | str, *, use_sidecar: bool = True) -> None:
        self.path = Path(path)
        self.left_out: dict[str, None] = {}
        self.lock = RLock()
        self._file, self._bytes = open_file(self.path, use_sidecar=use_sidecar)
        self.remote = self._bytes if isinstance(self._bytes, RemoteFile) else None
        self.asking = False
        self._whole: set[str] = set()
        self._matrices: dict[str, h5py.Dataset] = {}
        self._checked: dict[str, tuple[int, int]] = {}
        self._refused_attributes: dict[tuple[str, str], str] = {}
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
        with self.lock:
            if self._file is not None:
                self._matrices.clear()
                self._file.close()
                self._file = None

    def require_open(self) -> None:
        """Raise :class:`SessionClosed` after :meth:`close`."""
        if self._file is None:
            raise SessionClosed(self.path)

    def leave_out(self, what: str) -> None:
        """Note in a sentence what is in the file but not shown."""
        self.left_out[what] = None

    @asks_again
    def has(self, path: str) -> bool:
        """Whether a group or dataset is in the file.

        One that is damaged, or that is not read because it lies outside the file, is there:
        reading it says what is wrong.
        """
        try:
            with self._reading("the file", path) as file:
                return find(file, path) is not None
        except StreamDamaged:
            return True

    @asks_again
    def children(self, path: str, stream: str = "the file") -> list[str]:
        """Names in a group; empty if there is no such group."""
        with self._reading(stream, path) as file:
            found = find(file, path)
            return names_in(found, path) if isinstance(found, h5g.GroupID) else []

    @asks_again
    def attributes(self, stream: str, path: str) -> Attributes:
        """All HDF5 attributes of a group or dataset, as str, numbers and arrays.

        One that cannot be read raises :class:`StreamDamaged` when it is asked for.
        """
        values = Attributes()
        with self._reading(stream, path) as file:
            thing = _opened(self._require(file, stream, path))
            for name in attribute_names(thing, path):
                try:
                    with self._reading(stream, f"{path} (attribute {name})"):
                        values[name] = self._attribute(thing, path, name)
                except StreamDamaged as error:
                    values.unreadable[name] = error
        return values

    def _attribute(self, thing: h5py.Group | h5py.Dataset, path: str, name: str) -> Any:
        """Read an attribute; one that was refused is not read again to be refused again."""
        known = self._refused_attributes.get((path, name))
        if known is not None:
            raise Refused(known)
        try:
            return read_attribute(self._bytes, thing, name)
        except Refused as fault:
            self._refused_attributes[path, name] = str(fault)
            raise

    @asks_again
    def require(self, stream: str, path: str) -> None:
        """Raise if ``path`` is not in the file, or cannot be opened.

        Raises:
            StreamMissing: It is absent.
            StreamDamaged: It is there.
        """
        with self._reading(stream, path) as file:
            self._require(file, stream, path)

    @asks_again
    def shape(self, stream: str, path: str) -> tuple[int, ...]:
        """The shape of a dataset, read only from its header."""
        with self._dataset(stream, path) as dataset:
            return tuple(dataset.shape)

    @asks_again
    def kind(self, stream: str, path: str) -> Kind | None:
        """The kind of values in a dataset; None if it is none that is read."""
        with self._dataset(stream, path) as dataset:
            if dataset.dtype.kind == "b":
                return "bool"
            if dataset.dtype.kind in _KINDS["number"]:
                return "number"
            return "text" if h5py.check_string_dtype(dataset.dtype) else None

    @asks_again
    def scalar(self, stream: str, path: str) -> Any:
        """The value of a scalar dataset: str, int or float."""
        with self._dataset(stream, path) as dataset:
            if dataset.shape != ():
                raise self.damaged(stream, f"/{path} has shape {dataset.shape}, expected one value")
            self._check_size(dataset, ())
            return plain(dataset[()])

    @asks_again
    def array(
        self,
        stream: str,
        path: str,
        kind: Kind = "number",
        ndim: int = 1,
        rows: Rows = slice(None),
        *,
        within: slice = slice(None),
    ) -> NDArray[Any]:
        """Rows of a dataset: text as an object array of str, other values as stored.

        Args:
            stream: the session attribute for which it is read.
            path: path of the dataset.
            kind: required kind of values.
            ndim: required number of dimensions.
            rows: part of the first axis; an int takes one row and drops the axis.
            within: part of the second axis, if ``rows`` is one row of three dimensions.
        """
        with self._dataset(stream, path) as dataset:
            self._check(stream, path, dataset, kind, ndim)
            n_rows = 1 if isinstance(rows, int) else len(range(*rows.indices(len(dataset))))
            self._check_size(dataset, (n_rows, *dataset.shape[1:]))
            self._arrive(path, dataset, [(_as_slice(rows), within)])
            part = rows if within == slice(None) else (rows, within)
            return _native(dataset.asstr()[rows] if kind == "text" else dataset[part])

    @asks_again
    def read_small(self, stream: str, path: str) -> None:
        """Read the header of a dataset, and its values if they are few; nothing of a group."""
        if self.children(path, stream):
            return
        with self._dataset(stream, path) as dataset:
            if bytes_of(dataset.id, dataset.shape) <= SMALL:
                dataset[()]

    @asks_again
    def fetch(self, stream: str, path: str, parts: Parts | None = None) -> None:
        """Let parts of a dataset of a streamed file arrive at once, all of it if none are named.

        ``parts`` are rows of it, and for one row the part of the second axis.
        """
        if self.remote is None:
            return
        with self._dataset(stream, path) as dataset:
            self._arrive(path, dataset, parts or [(slice(None), slice(None))])
            if parts is None:
                self._whole.add(path)

    def _arrive(self, path: str, dataset: h5py.Dataset, parts: Parts) -> None:
        """Raise, to be asked again, unless parts of a large dataset are here."""
        if self.remote is None or path in self._whole:
            return
        size = bytes_of(dataset.id, dataset.shape)
        if size > SMALL:
            spans = [span for part in parts for span in places(dataset.id, *part)]
            self.remote.require(spans, around=size <= MEDIUM)

    @asks_again
    def column(self, stream: str, path: str, column: int) -> NDArray[Any]:
        """One column of a two-dimensional dataset."""
        with self._dataset(stream, path) as dataset:
            self._check(stream, path, dataset, "number", 2)
            self._check_size(dataset, dataset.shape[:1])
            self._arrive(path, dataset, [(slice(None), slice(None))])
            if dataset.chunks:
                return _native(dataset[:, column])
            # Without chunks a column is spread over all rows; reading whole rows is faster.
            values = np.empty(len(dataset), dataset.dtype.newbyteorder("="))
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
        with self._reading(stream, path) as file:
            dataset = self._matrices.get(path)
            if dataset is None:
                dataset = self._open_dataset(file, stream, path)
            # Trace matrices are read in hundreds of parts; finding one takes longer than reading.
            if dataset.ndim == 2:
                self._matrices[path] = dataset
            yield dataset

    def _open_dataset(self, file: h5py.File, stream: str, path: str) -> h5py.Dataset:
        found = self._require(file, stream, path)
        if not isinstance(found, h5d.DatasetID):
            what = "a group" if isinstance(found, h5g.GroupID) else "a type"
            raise self.damaged(stream, f"/{path} is {what}, expected a dataset")
        if path not in self._checked:
            try:
                self._checked[path] = (
                    check_storage(found, self._bytes.size),
                    check_text(self._bytes, found),
                )
                self._check_sums(path)
            except Fault as fault:
                raise type(fault)(f"/{path} {fault}") from fault
        return h5py.Dataset(found, readonly=True)

    def _check_sums(self, path: str) -> None:
        """Refuse a dataset with which the file would unpack to more than all of it may."""
        packed, text = map(sum, zip(*self._checked.values(), strict=True))
        if packed > limits.MOST_PACKED_BYTES or text > limits.MOST_FILE_TEXT_BYTES:
            del self._checked[path]
            raise Refused("would, with what was read before, unpack to more than a file may have")

    def _require(self, file: h5py.File, stream: str, path: str) -> Found:
        found = find(file, path)
        if found is None:
            raise StreamMissing(self.path, stream, f"/{path}", OTHERS)
        return found

    @contextmanager
    def _reading(self, stream: str, path: str) -> Iterator[h5py.File]:
        with self.lock:
            self.require_open()
            try:
                yield self._file
            except SessionFileError:  # some are LookupErrors too
                raise
            except Refused as error:
                raise StreamDamaged(self.path, stream, str(error), INSIDE) from error
            except Damage as error:
                raise self.damaged(stream, str(error)) from error
            except _HDF5_ERRORS as error:
                raise self._told(stream, path, error) from error

    def _told(self, stream: str, path: str, error: BaseException) -> StreamDamaged:
        if system := system_fault(self.path, error):
            return StreamDamaged(self.path, stream, f"the file {system.problem}", system.advice)
        if isinstance(error, MemoryError):
            return self.damaged(stream, f"/{path} needs more memory than there is")
        return self.damaged(stream, f"/{path} gives {first_line(error)!r}")

    def _check(self, stream: str, path: str, dataset: h5py.Dataset, kind: Kind, ndim: int) -> None:
        if dataset.ndim != ndim:
            problem = f"/{path} has {dataset.ndim} dimensions, expected {ndim}"
            raise self.damaged(stream, problem)
        is_text = h5py.check_string_dtype(dataset.dtype) is not None
        if dataset.dtype.kind not in _KINDS[kind] or is_text != (kind == "text"):
            problem = f"/{path} holds values of type {dataset.dtype}, expected {_NAMES[kind]}"
            raise self.damaged(stream, problem)

    def _check_size(self, dataset: h5py.Dataset, shape: tuple[int, ...]) -> None:
        size = bytes_of(dataset.id, shape)
        if size > limits.MOST_BYTES:
            most = f"{limits.MOST_BYTES:,}"
            raise Refused(f"{dataset.name} has {size:,} bytes, more than {most} to read at once")

    @asks_again
    def _require_visual_behavior(self) -> None:
        expected = "expected an NWB file of the Visual Behavior Ophys data set"
        advice = "Choose a behavior_session_*.nwb or behavior_ophys_experiment_*.nwb file"
        with self._reading("the file", "/") as file:
            if "nwb_version" not in file.attrs:
                raise NotVisualBehavior(self.path, f"is HDF5, but not NWB; {expected}", advice)
        if any(self.has(path) for path in OWN_GROUPS):
            return  # metadata that lack an id, or are damaged, cost only themselves
        with self._reading("the file", METADATA) as file:
            lab = find(file, METADATA)
            if lab is None or "behavior_session_id" not in _opened(lab).attrs:
                problem = f"is NWB, but /{METADATA} names no behavior_session_id; {expected}"
                raise NotVisualBehavior(self.path, problem, advice)


def _as_slice(rows: Rows) -> slice:
    return slice(rows, rows + 1 or None) if isinstance(rows, int) else rows


def _opened(found: Found) -> h5py.Group | h5py.Dataset:
    """What was found as an object with attributes."""
    if isinstance(found, h5g.GroupID):
        return h5py.Group(found)
    return h5py.Dataset(found) if isinstance(found, h5d.DatasetID) else h5py.Datatype(found)


def _native(values: Any) -> NDArray[Any]:
    """Values in this machine's order of bytes, which pandas needs."""
    array = np.asarray(values)
    return array.astype(array.dtype.newbyteorder("="), copy=False)
