"""The peak of memory of a process that a test has started."""

from __future__ import annotations

import re
from pathlib import Path


def peak_megabytes() -> float:
    """The most memory that this process had in use so far, in MB.

    Unlike ``resource.getrusage``, it does not count what the process had before it ran its
    program, when it was a copy of the one that started it.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024
