"""Turns of costly requests: those of one app share a few; see ``data_layer.turns``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from dash import Dash
from dash.exceptions import PreventUpdate
from flask import Flask, Response, current_app, request

from data_layer.errors import TooBusy
from data_layer.settings import Settings
from data_layer.turns import Superseded, Turns

COSTLY, DOWNLOADS = "visual_behavior_costly", "visual_behavior_downloads"
TAB = "X-Tab"
"""The header by which a tab of a browser names itself (``assets/core/tab.js``)."""
RETRY_AFTER = "10"  # s


def register(app: Dash, settings: Settings) -> None:
    """Give the app its turns; routes without one answer 503 with a sentence."""
    server: Flask = app.server
    seconds = settings.costly_seconds
    at_once = settings.downloads_at_once
    server.extensions[COSTLY] = Turns(settings.costly_at_once, settings.costly_waiting, seconds)
    share = -(-at_once // 2)
    server.extensions[DOWNLOADS] = Turns(at_once, at_once, seconds, share)
    server.register_error_handler(TooBusy, _refused)


def _refused(error: TooBusy) -> Response:
    headers = {"Retry-After": RETRY_AFTER}
    return Response(str(error), 503, headers, mimetype="text/plain")


@contextmanager
def costly_turn(what: str) -> Iterator[None]:
    """Hold a turn for costly work on a part of the page, such as a panel's name.

    Raises:
        TooBusy: too many costly requests wait already, or the turn did not come in time.
        PreventUpdate: the same tab has asked for the same part anew.
    """
    turns: Turns | None = current_app.extensions.get(COSTLY)
    tab = request.headers.get(TAB, "")
    try:
        with turns.turn(_client(tab), what if tab else "") if turns else nullcontext():
            yield
    except Superseded:
        raise PreventUpdate from None


def download_turn() -> AbstractContextManager[None]:
    """A turn for sending a large file.

    Raises:
        TooBusy: too many downloads wait already, or the turn did not come in time.
    """
    turns: Turns | None = current_app.extensions.get(DOWNLOADS)
    return turns.turn(_client("")) if turns else nullcontext()


def _client(tab: str) -> str:
    return f"{request.remote_addr} {tab}"
