"""Opens NWB files that a test writes or changes."""

from __future__ import annotations

from pathlib import Path

import h5py


def writable(path: Path, mode: str = "r+") -> h5py.File:
    """Open an NWB file for writing, without a lock.

    A process that is started by a server under test inherits open files, with their locks, until
    it runs its program. With locks, opening the same file again would sometimes fail.
    """
    return h5py.File(path, mode, locking=False)
