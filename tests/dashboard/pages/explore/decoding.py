"""A table's document read back, as the browser does it."""

from __future__ import annotations

from typing import Any


def values_of(column: dict[str, Any]) -> list[Any]:
    """The cells of a column or facet; None is no value, several values are a list."""
    if "codes" not in column:
        return list(column["values"])
    return [_levels(column["levels"], code) for code in column["codes"]]


def _levels(levels: list[Any], code: int | list[int]) -> Any:
    if isinstance(code, list):
        return [levels[one] for one in code]
    return None if code < 0 else levels[code]


def by_name(described: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in described}
