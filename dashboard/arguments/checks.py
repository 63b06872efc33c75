"""Arguments that come from a client, checked by the annotations of the function they are for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError
from werkzeug.exceptions import BadRequest

MARK = "checked_arguments"
"""The attribute of a callback's function or a route's view that holds its :class:`Arguments`."""
SEEN = 80  # characters of a client's text that are repeated in a sentence
_HINTS_THAT_CHECK_NOTHING = (Any, object, inspect.Parameter.empty)


class BadArgument(BadRequest):
    """An argument of a request cannot be used; answered with status 400 and a sentence."""

    def __init__(self, name: str, problem: str) -> None:
        self.argument = name
        super().__init__(f"The request's {shortened(name)} cannot be used: {problem}.")


class UncheckedParameter(TypeError):
    """A function for a client's arguments has a parameter without a type that checks it."""


class Arguments:
    """The types of a function's parameters, to check a client's arguments.

    Args:
        function: every parameter has an annotation, which pydantic checks. ``*values`` are checked
            one by one.
        strict: whether values come as JSON and must have the annotation's own type. Values of a
            path or query come as text and are converted.
        others: whether ``**others`` pass as they are.

    Raises:
        UncheckedParameter: a parameter has no annotation, or one that allows anything.
    """

    def __init__(self, function: Callable[..., Any], *, strict: bool, others: bool = False) -> None:
        self.signature, self._strict = inspect.signature(function), strict
        hints = get_type_hints(function, include_extras=True)
        self._types: dict[str, TypeAdapter[Any]] = {}
        for name, parameter in self.signature.parameters.items():
            if others and parameter.kind is inspect.Parameter.VAR_KEYWORD:
                continue
            hint = hints.get(name, Any)
            if any(hint is nothing for nothing in _HINTS_THAT_CHECK_NOTHING):
                raise UncheckedParameter(f"{function.__qualname__}: annotate {name} with a type.")
            self._types[name] = TypeAdapter(hint)

    def checked(self, *args: Any, **kwargs: Any) -> inspect.BoundArguments:
        """The arguments, converted.

        Raises:
            BadArgument: one is missing, too many, or not of its type.
            OverLimit: one is beyond a limit of the settings.
        """
        try:
            bound = self.signature.bind(*args, **kwargs)
        except TypeError as error:
            raise BadArgument("list of arguments", str(error)) from None
        for name, value in bound.arguments.items():
            if name in self._types:
                bound.arguments[name] = self._of(name, value)
        return bound

    def _of(self, name: str, value: Any) -> Any:
        if self.signature.parameters[name].kind is inspect.Parameter.VAR_POSITIONAL:
            return tuple(self._one(name, one) for one in value)
        return self._one(name, value)

    def _one(self, name: str, value: Any) -> Any:
        return checked(name, self._types[name], value, strict=self._strict)


def checked(name: str, type_: TypeAdapter[Any], value: Any, *, strict: bool) -> Any:
    """One value, converted by its type; ``name`` is what the sentence calls it.

    Raises:
        BadArgument: the value is not of the type.
    """
    try:
        return type_.validate_python(value, strict=strict)
    except ValidationError as error:
        raise BadArgument(name, problem_of(error)) from None
    except RecursionError:
        raise BadArgument(name, "it is nested too deeply") from None


def problem_of(error: ValidationError) -> str:
    """What the first wrong value is, as part of a sentence; the value itself is not repeated."""
    first: Mapping[str, Any] = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(shortened(str(part)) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])


def shortened(text: str) -> str:
    """A client's text as it may be repeated in a sentence: printable, and not long."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in text[: SEEN + 1])
    return plain if len(plain) <= SEEN else f"{plain[:SEEN]}…"
