"""Lets pages load our files as one, and the rest under addresses that browsers keep."""

from __future__ import annotations

import json
import mimetypes
from typing import Any

from dash import Dash
from flask import Response, abort, request

from dashboard.arguments.routes import add_route
from dashboard.arguments.values import Word
from dashboard.components.skeleton import skeleton
from dashboard.http.page_files.files import PageFiles
from dashboard.urls.pages import EXPLORE, NOTES, QC
from dashboard.urls.routes import FILE
from dashboard.urls.templates import link

PLOTLY = "/assets/vendor/plotly-figures.min.js"
LATE = '<script type="application/json" id="vbd-late-files">{}</script>'
"""The addresses that ``assets/core/late_files.js`` loads later than the page."""
SOON = '\n<link rel="preload" as="script" fetchpriority="low" href="{}">'
"""Fetches what the page will load as soon as the line is free."""
NEEDED = {EXPLORE: "grid", QC: "grid", NOTES: ""}
"""Which of them a page needs first; pages that are not named have graphs."""
FIRST = ("/_dash-layout", "/_dash-dependencies")
"""What Dash asks for once its scripts have run, and waits for."""
ASKED = '\n<link rel="preload" as="fetch" crossorigin="anonymous" href="{}">'


def register(app: Dash, files: PageFiles) -> None:
    """Rewrite the tags of the app's pages, and add the route of the files."""
    interpolated = app.interpolate_index

    def index(**parts: str) -> Any:
        return interpolated(**_with_files(parts, files, skeleton(request.path, app.title)))

    # The method that Dash offers to be replaced, for which its class would have to be extended.
    app.interpolate_index = index

    def file(version: Word, name: Word) -> Response:
        content = files.content(version, name)
        if content is None:
            abort(404, description="There is no such file in this version of the dashboard.")
        kind, _ = mimetypes.guess_type(name)
        return Response(content, mimetype=kind or "application/octet-stream")

    add_route(app.server, FILE, "file", file, any_text="name")


def _with_files(parts: dict[str, str], files: PageFiles, before: str) -> dict[str, str]:
    css = files.head(parts["css"], "page.css")
    scripts = files.head(parts["scripts"], "page.js")
    late = {"plotly": files.asset_link(PLOTLY), "grid": files.grid}
    soon = NEEDED.get(request.path, "plotly")
    told = json.dumps({"addresses": late, "soon": soon})
    return {
        **parts,
        "css": css
        + (SOON.format(late[soon]) if soon else "")
        + "".join(map(ASKED.format, map(link, FIRST))),
        "scripts": scripts,
        "app_entry": LATE.format(told) + before + parts["app_entry"],
    }
