"""Layouts of pages, whose arguments come from the path and the query of an address."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from typing import Any

from dashboard.arguments.checks import MARK, Arguments, BadArgument
from dashboard.urls.templates import query_value

PRODUCT = "Visual Behavior Dashboard"
_PLAIN = re.compile(r"[\w-]{1,40}", re.ASCII)


def title_with(name: str, part: str) -> Callable[..., str]:
    """The title of a page's browser tab: ``name``, and the part of the path that says of what.

    Dash writes titles into the page as they are, so that anything but an id is left out.
    """

    def title(**parts: str) -> str:
        text = parts.get(part, "")
        return f"{name} {text} – {PRODUCT}" if _PLAIN.fullmatch(text) else f"{name} – {PRODUCT}"

    return title


def page_layout(layout: Callable[..., Any]) -> Callable[..., Any]:
    """The layout, called with the arguments that it names as checked text.

    Dash passes the parts of the path and all of the query, and a name in the query takes the place
    of the same name in the path; a name that is there twice is a list. What the layout does not
    name, its ``**query`` gets as it is. Text that is not of its type counts as absent, so that the
    page itself says what is wrong with a link.
    """
    arguments = Arguments(layout, strict=True, others=True)
    named = [
        name
        for name, parameter in arguments.signature.parameters.items()
        if parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]

    @functools.wraps(layout)
    def answer(**given: Any) -> Any:
        texts = {name: query_value(given, name) for name in named if name in given}
        try:
            arguments.checked(**texts)
        except BadArgument:
            texts = dict.fromkeys(texts, "")
        return layout(**given | texts)

    setattr(answer, MARK, arguments)
    return answer
