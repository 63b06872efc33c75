"""Which files a page loads, and under which addresses."""

from __future__ import annotations

import pkgutil
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dash import Dash
from dash.fingerprint import check_fingerprint

from dashboard.http.page_files.head import rewritten
from dashboard.http.page_files.joined import joined, version_of
from dashboard.urls.prefix import current
from dashboard.urls.routes import FILE
from dashboard.urls.templates import link

SUITES = "/_dash-component-suites/"
ASSETS = "/assets/"
VENDOR = "/assets/vendor/"
UNUSED = re.compile(r"/dash/dash_table/")
POLYFILL = re.compile(r"/dash/deps/polyfill@")
"""Stand-ins for what browsers lacked ten years ago. Dash's scripts still need one of them."""
GENERATORS = "/assets/vendor/regenerator-runtime.min.js"
GRID = re.compile(r"/dash_ag_grid/dash_ag_grid\.")
FINGERPRINT = re.compile(r"\.(v[\w-]+m[0-9a-fA-F]+)\.")


@dataclass(frozen=True, slots=True)
class Joined:
    """A file made of several, and the version in its address."""

    content: bytes
    version: str


class PageFiles:
    """The files of the pages of one app.

    Args:
        app: its assets are known once it has had its first request.
        assets: the folder of our stylesheets and scripts.
    """

    def __init__(self, app: Dash, assets: Path) -> None:
        self._app, self._assets = app, assets
        self._versions: dict[str, str] = {}
        self.grid = ""  # the address of AG Grid, which is not among the tags; known with the first

    @cached_property
    def _joined(self) -> dict[str, Joined]:
        return {
            "page.js": self._made(self._app.scripts.get_all_scripts()),
            "page.css": self._made(self._app.css.get_all_css()),
        }

    def _made(self, resources: list[dict[str, Any]]) -> Joined:
        names = [resource["asset_path"] for resource in resources if "asset_path" in resource]
        content = joined([self._assets / name for name in names])
        return Joined(content, version_of(content))

    def head(self, html: str, name: str) -> str:
        """The tags of a page's scripts or stylesheets, ours as one file with this name."""
        ours = iter([file_link(self._joined[name].version, name)])  # in the place of the first

        def address(source: str) -> str | None:
            path = source.removeprefix(current())
            if path.startswith(ASSETS) and not path.startswith(VENDOR):
                return next(ours, None)
            return self._address(path)

        return rewritten(html, address)

    def _address(self, path: str) -> str | None:
        if UNUSED.search(path):
            return None
        if POLYFILL.search(path):
            return self.asset_link(GENERATORS)
        if path.startswith(SUITES):
            found = suite_link(path)
            if not GRID.search(path):
                return found
            self.grid = found
            return None
        return self.asset_link(path) if path.startswith(VENDOR) else path

    def asset_link(self, path: str) -> str:
        """The address of an asset that stands alone: it changes with the content."""
        if path not in self._versions:
            content = (self._assets / path.removeprefix(ASSETS)).read_bytes()
            self._versions[path] = version_of(content)
        return link(f"{path}?m={self._versions[path]}")

    def content(self, version: str, name: str) -> bytes | None:
        """What lies at an address; None for nothing, or for another version of a joined file."""
        made = self._joined.get(name)
        if made:
            return made.content if made.version == version else None
        package, _, path = name.partition("/")
        known = path in self._app.registered_paths.get(package, ())
        return pkgutil.get_data(package, path) if known else None


def file_link(version: str, name: str) -> str:
    """The address of a file of the page."""
    return link(FILE.format(version=version, name=name))


def suite_link(path: str) -> str:
    """The address of a file of Dash or of one of its packages.

    The version is a folder of it, so that what the file loads from beside it has the version too.
    """
    name, _ = check_fingerprint(path.removeprefix(SUITES))
    found = FINGERPRINT.search(path)
    return file_link(found[1] if found else "0", name)
