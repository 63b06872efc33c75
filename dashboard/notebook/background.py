"""The servers that this process has started for its notebook, one for each cache or file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, cast

from dashboard.urls import Kind
from data_layer.errors import DataLayerError

ENDED = "The dashboard's server has ended; Jupyter's terminal says why."
Key = tuple[Path | None, str | None]
_SERVERS: dict[Key, BackgroundServer] = {}


class CannotShow(DataLayerError):
    """A session cannot be shown in the notebook; the text says why."""


class BackgroundServer:
    """A server in a process of its own, which ends when this one does and its input ends.

    So a notebook that computes does not stop it, and an app of Dash in the notebook is another.
    ``place`` stands before the path of a page: a prefix of the notebook's host, or an origin.
    """

    def __init__(self, source: Path | None, base_url: str | None) -> None:
        """Start it and wait until it listens.

        Raises:
            CannotShow: it does not start.
        """
        command = [sys.executable, "-m", "dashboard.notebook", str(source or ""), base_url or ""]
        # In a session of its own, so that interrupting the kernel does not interrupt it.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            self.place: str = self._heard()["place"]
        except CannotShow:
            self.end()
            raise

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def process_id(self) -> int:
        """The id of its process."""
        return self._process.pid

    def end(self) -> None:
        """End it, and wait until it has ended."""
        with self._process:  # closes its standard input
            pass

    def kind_of(self, kind: Kind | None, id_: int) -> Kind:
        """What an id is of, among ``kind`` where that is known.

        Raises:
            CannotShow: the tables do not have it, or the server has ended.
        """
        try:
            print(json.dumps([kind, id_]), file=self._process.stdin, flush=True)
        except OSError:
            raise CannotShow(ENDED) from None
        return cast(Kind, self._heard()["kind"])

    def _heard(self) -> dict[str, Any]:
        line = cast(IO[str], self._process.stdout).readline()
        if not line:
            raise CannotShow(ENDED)
        said: dict[str, Any] = json.loads(line)
        if "problem" in said:
            raise CannotShow(said["problem"])
        return said


def server_of(source: Path | None, base_url: str | None) -> BackgroundServer:
    """The server of a cache directory or file, started if there is none that runs.

    Raises:
        CannotShow: it does not start.
    """
    key = source, base_url
    server = _SERVERS.get(key)
    if server is None or not server.is_running:
        end_server(key)
        server = _SERVERS[key] = BackgroundServer(source, base_url)
    return server


def end_server(key: Key) -> None:
    """End a server of this process, if there is one."""
    if server := _SERVERS.pop(key, None):
        server.end()


def end_servers() -> None:
    """End the servers of this process; their frames stay empty."""
    for key in list(_SERVERS):
        end_server(key)
