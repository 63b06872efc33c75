"""A server that is stopped and started again on the same port, as after a crash or a deployment."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.running import VBDASH, vbdash


@dataclass
class Restarted:
    """``stop()`` and ``start()`` as often as needed; ``url`` stays the same."""

    cache_dir: Path
    url: str = ""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        port = self.url.rpartition(":")[2]
        command = [VBDASH, "serve", "--cache-dir", self.cache_dir, "--port", port]
        self.process = subprocess.Popen(command, stdout=DEVNULL, stderr=DEVNULL)
        while not self._answers():
            if self.process.poll() is not None:  # something holds the port for a moment
                self.process = subprocess.Popen(command, stdout=DEVNULL, stderr=DEVNULL)
            time.sleep(0.1)

    def stop(self) -> None:
        """End the server; from then on connections are refused."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
        self.process = None

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


@contextmanager
def restarted(cache_dir: Path) -> Iterator[Restarted]:
    """A running server over ``cache_dir`` that can be stopped and started."""
    with vbdash("serve", "--cache-dir", cache_dir) as first:
        url = first.url.rstrip("/")
    server = Restarted(cache_dir, url)  # on the port that was free a moment ago
    server.start()
    try:
        yield server
    finally:
        server.stop()
