"""Callbacks of panels: they return the content, the panel's state and a message for errors.

All errors of panels are turned into messages here.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

from dash import Dash, Output, ctx, no_update
from dash.exceptions import PreventUpdate

from dashboard.components.panel import EMPTY, ERROR, READY
from dashboard.limits.turns import costly_turn
from data_layer.errors import DataLayerError, StreamMissing

log = logging.getLogger(__name__)

UNFORESEEN = "Something went wrong here. The server's log has the details; reload to try again."


class EmptyPanel(Exception):
    """A panel has nothing to show; the exception's text says why and is shown to the user."""


def state_of(error: Exception) -> tuple[str, str]:
    """The panel state (``empty`` or ``error``) and the message for an error."""
    if isinstance(error, EmptyPanel | StreamMissing):
        return EMPTY, str(error)
    if isinstance(error, DataLayerError):
        return ERROR, str(error)
    return ERROR, UNFORESEEN


@dataclass(frozen=True, slots=True)
class Question:
    """The inputs of a shared panel's callback.

    ``values`` maps ``id.property`` to the input's value; ``changed`` lists the properties that
    triggered the callback.
    """

    panel: str
    values: dict[str, Any]
    changed: tuple[str, ...]


class Keeper(Protocol):
    """A cache of the answers of shared panels."""

    def answer(self, question: Question, compute: Callable[[], list[Any]]) -> list[Any]:
        """The outputs for a question: cached ones, else those that ``compute()`` returns."""


KEEPER = "visual_behavior_keeper"
"""The name of the Flask extension that caches answers; an app may have none."""


def panel_callback(
    app: Dash,
    name: str,
    content: Output | list[Output],
    *inputs: Any,
    shared: bool = False,
    costly: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a function that returns a panel's content, and register it as a callback.

    On success the panel's state becomes ``ready``. An error leaves the content as it is and shows
    a message.

    Args:
        app: the app.
        name: the panel's name.
        content: the output, or a list of outputs, for which the function returns a tuple.
        inputs: inputs and states of the callback.
        shared: whether the result depends on the file and the inputs alone. Then it is cached and
            used again for everybody who asks the same (``dashboard.http.kept_answers``).
        costly: whether computing the result may take seconds. Then it waits for its turn
            (``dashboard.limits.turns``).
    """
    outputs = content if isinstance(content, list) else [content]

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        def compute(*args: Any) -> list[Any]:
            try:
                with costly_turn(name) if costly else nullcontext():
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
