"""Runs modules in new processes, reads their results as JSON, and ends all their descendants."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from benchmarks.harness import CannotMeasure
from benchmarks.memory import family

ROOT = Path(__file__).resolve().parents[1]
TIMEOUT = 900  # s
PATIENCE = 15  # s


def run_module(
    module: str,
    task: Mapping[str, Any],
    *,
    python: str = sys.executable,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Run ``benchmarks.measured.<module>`` in a new process and session; return its results.

    Raises:
        CannotMeasure: The module failed; the text ends with the last line of its errors.
    """
    command = [python, "-m", f"benchmarks.measured.{module}", json.dumps(task)]
    # Files rather than pipes, which a descendant that outlives the process would keep open.
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=complaints,
            cwd=ROOT,
            start_new_session=True,
            env=os.environ | dict(environment or {}),
        )
        try:
            status = process.wait(timeout=TIMEOUT)
        except subprocess.TimeoutExpired as error:
            raise CannotMeasure(f"{module} took more than {TIMEOUT} s") from error
        finally:
            end_family(process)
        if status:
            raise CannotMeasure(f"{module} ended with status {status}: {last_line(complaints)}")
        return dict(json.loads(last_line(out)))


def last_line(file: TextIO) -> str:
    """The last nonempty line of a file."""
    file.seek(0)
    return next((line for line in reversed(file.read().splitlines()) if line.strip()), "")


def end_family(process: subprocess.Popen[Any]) -> None:
    """End a process that leads a session, and wait until all its descendants have ended too."""
    members = family(process.pid)
    _signal(process.pid, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and (process.poll() is None or any(map(_lives, members))):
        time.sleep(0.02)
    _signal(process.pid, signal.SIGKILL)
    for member in filter(_lives, members):
        os.kill(member, signal.SIGKILL)
    process.wait()


def _signal(leader: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, number)


def _lives(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
