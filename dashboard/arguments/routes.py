"""Routes whose path and query are checked by the annotations of their views."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, get_origin, get_type_hints

from flask import Flask, request
from werkzeug import Response
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter, PathConverter

from dashboard.arguments.checks import MARK, Arguments, BadArgument, shortened
from dashboard.urls.templates import flask_rule, whole_number

Answer = Response | tuple[Response, int]


class IdConverter(BaseConverter):
    """``<int:…>`` in a rule: an id; anything else at its place is answered with 404."""

    regex = "[^/]+"

    def to_python(self, value: str) -> int:
        """The id.

        Raises:
            NotFound: the text is no whole number below 2**63.
        """
        number = whole_number(value)
        if number is None:
            raise NotFound(f"{shortened(value)} is not an id: a whole number is expected.")
        return number


class TextConverter(PathConverter):
    """``<text:…>`` in a rule: any text, with slashes and ends of lines too."""

    regex = "(?s:[^/].*?)"


def prepare(server: Flask) -> None:
    """Make the rules that are added from now on check their ids."""
    server.url_map.converters |= {"int": IdConverter, "text": TextConverter}


def add_route(
    server: Flask,
    template: str,
    name: str,
    view: Callable[..., Answer],
    methods: Sequence[str] = ("GET",),
    *,
    any_text: str = "",
) -> None:
    """Add a route.

    Args:
        server: the Flask application.
        template: its path, as in ``dashboard.urls.routes``.
        name: Flask's name of the endpoint.
        view: its positional parameters are the parts of the path, those behind ``*`` the values of
            the query; a ``list`` takes every value of its name. Each has a type, which is checked:
            a wrong value of the query is answered with 400 and a sentence; a wrong part of the
            path, or a value that is absent, with 404. Other names in a query are ignored.
        methods: the methods that it answers.
        any_text: the part of the path that may be any text, with slashes too.
    """
    arguments = Arguments(view, strict=False)
    several = _several(view)

    @functools.wraps(view)
    def answer(**path: Any) -> Answer:
        try:
            bound = arguments.checked(**path, **_query(arguments, several))
        except BadArgument as error:
            if error.argument in request.args:
                raise
            raise NotFound(error.description) from None  # the path leads nowhere
        return view(*bound.args, **bound.kwargs)

    setattr(answer, MARK, arguments)
    rule = flask_rule(template).replace(f"<{any_text}>", f"<text:{any_text}>")
    server.add_url_rule(rule, name, answer, methods=list(methods), merge_slashes=not any_text)


def _several(view: Callable[..., Any]) -> frozenset[str]:
    hints = get_type_hints(view)
    return frozenset(name for name, hint in hints.items() if get_origin(hint) is list)


def _query(arguments: Arguments, several: frozenset[str]) -> dict[str, Any]:
    """The values of the query that the view has a parameter for; empty ones count as absent."""
    found: dict[str, Any] = {}
    for name, parameter in arguments.signature.parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        values = request.args.getlist(name)
        if name in several:
            found[name] = values
        elif values and values[0]:
            found[name] = values[0]
    return found
