"""The path below which browsers reach the dashboard: ``/lab/vbdash``, or ``""`` for the whole host.

Pages, routes and checks know nothing of it: requests lose it before they are seen, and links get it
where they are made (``templates.link``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import unquote

_PREFIX: ContextVar[str] = ContextVar("prefix", default="")


def current() -> str:
    """The prefix of the links that are made now."""
    return _PREFIX.get()


@contextmanager
def below(prefix: str) -> Iterator[None]:
    """Make links below ``prefix`` while the block lasts, in this thread."""
    token = _PREFIX.set(prefix)
    try:
        yield
    finally:
        _PREFIX.reset(token)


def decoded(prefix: str) -> str:
    """The prefix as servers write paths: without escapes, a character for each byte."""
    return unquote(prefix, "latin-1")


def inside(path: str, prefix: str) -> str:
    """The path that pages and routes know, whether a proxy has left the prefix in it or not.

    Args:
        path: that of a request, decoded.
        prefix: as :func:`current` gives it.
    """
    start = decoded(prefix)
    is_below = path == start or path.startswith(f"{start}/")
    return (path.removeprefix(start) if is_below else path) or "/"
