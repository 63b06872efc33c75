"""What a browser asks of the server for a page, recorded so that it can be asked again without."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Request

from tests.support.waiting import wait_ready

DATA = re.compile(r"/(_dash-update-component|picture/|moment/)")


def recorded(page: Page, url: str) -> list[dict[str, Any]]:
    """The requests for data that opening ``url`` causes until the page is ready, in order."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(url)
    wait_ready(page)
    return [_told(request) for request in asked if DATA.search(request.url)]


def save(requests: list[dict[str, Any]], path: Path) -> Path:
    """Put requests where another process reads them."""
    path.write_text(json.dumps(requests))
    return path


def _told(request: Request) -> dict[str, Any]:
    path = re.sub(r"^https?://[^/]+", "", request.url)
    return {"method": request.method, "path": path, "body": request.post_data}
