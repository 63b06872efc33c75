"""Rows of a table by a condition that a user typed, as in ``DataFrame.query``.

pandas evaluates attributes and calls of such a text. Here only comparisons of columns with values
are understood, joined by ``and``, ``or`` and ``not``; a text cannot do anything else.
"""

from __future__ import annotations

import ast
import io
import operator
import tokenize
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from data_layer.project_cache.errors import BadQuery

LONGEST, MOST_PARTS = 2000, 300
"""The longest text in characters, and the most parts of a condition."""
WORDS = {"&": "and", "|": "or", "~": "not"}
"""pandas' other signs for words; they bind as the words do there."""
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
CANNOT = "it has a part that is no comparison of a column with a value"


def rows_of(table: pd.DataFrame, query: str) -> pd.DataFrame:
    """The rows of ``table`` for which ``query`` is true.

    Columns and the index are compared by ``==, !=, <, <=, >, >=`` with texts, numbers, True and
    False, or by ``in`` and ``not in`` with a list of them; a missing value makes a comparison
    false. A column of lists, such as driver_line, is asked by ``'Sst-IRES-Cre' in driver_line``.

    Raises:
        BadQuery: It is something else, or names a column that is not there.
    """
    try:
        return table[_Condition(table, query).of(_parsed(query))]
    except (TypeError, ValueError, OverflowError) as error:
        if isinstance(error, BadQuery):
            raise
        problem = "it compares a column with a value of another type"
        raise BadQuery(query, problem) from error


def _parsed(query: str) -> ast.expr:
    if len(query) > LONGEST:
        raise BadQuery(query, f"it is longer than {LONGEST:,} characters")
    try:
        body = ast.parse(_with_words(query.strip()), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError, tokenize.TokenError) as error:
        raise BadQuery(query, "it is not a condition that can be read") from error
    if sum(1 for _ in ast.walk(body)) > MOST_PARTS:
        raise BadQuery(query, f"it has more than {MOST_PARTS} parts")
    return body


def _with_words(query: str) -> str:
    """The query with ``and``, ``or`` and ``not`` for pandas' signs."""
    tokens = tokenize.generate_tokens(io.StringIO(query).readline)
    return tokenize.untokenize(
        (tokenize.NAME, WORDS[one.string]) if one.string in WORDS else (one.type, one.string)
        for one in tokens
    )


class _Condition:
    """Evaluates the parts of a query, each to a mask of rows."""

    def __init__(self, table: pd.DataFrame, query: str) -> None:
        self._table, self._query = table, query

    def of(self, node: ast.expr) -> pd.Series[bool]:
        """The rows for which a part of the query is true."""
        if isinstance(node, ast.BoolOp):
            return self._joined(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return ~self.of(node.operand)
        if isinstance(node, ast.Compare):
            return self._compared(node)
        if isinstance(node, ast.Name) and pd.api.types.is_bool_dtype(column := self._column(node)):
            return self._mask(column)
        raise BadQuery(self._query, CANNOT)

    def _joined(self, node: ast.BoolOp) -> pd.Series[bool]:
        masks = [self.of(value) for value in node.values]
        found = masks[0]
        for mask in masks[1:]:
            found = found & mask if isinstance(node.op, ast.And) else found | mask
        return found

    def _compared(self, node: ast.Compare) -> pd.Series[bool]:
        """A comparison, or several in a row as in ``100 < imaging_depth <= 200``."""
        terms = [node.left, *node.comparators]
        found = self._mask(True)
        for left, sign, right in zip(terms, node.ops, terms[1:], strict=False):
            found &= self._pair(left, sign, right)
        return found

    def _pair(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> pd.Series[bool]:
        if isinstance(sign, ast.In | ast.NotIn):
            found = self._within(left, right)
            return found if isinstance(sign, ast.In) else ~found
        compare = COMPARISONS.get(type(sign))
        names = isinstance(left, ast.Name), isinstance(right, ast.Name)
        if compare is None or not any(names):
            raise BadQuery(self._query, CANNOT)
        if all(names):
            return self._mask(compare(self._column(left), self._column(right)))
        if names[0]:
            column = self._column(left)
            return self._mask(compare(column, self._value(right, column)))
        column = self._column(right)
        return self._mask(compare(self._value(left, column), column))

    def _within(self, left: ast.expr, right: ast.expr) -> pd.Series[bool]:
        """``column in [values]``, or ``value in column`` of lists."""
        if isinstance(left, ast.Name) and isinstance(right, ast.List | ast.Tuple):
            column = self._column(left)
            return self._mask(column.isin([self._value(one, column) for one in right.elts]))
        if isinstance(right, ast.Name):
            column = self._column(right)
            value = self._value(left, column)
            return self._mask(column.map(lambda cell: isinstance(cell, list) and value in cell))
        raise BadQuery(self._query, CANNOT)

    def _column(self, node: ast.expr) -> pd.Series[Any]:
        name = node.id if isinstance(node, ast.Name) else ""
        if name in self._table.columns:
            return self._table[name]
        if name and name == self._table.index.name:
            return self._table.index.to_series()
        known = ", ".join(map(str, [self._table.index.name, *self._table.columns]))
        raise BadQuery(self._query, f"there is no column {name}; the columns are {known}")

    def _value(self, node: ast.expr, column: pd.Series[Any]) -> Any:
        """A value; a number is a text where the column has texts, such as mouse_id."""
        sign = 1
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            sign, node = -1, node.operand
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str | int | float):
            raise BadQuery(self._query, CANNOT)
        value = node.value
        if isinstance(value, str):
            return pd.Timestamp(value, tz="UTC") if _is_time(column) else value
        return str(value) if pd.api.types.is_string_dtype(column.dtype) else sign * value

    def _mask(self, found: Any) -> pd.Series[bool]:
        """A mask of all rows; where a comparison has no answer, it is false."""
        mask = pd.Series(found, index=self._table.index)
        return mask.astype("boolean").fillna(False).astype(bool)


def _is_time(column: pd.Series[Any]) -> bool:
    return isinstance(column.dtype, pd.DatetimeTZDtype)
