"""Starts a JupyterLab on loopback, with nothing of the user's, as a hub does below a path."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.running import started

TOKEN = "a-token"
BASE = "/user/jo/"
QUIET = ("--LabApp.news_url=", "--LabApp.extension_manager=readonly")


@dataclass(frozen=True)
class Jupyter:
    """A running JupyterLab: its URL with a slash at the end, and the folder of its notebooks."""

    url: str
    notebooks: Path

    def page(self, path: str) -> str:
        """The URL of a page, with the token that lets a new visitor in."""
        return f"{self.url}{path}?token={TOKEN}"


@contextmanager
def jupyter_lab(folder: Path, environment: Mapping[str, str]) -> Iterator[Jupyter]:
    """A JupyterLab, as on a hub: ``JUPYTERHUB_SERVICE_PREFIX`` is set."""
    own = {
        f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")
    }
    own |= {"IPYTHONDIR": str(folder / "ipython"), "JUPYTERHUB_SERVICE_PREFIX": BASE}
    notebooks, settings = folder / "notebooks", folder / "config" / "labconfig"
    notebooks.mkdir()
    settings.mkdir(parents=True)
    # Dash has an extension for JupyterLab 3; a dialog would ask whether to build it in.
    (settings / "page_config.json").write_text('{"buildCheck": false, "buildAvailable": false}')
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", *QUIET]
    options = [f"--ServerApp.root_dir={notebooks}", f"--ServerApp.base_url={BASE}"]
    command = [sys.executable, "-m", "jupyterlab", *words, *options]
    token = f"--IdentityProvider.token={TOKEN}"
    with started([*command, token], {**os.environ, **own, **environment}) as server:
        assert server.url  # it has said where it is, so it listens
        yield Jupyter(f"http://127.0.0.1:{port}{BASE}", notebooks)
