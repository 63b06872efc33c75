"""``vbdash`` as a user runs it: a real server in a process of its own."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VBDASH = Path(sys.executable).with_name("vbdash")


@contextmanager
def running(
    *arguments: str | Path, vbdash: Path = VBDASH, cwd: Path | None = None
) -> Iterator[str]:
    """Run one command of ``vbdash`` on a free port and give the URL that it prints."""
    command = [vbdash, *arguments, "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, text=True, cwd=cwd) as process:
        try:
            yield _printed_url(process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def _printed_url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found, f"vbdash printed no URL but {line!r}; it ended with {process.poll()}"
    return found[0]
