"""Finds processes and their descendants, and their memory according to Linux.

It uses only the standard library, because peers import it too.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

MB = 1e6


def peak_memory() -> float:
    """Sum of the peak memory (MB) of this process and its descendants."""
    return _summed("VmHWM", os.getpid())


def resident_memory(pid: int) -> float:
    """Present memory (MB) of a process and its descendants."""
    return _summed("VmRSS", pid)


def family(pid: int) -> set[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for process in Path("/proc").glob("[0-9]*"):
        if parent := _number("PPid", _status(int(process.name))):
            children.setdefault(parent, []).append(int(process.name))
    found, new = set(), {pid}
    while new:
        found |= new
        new = {child for parent in new for child in children.get(parent, ())} - found
    return found


def _summed(what: str, pid: int) -> float:
    return sum(_number(what, _status(one)) for one in family(pid)) * 1024 / MB


def _number(what: str, status: str) -> int:
    found = re.search(rf"^{what}:\s+(\d+)", status, re.MULTILINE)
    return int(found[1]) if found else 0


def _status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:  # the process has ended meanwhile
        return ""
