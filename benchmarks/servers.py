"""Starts servers as users do, on a free port, and ends them at the end of the block."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.harness import CannotMeasure
from benchmarks.processes import ROOT, end_family, last_line
from tests.support.running import VBDASH

LOOPBACK = "127.0.0.1"
START_TIMEOUT = 120  # s


@contextmanager
def vbdash_serve(cache_dir: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The URL of ``vbdash serve`` over a cache directory."""
    port = free_port()
    command = [str(VBDASH), "serve", "--cache-dir", str(cache_dir), "--port", str(port)]
    with served(command, port, environment) as (url, _):
        yield url


@contextmanager
def procfile_server(cache_dir: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The URL of the Procfile's server, and the id of its first process."""
    port = free_port()
    web = re.search(r"^web:\s*(.+)$", (ROOT / "Procfile").read_text(), re.MULTILINE)
    assert web is not None
    ours = {
        "VBDASH_CACHE_DIR": str(cache_dir),
        "PORT": str(port),
        "PATH": f"{VBDASH.parent}{os.pathsep}{os.environ['PATH']}",
    }
    with served(["sh", "-c", f"exec {web[1]}"], port, dict(environment) | ours) as found:
        yield found


@contextmanager
def served(
    command: list[str], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[str, int]]:
    """The URL of a server once it answers, and the id of its first process."""
    url = f"http://{LOOPBACK}:{port}"
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | dict(environment or {}),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            _wait(process, url, said)
            yield url, process.pid
        finally:
            end_family(process)


def free_port() -> int:
    """A free port of the loopback interface."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        return int(listener.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, said: TextIO) -> None:
    end = time.monotonic() + START_TIMEOUT
    while time.monotonic() < end:
        if process.poll() is not None:
            raise CannotMeasure(f"the server ended: {last_line(said)}")
        try:
            with urlopen(f"{url}/_dash-dependencies", timeout=START_TIMEOUT):
                return
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise CannotMeasure(f"the server did not answer within {START_TIMEOUT} s")
