"""NWB files that a test writes or changes."""

from __future__ import annotations

from pathlib import Path

import h5py


def writable(path: Path, mode: str = "r+") -> h5py.File:
    """An NWB file to be changed, without a lock.

    A process that a server under test starts holds what is open here until it runs its program,
    locks included, so that opening the same file again would fail now and then.
    """
    return h5py.File(path, mode, locking=False)
