"""Callbacks whose arguments are checked before the function is called."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from dash import Dash

from dashboard.arguments.checks import MARK, Arguments


def checked_callback(
    app: Dash, *declared: Any, **options: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a function with annotated parameters and register it as a callback.

    A value of a wrong type is answered with status 400 and a sentence. Callbacks of panels use
    ``panel_callback``, which checks in the same way.

    Args:
        app: the app.
        declared: outputs, inputs and states, as for ``app.callback``.
        options: its options.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        arguments = Arguments(function, strict=True)

        @functools.wraps(function)
        def answer(*args: Any, **kwargs: Any) -> Any:
            bound = arguments.checked(*args, **kwargs)
            return function(*bound.args, **bound.kwargs)

        setattr(answer, MARK, arguments)
        app.callback(*declared, **options)(answer)
        return function

    return decorate
