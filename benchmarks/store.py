"""The level-of-detail store, prepared as its users do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from benchmarks.harness import CannotMeasure
from tests.running import VBDASH


def prepare(cache_dir: Path, environment: Mapping[str, str]) -> None:
    """Build the store of every session of a cache directory.

    Raises:
        CannotMeasure: the command failed.
    """
    if "prepare" not in subprocess.run([VBDASH, "--help"], capture_output=True, text=True).stdout:
        return
    command = [VBDASH, "prepare", "--all", "--cache-dir", cache_dir]
    done = subprocess.run(
        command, env=os.environ | dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip() or "nothing").splitlines()[-1]
        raise CannotMeasure(f"vbdash prepare ended with status {done.returncode}: {last}")
