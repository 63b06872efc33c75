"""Refuses requests that write when a page of another site sent them.

Browsers send ``Sec-Fetch-Site``, and older ones at least ``Origin``. Programs that are no browsers
send neither; nobody can make those send a request without the user's knowledge.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from dashboard.http.access.refusals import refusal

READING = {"GET", "HEAD", "OPTIONS"}
OWN = {"same-origin", "none"}
"""``none`` is what the user does without a page, such as an entry in the address bar."""
STANDARD_PORTS = {"http": 80, "https": 443}
REFUSED = (
    "A page of another site may not write here; open the dashboard itself to do it. Behind a proxy "
    "this also happens when it does not pass the Host header on."
)


def register(server: Flask) -> None:
    """Check every request with a method that may write."""
    server.before_request(_check)


def _check() -> Response | None:
    if request.method in READING or is_own_page():
        return None
    return refusal(403, REFUSED)


def is_own_page() -> bool:
    """Whether the current request comes from one of our pages, or from no page at all."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in OWN
    origin = request.headers.get("Origin")
    return origin is None or _is_same(origin, request.headers.get("Host", ""))


def _is_same(origin: str, host: str) -> bool:
    """Whether an ``Origin`` is a page of the host; a proxy may speak another scheme with us."""
    try:
        page = urlsplit(origin)
        standard = STANDARD_PORTS[page.scheme]
        here = urlsplit(f"{page.scheme}://{host}")
        ports = page.port or standard, here.port or standard
    except (ValueError, KeyError):
        return False
    return page.hostname == here.hostname and ports[0] == ports[1]
