"""Builds an expensive folder once for several test processes."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Callable
from pathlib import Path


def build_once(folder: Path, build: Callable[[Path], object]) -> Path:
    """Call ``build`` to fill ``folder`` if it does not exist; other processes wait meanwhile."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            # A build that fails must not look finished to the next process.
            part = Path(tempfile.mkdtemp(dir=folder.parent))
            build(part)
            part.rename(folder)
    return folder
