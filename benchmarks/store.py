"""Prepares the stores of a cache directory with the command line."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.harness import CannotMeasure
from tests.support.running import VBDASH


def prepare(cache_dir: Path, environment: Mapping[str, str]) -> str:
    """Build the store of every session; return a sentence with its size and time.

    Raises:
        CannotMeasure: The command failed.
    """
    command: list[str | Path] = [VBDASH, "prepare", "--all", "--cache-dir", cache_dir]
    began = time.perf_counter()
    done = subprocess.run(
        command, env=os.environ | dict(environment), capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        last = (done.stderr.strip() or "nothing").splitlines()[-1]
        raise CannotMeasure(f"vbdash prepare ended with status {done.returncode}: {last}")
    kept = Path(environment["VBDASH_WORK_DIR"]).rglob("*")
    size = sum(path.stat().st_size for path in kept if path.is_file()) / 1e6
    return f"the store takes {size:,.0f} MB and was prepared in {seconds:.0f} s"
