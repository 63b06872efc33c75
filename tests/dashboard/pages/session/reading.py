"""Reading what a layout says: its words, its elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def elements(node: Any) -> Iterator[Any]:
    """A component or its JSON, and all that is in it."""
    if isinstance(node, list | tuple):
        for part in node:
            yield from elements(part)
        return
    yield node
    children = _get(node, "children")
    if children is not None:
        yield from elements(children)


def text(node: Any) -> str:
    """All words, divided by spaces."""
    return " ".join(str(e) for e in elements(node) if isinstance(e, str | int | float))


def having(node: Any, name: str, value: Any = None) -> list[Any]:
    """The elements that have a property (with that value)."""
    found = [e for e in elements(node) if _get(e, name) is not None]
    return [e for e in found if value is None or _get(e, name) == value]


def get(node: Any, name: str) -> Any:
    """A property of a component or of its JSON."""
    return _get(node, name)


def _get(node: Any, name: str) -> Any:
    if isinstance(node, dict):
        return node.get("props", {}).get(name)
    return getattr(node, name, None) if hasattr(node, "to_plotly_json") else None
