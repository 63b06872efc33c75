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

from dashboard.arguments.checks import MARK, Arguments
from dashboard.arguments.refusals import UNFORESEEN
from dashboard.arguments.sentences import told
from dashboard.components.panel import EMPTY, ERROR, READY
from dashboard.limits.turns import costly_turn
from data_layer.errors import DataLayerError, OverLimit, StreamMissing
from data_layer.remote.errors import StreamUnreachable

log = logging.getLogger(__name__)


class EmptyPanel(Exception):
    """A panel has nothing to show; the exception's text says why and is shown to the user."""


def state_of(error: Exception) -> tuple[str, str]:
    """The panel state (``empty`` or ``error``) and the message for an error."""
    if isinstance(error, EmptyPanel | StreamMissing):
        return EMPTY, told(error)
    if isinstance(error, DataLayerError):
        return ERROR, told(error)
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
    a message. The arguments are checked by the annotations of the function's parameters: a value of
    a wrong type is answered with status 400, one beyond a limit with a message in the panel.

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
        arguments = Arguments(function, strict=True)
        panel = _Panel(
            name, function, len(outputs), several=isinstance(content, list), costly=costly
        )

        @functools.wraps(function)
        def answer(*given: Any) -> list[Any]:
            try:
                args = arguments.checked(*given).args
            except OverLimit as error:
                return panel.told(error)
            keeper: Keeper | None = app.server.extensions.get(KEEPER) if shared else None
            if keeper is None:
                return panel.answer(*args)
            values = dict(zip(map(str, inputs), args, strict=True))
            question = Question(name, values, tuple(sorted(ctx.triggered_prop_ids)))
            return keeper.answer(question, functools.partial(panel.answer, *args))

        setattr(answer, MARK, arguments)
        state = Output(f"panel-{name}", "data-state"), Output(f"message-{name}", "children")
        app.callback([*outputs, *state], *inputs)(answer)
        return function

    return decorate


@dataclass(frozen=True, slots=True)
class _Panel:
    """Turns what a panel's function returns or raises into the values of its outputs."""

    name: str
    function: Callable[..., Any]
    n_outputs: int
    several: bool
    costly: bool

    def answer(self, *args: Any) -> list[Any]:
        """The content with the state ``ready``, or the content as it is with a message."""
        try:
            with costly_turn(self.name) if self.costly else nullcontext():
                result = self._result(*args)
        except PreventUpdate:
            raise
        except Exception as error:
            if not isinstance(error, EmptyPanel | DataLayerError):
                log.exception("panel %s", self.name)
            return self.told(error)
        return [*(result if self.several else [result]), READY, None]

    def _result(self, *args: Any) -> Any:
        try:
            return self.function(*args)
        except StreamUnreachable as error:
            if not error.is_refused:  # to ask a store that is silent again would take as long
                raise
        return self.function(*args)  # now of another plane, which has a copy of the behaviour

    def told(self, error: Exception) -> list[Any]:
        """The message of an error, and the content as it is."""
        return [*[no_update] * self.n_outputs, *state_of(error)]
