"""Processes and what they started, and their memory as Linux counts it.

Standard library only, since peers import it too.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

MB = 1e6


def peak_memory() -> float:
    """MB that this process and those it started have held at most, each at its own peak."""
    return _summed("VmHWM", os.getpid())


def resident_memory(pid: int) -> float:
    """MB that a process and those it started hold now."""
    return _summed("VmRSS", pid)


def family(pid: int) -> set[int]:
    """A process, what it started, what those started, and so on."""
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
    except OSError:  # it has ended meanwhile
        return ""
