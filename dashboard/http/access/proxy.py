"""A reverse proxy does the login and names the user in a header of its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Response, request

from dashboard.http.access.refusals import refusal
from data_layer.errors import BadSetting
from data_layer.settings import Settings

FROM_CLIENTS = {
    "accept",
    "accept-encoding",
    "accept-language",
    "authorization",
    "connection",
    "cookie",
    "host",
    "origin",
    "referer",
    "user-agent",
}
"""Headers that clients send themselves: they say nothing about a login."""
WANTED = "the name of a header that only the proxy sets, such as X-Remote-User"
REFUSED = (
    "This server answers only through its proxy, which names the user in the header {name}. "
    "Open the address of the proxy; whoever runs it can see docs/sharing.md."
)
TWICE = (
    "The header {name} came more than once: the proxy must replace what clients send, not add to "
    "it (docs/sharing.md)."
)


def header_of(settings: Settings) -> str:
    """The name of the header.

    Raises:
        BadSetting: it is no header's name, or clients send it themselves.
    """
    name = settings.behind_proxy.strip()
    if not re.fullmatch(r"[A-Za-z0-9-]+", name) or name.lower() in FROM_CLIENTS:
        raise BadSetting("VBDASH_BEHIND_PROXY", settings.behind_proxy, WANTED)
    return name


def check_of(settings: Settings) -> Callable[[], Response | None]:
    """The check that a request names a user; raises BadSetting as ``header_of``."""
    name = header_of(settings)

    def check() -> Response | None:
        user = request.headers.get(name, "").strip()
        if "," in user:  # servers join headers of one name with commas
            return refusal(403, TWICE.format(name=name))
        return None if user else refusal(403, REFUSED.format(name=name))

    return check
