"""Fresh processes: each says what it found as JSON in its last line, and leaves nothing behind."""

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
LONGEST = 900  # s
PATIENCE = 15  # s


def run_module(
    module: str,
    task: Mapping[str, Any],
    *,
    python: str = sys.executable,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What ``benchmarks.measured.<module>`` finds, run in a process (and session) of its own.

    Raises:
        CannotMeasure: it failed; the text ends with what it said last.
    """
    command = [python, "-m", f"benchmarks.measured.{module}", json.dumps(task)]
    # Into files, not pipes, which a process that outlives this one would hold open.
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
            status = process.wait(timeout=LONGEST)
        except subprocess.TimeoutExpired as error:
            raise CannotMeasure(f"{module} took more than {LONGEST} s") from error
        finally:
            end_family(process)
        if status:
            raise CannotMeasure(f"{module} ended with status {status}: {last_line(complaints)}")
        return dict(json.loads(last_line(out)))


def last_line(file: TextIO) -> str:
    """The last line of a file that is not empty."""
    file.seek(0)
    return next((line for line in reversed(file.read().splitlines()) if line.strip()), "")


def end_family(process: subprocess.Popen[Any]) -> None:
    """End a process that leads a session, and wait until all that it started has ended too."""
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
