"""``POST /numbers.parquet``: a table of the page, given as JSON, comes back as a Parquet file.

The content type must be JSON: no form on a foreign page can send it. A body beyond the limit of all
requests is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import pandas as pd
from flask import Flask, Response, request
from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from dashboard.arguments.checks import BadArgument
from dashboard.arguments.routes import add_route
from dashboard.arguments.values import Plain, Text, Word
from dashboard.components.numbers.numbers import MIMETYPES, Numbers, written
from dashboard.limits.turns import costly_turn
from dashboard.urls.routes import AS_PARQUET
from dashboard.urls.templates import LIMIT_OF_IDS

MOST_COLUMNS = 500
INFINITE = ("Infinity", "-Infinity")
"""What JSON has no numbers for."""


class Column(TypedDict):
    """A column of the table."""

    name: Word
    unit: Word
    values: list[Plain]


class Table(TypedDict):
    """The table and sentences about it."""

    title: Word
    notes: Annotated[list[Text], Field(max_length=20)]
    columns: Annotated[list[Column], Field(max_length=MOST_COLUMNS)]


TABLE = TypeAdapter(Table)


def register(server: Flask) -> None:
    """Add the route."""

    def parquet() -> Response:
        with costly_turn("parquet"):
            content = written(_numbers(_table()), "parquet")
        return Response(content, mimetype=MIMETYPES["parquet"])

    add_route(server, AS_PARQUET, "as_parquet", parquet, ["POST"])


def _table() -> Table:
    """The table of the request.

    Raises:
        BadArgument: the body is no such table.
    """
    try:
        table = TABLE.validate_python(request.get_json())
    except ValidationError as error:
        raise BadArgument("table", str(error.errors()[0]["msg"])) from None
    if len({len(column["values"]) for column in table["columns"]}) > 1:
        raise BadArgument("table", "its columns should have the same length")
    return table


def _numbers(table: Table) -> Numbers:
    columns = {column["name"]: _typed(column["values"]) for column in table["columns"]}
    units = {column["name"]: column["unit"] for column in table["columns"]}
    return Numbers(table["title"], pd.DataFrame(columns), units, table["notes"])


def _typed(values: Sequence[Plain]) -> pd.Series[Any]:
    """Numbers and truth values as they are, anything else as text."""
    series = pd.Series(list(values), dtype=object)
    known = [value for value in values if value is not None]
    if all(isinstance(value, bool) for value in known):
        return series.astype("boolean")
    if all(isinstance(value, int) and abs(value) < LIMIT_OF_IDS for value in known):
        return series.astype("Int64")
    if all(isinstance(value, float | int) or value in INFINITE for value in known):
        return pd.to_numeric(series).astype(float)
    return series.map(lambda value: value if value is None else str(value)).astype("string")
