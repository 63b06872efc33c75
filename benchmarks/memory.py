"""Memory of processes as Linux counts it; standard library only, since peers import it too."""

from __future__ import annotations

import os
import re
from pathlib import Path

MB = 1e6


def peak_memory() -> float:
    """MB that this process and those it started have held at most, each at its own peak."""
    return _summed("VmHWM", os.getsid(0))


def resident_memory(session: int) -> float:
    """MB that the processes of a session (see ``setsid``) hold now."""
    return _summed("VmRSS", session)


def _summed(what: str, session: int) -> float:
    statuses = [_status(pid) for pid in _processes(session)]
    found = [re.search(rf"{what}:\s+(\d+) kB", status) for status in statuses]
    return sum(int(match[1]) * 1024 for match in found if match) / MB


def _processes(session: int) -> list[int]:
    return [int(p.name) for p in Path("/proc").glob("[0-9]*") if _session(int(p.name)) == session]


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None


def _status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has ended meanwhile
        return ""
