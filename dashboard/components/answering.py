"""How a panel's callback answers: its content, its state and, where there is one, its sentence.

This is the one place where errors become words.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from dash import Dash, Output, no_update
from dash.exceptions import PreventUpdate

from dashboard.components.panel import EMPTY, ERROR, READY
from data_layer.errors import DataLayerError, StreamMissing

log = logging.getLogger(__name__)

UNFORESEEN = "Something went wrong here. The server's log has the details; reload to try again."


class EmptyPanel(Exception):
    """Raised by a panel's callback that has nothing to show; its text says why."""


def state_of(error: Exception) -> tuple[str, str]:
    """The panel state and the sentence for an error."""
    if isinstance(error, EmptyPanel | StreamMissing):
        return EMPTY, str(error)
    if isinstance(error, DataLayerError):
        return ERROR, str(error)
    return ERROR, UNFORESEEN


def shared_panels(app: Dash) -> set[str]:
    """The names of the panels of an app whose answers are kept."""
    found: set[str] = app.server.extensions.setdefault("shared_panels", set())
    return found


def panel_callback(
    app: Dash, name: str, content: Output | list[Output], *inputs: Any, shared: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function that returns a panel's content (one value, or a tuple for a list).

    The panel's state becomes ``ready``; an error leaves the content as it is and shows its
    sentence. What a ``shared`` panel answers depends on the file and the inputs alone, so that it
    is kept for whoever asks the same (``dashboard.http.kept_answers``).
    """
    if shared:
        shared_panels(app).add(name)
    outputs = content if isinstance(content, list) else [content]

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def answer(*args: Any) -> list[Any]:
            try:
                result = function(*args)
            except PreventUpdate:
                raise
            except Exception as error:
                if not isinstance(error, EmptyPanel | DataLayerError):
                    log.exception("panel %s", name)
                return [*[no_update] * len(outputs), *state_of(error)]
            return [*(result if isinstance(content, list) else [result]), READY, None]

        state = Output(f"panel-{name}", "data-state"), Output(f"message-{name}", "children")
        app.callback([*outputs, *state], *inputs)(answer)
        return function

    return decorate
