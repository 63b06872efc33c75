"""How paths and queries are written and read.

A path is written once, as ``/moment/{kind}/{id}``, for links, for Flask, Dash and JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

UNESCAPED = "!*'(),"
"""What stands for itself in a query besides letters, digits and ``-_.~``.

The same as in JavaScript's ``encodeURIComponent``, and the comma, which parts lists.
"""
_PART = re.compile(r"{(\w+)}")


def fill(template: str, **values: object) -> str:
    """The path with ``values`` in the place of its parts.

    Raises:
        KeyError: a part has no value.
    """
    return _PART.sub(lambda part: quote(str(values[part[1]]), safe=""), template)


def flask_rule(template: str) -> str:
    """The path as a rule of Flask: ``id`` is a number, which the view is given as ``id_``."""
    return _PART.sub(
        lambda part: "<int:id_>" if part[1] == "id" else f"<{part[1]}>",
        template,
    )


def dash_template(template: str, **known: str) -> str:
    """The path as a ``path_template`` of Dash: ``id`` is given to the layout as ``id_``."""
    arguments = {"id": "<id_>"} | known
    return _PART.sub(lambda part: arguments.get(part[1], f"<{part[1]}>"), template)


def with_query(path: str, query: str) -> str:
    """The path with a query, which may be empty."""
    return f"{path}?{query}" if query else path


def escaped(text: str) -> str:
    """A text as a value of a query."""
    return quote(text, safe=UNESCAPED)


def said(query: Mapping[str, Any], name: str) -> str:
    """A value of a query as Dash parses it, the first where there are several, else ``""``."""
    value = query.get(name) or ""
    return value[0] if isinstance(value, list) else str(value)


def whole_numbers(text: str) -> tuple[int, ...]:
    """The numbers of a list with commas; what is none is left out."""
    return tuple(int(part) for part in text.split(",") if part.strip().isdecimal())
