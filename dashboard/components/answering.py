"""How a panel's callback answers: its content, its state and, where there is one, its sentence.

This is the one place where errors become words.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from dash import Dash, Output, ctx, no_update
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


@dataclass(frozen=True, slots=True)
class Question:
    """What a shared panel is asked: ``values`` by ``id.property``, and which of them changed."""

    panel: str
    values: dict[str, Any]
    changed: tuple[str, ...]


class Keeper(Protocol):
    """Keeps the answers of shared panels."""

    def answer(self, question: Question, compute: Callable[[], list[Any]]) -> list[Any]:
        """The outputs for a question; those of ``compute()`` where they are not kept."""


KEEPER = "visual_behavior_keeper"
"""The extension of the Flask application that keeps answers, where there is one."""


def panel_callback(
    app: Dash, name: str, content: Output | list[Output], *inputs: Any, shared: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function that returns a panel's content (one value, or a tuple for a list).

    The panel's state becomes ``ready``; an error leaves the content as it is and shows its
    sentence. What a ``shared`` panel answers depends on the file and the inputs alone, so that it
    is kept for whoever asks the same (``dashboard.http.kept_answers``).
    """
    outputs = content if isinstance(content, list) else [content]

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        def compute(*args: Any) -> list[Any]:
            try:
                result = function(*args)
            except PreventUpdate:
                raise
            except Exception as error:
                if not isinstance(error, EmptyPanel | DataLayerError):
                    log.exception("panel %s", name)
                return [*[no_update] * len(outputs), *state_of(error)]
            return [*(result if isinstance(content, list) else [result]), READY, None]

        @functools.wraps(function)
        def answer(*args: Any) -> list[Any]:
            keeper: Keeper | None = app.server.extensions.get(KEEPER) if shared else None
            if keeper is None:
                return compute(*args)
            values = dict(zip(map(str, inputs), args, strict=True))
            question = Question(name, values, tuple(sorted(ctx.triggered_prop_ids)))
            return keeper.answer(question, functools.partial(compute, *args))

        state = Output(f"panel-{name}", "data-state"), Output(f"message-{name}", "children")
        app.callback([*outputs, *state], *inputs)(answer)
        return function

    return decorate
