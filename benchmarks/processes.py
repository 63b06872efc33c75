"""Fresh processes: each says what it found as JSON in its last line, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from benchmarks.harness import CannotMeasure

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 900  # s


def run_module(
    module: str, task: Mapping[str, Any], *, python: str = sys.executable,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What ``benchmarks.measured.<module>`` finds, run in a process (and session) of its own.

    Raises:
        CannotMeasure: it failed; the text ends with what it said last.
    """
    command = [python, "-m", f"benchmarks.measured.{module}", json.dumps(task)]
    # Into files, not pipes, which a process that outlives this one would hold open.
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            command, stdout=out, stderr=complaints, cwd=ROOT, start_new_session=True,
            env=os.environ | dict(environment or {}),
        )  # fmt: skip
        try:
            status = process.wait(timeout=LONGEST)
        except subprocess.TimeoutExpired as error:
            raise CannotMeasure(f"{module} took more than {LONGEST} s") from error
        finally:
            end_session(process)
        if status:
            raise CannotMeasure(f"{module} ended with status {status}: {last_line(complaints)}")
        return dict(json.loads(last_line(out)))


def last_line(file: TextIO) -> str:
    """The last line of a file that is not empty."""
    file.seek(0)
    return next((line for line in reversed(file.read().splitlines()) if line.strip()), "")


def end_session(process: subprocess.Popen[Any]) -> None:
    """End a process that leads a session, and what it started."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=15)
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
