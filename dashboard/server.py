"""The WSGI application for another server; environment variables (``VBDASH_…``) configure it.

``vbdash`` and the ``Procfile`` do without it, on a server that slow clients do not stop
(docs/serving.md).

Without ``VBDASH_CACHE_DIR`` it shows the demo release, which is built on the first start.
``VBDASH_HOST`` must be the address that the server binds: other machines are refused
otherwise.
"""

from __future__ import annotations

import sys
from typing import Any

from dashboard.app import create_app
from dashboard.cli.demo_release import demo_release
from dashboard.http import access
from data_layer.errors import DataLayerError
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings


def _server() -> Any:
    try:
        settings = Settings.from_environment()
        if told := access.check(settings):
            sys.stderr.write(f"{told}\n")
        cache_dir = settings.cache_dir or demo_release(settings.work_dir)
        cache = VisualBehaviorOphysProjectCache.from_local_cache(cache_dir)
        return create_app(cache, settings).server
    except DataLayerError as error:
        raise SystemExit(f"vbdash: {error}") from error


server = _server()
