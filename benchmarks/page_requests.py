"""Records the requests of a browser for a page, so that they can be repeated without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Request

from tests.support.waiting import wait_ready

DATA = re.compile(r"/(_dash-update-component|picture/|moment/)")


def recorded(page: Page, url: str) -> list[dict[str, Any]]:
    """Open ``url``; return the requests for data until the page is ready, in order."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(url)
    wait_ready(page)
    return [_record(request) for request in asked if DATA.search(request.url)]


def save(requests: list[dict[str, Any]], path: Path) -> Path:
    """Write requests to a file for another process."""
    path.write_text(json.dumps(requests))
    return path


def _record(request: Request) -> dict[str, Any]:
    path = re.sub(r"^https?://[^/]+", "", request.url)
    return {"method": request.method, "path": path, "body": request.post_data}
