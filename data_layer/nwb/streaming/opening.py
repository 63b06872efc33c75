"""Opens the HDF5 file of a session, here or streamed."""

from __future__ import annotations

import atexit
from contextlib import suppress
from pathlib import Path
from weakref import WeakSet

import h5py

from data_layer.errors import CannotKeep, FileDamaged, FileMissing
from data_layer.nwb.hdf5.bytes import StoredBytes
from data_layer.nwb.hdf5.opening import AGAIN, first_line, open_hdf5
from data_layer.nwb.streaming.arriving import fetch
from data_layer.remote.errors import StreamUnreachable
from data_layer.remote.sidecars import find_sidecar
from data_layer.remote.stream import LocalBytes, RemoteFile
from data_layer.remote.streamed import is_streamed, spool_of

_open: WeakSet[h5py.File] = WeakSet()


def open_file(path: Path, *, use_sidecar: bool = True) -> tuple[h5py.File | None, StoredBytes]:
    """The open file, and its bytes beside HDF5: a ``RemoteFile`` if it is streamed.

    Raises:
        FileMissing, FileNotReadable, FileDamaged, StreamUnreachable: It cannot be opened.
    """
    if is_streamed(path):
        return open_streamed(path, use_sidecar=use_sidecar)
    file = open_hdf5(path)
    return file, LocalBytes(file.id.get_vfd_handle())


def open_streamed(path: Path, *, use_sidecar: bool = True) -> tuple[h5py.File, RemoteFile]:
    """Open a streamed file; with its sidecar that costs no request.

    Raises:
        FileMissing: The streamed file was removed.
        FileDamaged: The object is no HDF5 file.
        StreamUnreachable: Object storage does not give its beginning.
    """
    sidecar = find_sidecar(path) if use_sidecar else None
    try:
        spool = spool_of(path, sidecar.size if sidecar else None)
    except FileNotFoundError as error:
        raise FileMissing(path, "was removed to make room", "Open the session again") from error
    except OSError as error:
        kept = CannotKeep(str(path.parent), error.strerror or str(error))
        raise StreamUnreachable(path, kept) from error
    remote = RemoteFile(spool, sidecar)
    while True:
        file, why = _opened(remote)
        noted = remote.take_noted()
        if noted:
            fetch(path, remote, noted)
        elif file is None:
            problem = f"cannot be opened as HDF5 ({first_line(why)})" if why else "is empty"
            raise FileDamaged(path, problem, AGAIN) from why
        else:
            _open.add(file)
            return file, remote


def _opened(remote: RemoteFile) -> tuple[h5py.File | None, BaseException | None]:
    try:
        return h5py.File(remote, "r"), None
    except (OSError, RuntimeError, KeyError, ValueError, TypeError, MemoryError) as error:
        return None, error


@atexit.register
def _close_all() -> None:
    """HDF5 closes what is open at the end of the process, when Python's objects are gone."""
    for file in list(_open):
        with suppress(Exception):
            file.close()
