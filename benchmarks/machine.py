"""Describes the machine on which the numbers were measured."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("dash", "plotly", "numpy", "h5py")


def machine() -> dict[str, str]:
    """Processor, cores, memory, system, load and the versions of packages."""
    ours = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "load": f"{os.getloadavg()[0]:.1f} processes waiting when it began",
        "versions": f"Python {platform.python_version()}, {ours}",
    }


def _processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()
