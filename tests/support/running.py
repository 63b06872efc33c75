"""Starts servers as a user does, in a separate process, and ends them like Ctrl-C."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

VBDASH = Path(sys.executable).with_name("vbdash")


@dataclass(frozen=True)
class Server:
    """A running server, with its output so far and the first URL in it."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def printed(self) -> str:
        return self.log.read_text()

    @property
    def url(self) -> str:
        while not (found := re.search(r"http://\S+", self.printed)):
            status = self.process.poll()
            assert status is None, f"ended with status {status}:\n{self.printed}"
            time.sleep(0.05)
        return found[0]


@contextmanager
def vbdash(
    *arguments: str | Path,
    program: Path = VBDASH,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run one command of ``vbdash`` on a free port."""
    with started([program, *arguments, "--port", "0"], environment) as server:
        yield server


@contextmanager
def started(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a server until the block ends; ``url`` waits until it has started."""
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            yield Server(process, Path(log.name))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            print(Path(log.name).read_text())  # pytest shows it if the test fails
