"""Runs cases in processes: one that ends, hangs or grows counts, and a new process goes on."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.fuzz.file_case import LAYOUTS, SECONDS, Case, Result, write_sound

START = 60.0
"""Seconds for the start of a process, and for damaging a file, besides those for reading it."""


class Worker:
    """One process at a time, used for many cases, in a folder of its own."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        sound = write_sound(Path(self._folder.name) / "sound")
        self._sound = [str(sound[layout]) for layout in LAYOUTS]
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()
        self._folder.cleanup()

    def run(self, case: Case) -> Result:
        """How a case ends; the process is killed when it takes too long."""
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asdict(case)) + "\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], SECONDS + START)
        line = process.stdout.readline() if ready else ""
        if not line:
            self._stop()
            code = process.returncode
            return Result("crashed" if ready else "hung", "", f"the process ended with {code}")
        result = Result(**json.loads(line))
        if result.outcome == "hung":
            self._stop()  # its peak of memory would be that of every case after it
        return result

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.fuzz.file_case", self._folder.name, *self._sound]
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
