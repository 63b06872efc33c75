"""Reads one metadata table as AllenSDK does; a cell that cannot be used is unknown, and told.

Text columns have pandas' text type (``str``); in AllenSDK, written for pandas 1, they are
``object``. The values are equal, and missing ones are NaN in both.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from data_layer.errors import TableDamaged
from data_layer.project_cache.columns import (
    BOOLEANS,
    INDEX,
    LISTS,
    MAY_BE_NEGATIVE,
    NULLABLE_INTEGERS,
    NUMBERS,
    ORDER,
    REQUIRED,
    TEXTS,
    TableName,
)
from data_layer.project_cache.metadata_tables.csv_file import read_csv
from data_layer.project_cache.metadata_tables.problems import LEFT_OUT, TableProblems

LARGEST = 2**53
"""Greater whole numbers are not exact in a column that has an empty cell (float64)."""
OTHER_WRITER = "Put the table of the release in its place; this one has other columns"


def read_table(path: Path, name: TableName, problems: TableProblems | None = None) -> pd.DataFrame:
    """One table with AllenSDK's index, column order and types.

    Any cell may be empty, except in the index: a row without an id, or with the id of a row
    above it, is left out. A cell that does not fit its column is missing (NaN). ``problems``
    gets what was not used.

    Raises:
        TableDamaged: The file is missing, cannot be read, is not a table, or lacks a column
            without which its rows mean nothing.
    """
    reading = _Reading(path, TableProblems() if problems is None else problems)
    table = read_csv(path, INDEX[name], reading.problems)
    for column in REQUIRED[name]:
        if column not in table:
            raise TableDamaged(path, f"the column {column} is missing", OTHER_WRITER)
    lists = LISTS[name]
    for column in table.columns:
        cells = table[column]
        kind = lists.get(column)
        table[column] = reading.lists(cells, kind) if kind else reading.converted(cells)
    table = reading.with_ids(table, INDEX[name])
    if name == "ophys_cells_table":
        return table.set_index(INDEX[name])
    leading = [column for column in ORDER if column in table]
    rest = [column for column in table if column not in leading]
    return table[leading + rest].set_index(INDEX[name])


class _Reading:
    """Converts the columns of one table; cells that do not fit become problems."""

    def __init__(self, path: Path, problems: TableProblems) -> None:
        self.path, self.problems = path, problems

    def converted(self, cells: pd.Series) -> pd.Series:
        """A column with the type that its name demands."""
        column = str(cells.name)
        if column == "date_of_acquisition":
            return self._dates(cells)
        if column in BOOLEANS:
            return self._booleans(cells)
        if column in NULLABLE_INTEGERS:
            return self._whole_numbers(cells).astype("Int64")
        if column in NUMBERS:
            return self._whole_numbers(cells)
        return _texts(cells) if column in TEXTS else cells

    def lists(self, cells: pd.Series, kind: type) -> pd.Series:
        """A column of lists; one whose cells are all single ids stays as it is, as in AllenSDK."""
        if kind is int and pd.api.types.is_numeric_dtype(cells):
            return self._whole_numbers(cells)
        parse = _list_parser(kind)
        values = [parse(cell) if isinstance(cell, str) else None for cell in cells]
        broken = cells.notna() & np.array([value is None for value in values], dtype=bool)
        self.problems.add_cells(self.path, cells, broken, f"is not a list of {kind.__name__}")
        known = [np.nan if value is None else value for value in values]
        return pd.Series(known, index=cells.index, name=cells.name, dtype=object)

    def with_ids(self, table: pd.DataFrame, index: str) -> pd.DataFrame:
        """The rows with an id, each id once, in the order of the file."""
        ids = table[index]
        missing = ids.isna()
        self.problems.add_cells(self.path, ids, missing, "is empty or no id", LEFT_OUT)
        twice = ids.duplicated() & ~missing
        self.problems.add_cells(self.path, ids, twice, "occurs a second time", LEFT_OUT)
        kept = table[~(missing | twice)].reset_index(drop=True)
        kept[index] = kept[index].astype("Int64" if index in NULLABLE_INTEGERS else "int64")
        return kept

    def _dates(self, cells: pd.Series) -> pd.Series:
        dates = pd.to_datetime(cells, utc=True, format="ISO8601", errors="coerce")
        low, high = (limit.tz_localize("UTC") for limit in (pd.Timestamp.min, pd.Timestamp.max))
        dates = dates.where((dates > low) & (dates < high))
        broken = cells.notna() & dates.isna()
        self.problems.add_cells(self.path, cells, broken, "is not a date and time")
        return dates.dt.as_unit("ns")

    def _booleans(self, cells: pd.Series) -> pd.Series:
        # One broken or empty cell turns the whole column into text or objects.
        texts = cells.astype(str)
        known = texts.isin(["True", "False"])
        broken = cells.notna() & ~known
        self.problems.add_cells(self.path, cells, broken, "is neither True nor False")
        truths = texts == "True"
        return truths if known.all() else truths.astype(object).where(known, np.nan)

    def _whole_numbers(self, cells: pd.Series) -> pd.Series:
        # Of text, because pandas takes True for a number.
        texts = cells.astype(str) if cells.dtype == bool else cells
        numbers = pd.to_numeric(texts, errors="coerce")
        if not pd.api.types.is_numeric_dtype(numbers):  # a table without rows
            numbers = numbers.astype(float)
        least, what = (-LARGEST, "") if cells.name in MAY_BE_NEGATIVE else (0, " from 0")
        fits = (numbers % 1 == 0) & (numbers >= least) & (numbers <= LARGEST)
        broken = cells.notna() & ~fits
        self.problems.add_cells(self.path, cells, broken, f"is not a whole number{what}")
        return numbers if fits.all() else numbers.where(fits).astype(float)


def _texts(cells: pd.Series) -> pd.Series:
    return cells.where(cells.str.strip() != "")


def _list_parser(kind: type) -> Callable[[str], list[object] | None]:
    seen: dict[str, list[object] | None] = {}

    def parse(cell: str) -> list[object] | None:
        if cell not in seen:
            seen[cell] = _list_of(kind, cell)
        value = seen[cell]
        return None if value is None else list(value)

    return parse


def _list_of(kind: type, cell: str) -> list[object] | None:
    try:
        value = ast.literal_eval(cell)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    is_list = isinstance(value, list) and all(_is_item(kind, item) for item in value)
    return value if is_list else None


def _is_item(kind: type, item: object) -> bool:
    return type(item) is kind and not (isinstance(item, int) and not 0 <= item <= LARGEST)
