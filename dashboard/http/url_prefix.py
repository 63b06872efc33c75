"""The setting of the prefix, and the step that takes it from requests before the app sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from flask import Flask

from dashboard.urls import pages, routes
from dashboard.urls.address import ID_NAMES
from dashboard.urls.prefix import below, decoded, inside
from dashboard.urls.templates import whole_number
from data_layer.errors import BadSetting
from data_layer.settings import Settings

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PREFIX = re.compile(r"(/([\w.~@+-]|%[0-9a-f]{2})+)*", re.ASCII | re.IGNORECASE)
WANTED = "a path such as /lab/vbdash: a slash, then letters, digits and -._~@+% between slashes"
ANOTHER = "a path of your own: the dashboard has pages or files there itself"
OF_DASH = "assets"


def prefix_of(settings: Settings) -> str:
    """The prefix without a slash at its end; ``""`` for none.

    Raises:
        BadSetting: it is no path, or the dashboard has pages there: a request would not tell
            whether the prefix is still in it.
    """
    given = settings.url_prefix
    prefix = given.removesuffix("/")
    parts = [unquote(part) for part in prefix.split("/")[1:]]
    if not PREFIX.fullmatch(prefix) or not all(map(_is_name, parts)):
        raise BadSetting("VBDASH_URL_PREFIX", given, WANTED)
    if parts and _is_ours(parts):
        raise BadSetting("VBDASH_URL_PREFIX", given, ANOTHER)
    return prefix


def _is_name(part: str) -> bool:
    return part.isprintable() and "/" not in part and part not in (".", "..")


def _is_ours(parts: list[str]) -> bool:
    """Whether a path of the dashboard itself begins with these parts."""
    if parts[0] == OF_DASH or parts[0].startswith("_"):
        return True
    return any(len(path) >= len(parts) and all(map(_may_be, path, parts)) for path in _paths())


def _paths() -> list[list[str]]:
    """The parts of the paths of all pages and routes."""
    constants = [*vars(pages).items(), *vars(routes).items()]
    templates = [path for name, path in constants if name.isupper() and isinstance(path, str)]
    return [path.split("/")[1:] for path in templates]


def _may_be(template: str, part: str) -> bool:
    if template == "{id}":
        return whole_number(part) is not None
    return part in ID_NAMES if template == "{kind}" else "{" in template or template == part


def register(server: Flask, prefix: str) -> None:
    """Let the server answer below ``prefix``, to proxies that keep it in a path or take it away."""
    server.config["SESSION_COOKIE_PATH"] = f"{prefix}/"
    application: Wsgi = server.wsgi_app

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = inside(environ["PATH_INFO"], prefix)
        with below(prefix):
            return application(environ | {"SCRIPT_NAME": decoded(prefix), "PATH_INFO": path}, start)

    # Flask's own way to put a step before an application; mypy takes it for a method.
    server.wsgi_app = answer  # type: ignore[method-assign, assignment]
