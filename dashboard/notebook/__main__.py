"""The server of a notebook: ``python -m dashboard.notebook SOURCE BASE_URL``, for ``background``.

``SOURCE`` is a cache directory, an NWB file, or empty; ``BASE_URL`` the path of a Jupyter that
passes requests on, or empty. It says where its pages are in one line of JSON, answers each line of
standard input (``[kind or null, id]``) with one, and ends with the input.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

from dashboard.app import create_app
from dashboard.cli.listening import listen, url_of
from dashboard.cli.local_server import serve
from dashboard.cli.project_cache import open_project_cache
from dashboard.notebook.launcher import ANY_HOST, hub_hosts
from dashboard.urls import ID_NAMES
from data_layer.errors import DataLayerError
from data_layer.project_cache.protocol import Cache
from data_layer.project_cache.single_file import SingleFile
from data_layer.settings import Settings

HOST = "127.0.0.1"
NOTEBOOKS_HERE = "http://localhost:*,http://127.0.0.1:*"
"""Where a notebook on this machine is, whose page has the frame."""
NOBODY = "No session or experiment with the id {id} is in the tables of {place}."


def main(source: str, base_url: str) -> NoReturn:
    """Answer until the input ends."""
    listener = listen(HOST, 0)
    port = listener.getsockname()[1]
    prefix = f"{base_url.rstrip('/')}/proxy/{port}" if base_url else ""
    try:
        settings = _settings(source, port, prefix)
        cache = _cache(source, settings)
        server = create_app(cache, settings).server
    except DataLayerError as error:
        _say(problem=str(error))
        sys.exit(2)
    _say(place=prefix or url_of(listener))
    threading.Thread(target=_answer, args=(cache, source), daemon=True).start()
    serve(server, listener, settings)


def _settings(source: str, port: int, prefix: str) -> Settings:
    given: dict[str, Any] = {"cache_dir": Path(source)} if Path(source).is_dir() and source else {}
    hosts = {"allowed_hosts": ANY_HOST} if prefix and hub_hosts() else {}
    frames = "self" if prefix else NOTEBOOKS_HERE
    return Settings.from_environment(
        host=HOST, port=port, url_prefix=prefix, embed_in=frames, **given, **hosts
    )


def _cache(source: str, settings: Settings) -> Cache:
    is_cache = not source or Path(source).is_dir()
    return open_project_cache(settings) if is_cache else SingleFile(source)


def _answer(cache: Cache, source: str) -> None:
    for line in sys.stdin:
        kind, id_ = json.loads(line)
        kinds = [name for name, ids in _ids(cache).items() if id_ in ids and kind in (None, name)]
        if kinds:
            _say(kind=kinds[0])
        else:
            _say(problem=NOBODY.format(id=id_, place=source or "the project cache"))
    os.kill(os.getpid(), signal.SIGTERM)


def _ids(cache: Cache) -> dict[str, Any]:
    tables = {
        "experiment": cache.get_ophys_experiment_table,
        "session": cache.get_ophys_session_table,
        "behavior": cache.get_behavior_session_table,
    }
    assert tables.keys() == ID_NAMES.keys()
    return {kind: table().index for kind, table in tables.items()}


def _say(**said: Any) -> None:
    sys.stdout.write(f"{json.dumps(said)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
