"""Opens an HDF5 file, and says in words why it cannot be opened."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from stat import S_ISREG

import h5py

from data_layer.errors import FileDamaged, FileMissing, FileNotReadable, SessionFileError

AGAIN = "Download the file again"
REASONS: dict[int, tuple[str, str]] = {
    errno.EACCES: ("may not be read", "Give this user the permission to read it"),
    errno.EPERM: ("may not be read", "Give this user the permission to read it"),
    errno.EAGAIN: (
        "is locked by a program that writes it",
        "Close that program, or wait until it is done, and try again",
    ),
    errno.EMFILE: (
        "cannot be opened, because this program has too many files open",
        "Raise the limit of open files (ulimit -n), or show fewer sessions at once",
    ),
    errno.ENFILE: (
        "cannot be opened, because this machine has too many files open",
        "Close other programs, or raise the machine's limit of open files",
    ),
    errno.ESTALE: (
        "lies on a network drive that has lost it (stale file handle)",
        "Mount the drive again, and try again",
    ),
    errno.EIO: ("cannot be read from its drive", "Look whether the drive works and is connected"),
    errno.ENOTCONN: ("lies on a drive that is not connected", "Connect it, and try again"),
    errno.ETIMEDOUT: ("lies on a drive that does not answer", "Connect it, and try again"),
    errno.EHOSTDOWN: ("lies on a drive that does not answer", "Connect it, and try again"),
    errno.ENOMEM: ("cannot be read, because the memory is full", "Close something, and try again"),
    errno.ELOOP: ("is a link that leads in a circle", "Correct the link"),
    errno.ENAMETOOLONG: ("has too long a name", "Shorten the name"),
}
"""What the system says about a file that is not the file's fault, and what helps."""
REASONS[errno.EWOULDBLOCK] = REASONS[errno.EAGAIN]


def open_hdf5(path: Path) -> h5py.File:
    """Open a file for reading.

    Raises:
        FileMissing: There is none.
        FileNotReadable: The system does not let it be read.
        FileDamaged: It is cut off, or no HDF5 file.
    """
    try:
        is_file = S_ISREG(path.stat().st_mode)
        if is_file:
            os.close(os.open(path, os.O_RDONLY))
    except FileNotFoundError as error:
        raise _missing(path) from error
    except (OSError, ValueError) as error:
        raise system_fault(path, error) or _missing(path) from error
    if not is_file:
        problem = "is a folder or device, not a file"
        raise FileDamaged(path, problem, "Choose an NWB file, such as one inside the folder")
    try:
        if not h5py.is_hdf5(path):
            raise FileDamaged(path, "is not an HDF5 file, as every NWB file is", AGAIN)
        return h5py.File(path, "r", locking="best-effort")
    except (OSError, RuntimeError, KeyError, ValueError, TypeError, MemoryError) as error:
        told = system_fault(path, error)
        raise told or FileDamaged(path, _why_not_opened(error), AGAIN) from error


def system_fault(path: Path, error: BaseException) -> SessionFileError | None:
    """The error of ours for a fault of the system rather than of the file; None for others."""
    code = getattr(error, "errno", None) or _code_in(str(error))
    if code not in REASONS:
        return None
    return FileNotReadable(path, *REASONS[code])


def _code_in(text: str) -> int | None:
    """The number of the system's error in a message of HDF5."""
    found = re.search(r"errno = (\d+)", text)
    return int(found[1]) if found else None


def first_line(error: BaseException) -> str:
    """The first line of an error's text."""
    lines = (str(error.args[-1]) if error.args else str(error)).splitlines()
    return lines[0] if lines else type(error).__name__


def _missing(path: Path) -> FileMissing:
    return FileMissing(path, "there is no such file", "Check the path, or download the file")


def _why_not_opened(error: BaseException) -> str:
    reason = first_line(error)
    cut = re.search(r"truncated file: eof = (\d+).*stored_eof = (\d+)", reason)
    if cut:
        return f"is cut off after {int(cut[1]):,} of its {int(cut[2]):,} bytes"
    return f"cannot be opened as HDF5 ({reason})"
