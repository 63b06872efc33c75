"""Templates of paths, and values of queries.

Each path is defined once, as ``/moment/{kind}/{id}``, and converted for links, Flask, Dash and
JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from dashboard.urls.prefix import current

UNESCAPED = "!*'(),"
"""The characters that are not escaped in a query, besides letters, digits and ``-_.~``.

These are those of JavaScript's ``encodeURIComponent``, and the comma, which separates items.
"""
_PART = re.compile(r"{(\w+)}")
_NUMBER = re.compile(r"^\s*[0-9]{1,19}\s*$")
LIMIT_OF_IDS = 2**63
"""Ids are 64-bit integers in files, tables and the database of notes."""


def link(path: str) -> str:
    """A path of the dashboard as browsers ask for it: below the prefix."""
    return current() + path


def fill(template: str, **values: object) -> str:
    """The link in which ``values`` replace the parts in braces, escaped.

    Raises:
        KeyError: a part has no value.
    """
    return link(_PART.sub(lambda part: quote(str(values[part[1]]), safe=""), template))


def flask_rule(template: str) -> str:
    """The path as a Flask rule; ``{id}`` is an integer and is passed to the view as ``id_``."""
    return _PART.sub(
        lambda part: "<int:id_>" if part[1] == "id" else f"<{part[1]}>",
        template,
    )


def dash_template(template: str, **known: str) -> str:
    """The path as a Dash ``path_template``; ``{id}`` is passed to the layout as ``id_``.

    ``known`` replaces parts by fixed values.
    """
    arguments = {"id": "<id_>"} | known
    return _PART.sub(lambda part: arguments.get(part[1], f"<{part[1]}>"), template)


def with_query(path: str, query: str) -> str:
    """The path followed by ``?`` and the query, or the path alone for an empty query."""
    return f"{path}?{query}" if query else path


def escaped(text: str) -> str:
    """A text escaped for use as a value of a query."""
    return quote(text, safe=UNESCAPED)


def query_value(query: Mapping[str, Any], name: str) -> str:
    """One value of a query as Dash parses it: the first if there are several, ``""`` if none."""
    value = query.get(name) or ""
    return value[0] if isinstance(value, list) else str(value)


def whole_numbers(text: str) -> tuple[int, ...]:
    """The whole numbers in a list separated by commas; other items are left out."""
    found = map(whole_number, text.split(","))
    return tuple(number for number in found if number is not None)


def whole_number(text: Any) -> int | None:
    """An id in a text; None where it is none: not all digits, or not below 2**63."""
    if not isinstance(text, str) or not _NUMBER.match(text):
        return None
    number = int(text)
    return number if number < LIMIT_OF_IDS else None
