"""Reads one metadata table as AllenSDK does, and names broken cells.

Text columns have pandas' text type (``str``); in AllenSDK, written for pandas 1, they are
``object``. The values are equal, and missing ones are NaN in both.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from data_layer.errors import TableDamaged
from data_layer.project_cache.columns import (
    BOOLEANS,
    INDEX,
    LISTS,
    NULLABLE_INTEGERS,
    NUMBERS,
    ORDER,
    REQUIRED,
    TableName,
)

ADVICE = "Delete the file and let AllenSDK download it again"
FIRST_LINE = 2  # the line of the first row; line 1 has the names of the columns


def read_table(path: Path, name: TableName) -> pd.DataFrame:
    """One table with AllenSDK's index, column order and types.

    Raises:
        TableDamaged: The file is missing or not a table, or a cell does not fit its column; the
            message names the line and the column.
    """
    table = _read_csv(path)
    for column in REQUIRED[name]:
        if column not in table:
            raise TableDamaged(path, f"the column {column} is missing", ADVICE)
        _reject(path, table[column], table[column].isna(), "is empty")
    for column in table.columns.difference(list(LISTS[name])):
        table[column] = _converted(path, table[column])
    for column, kind in LISTS[name].items():
        if column in table:
            table[column] = _lists(path, table[column], kind)
    if name == "ophys_cells_table":
        return _indexed(path, table, INDEX[name])
    leading = [column for column in ORDER if column in table]
    rest = [column for column in table if column not in leading]
    return _indexed(path, table[leading + rest], INDEX[name])


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            _check_lengths(path, csv.reader(lines))
        return pd.read_csv(path, dtype={"mouse_id": str}, low_memory=False)
    except FileNotFoundError as error:
        advice = "Let AllenSDK download it into the cache directory"
        raise TableDamaged(path, "the table is not on this machine", advice) from error
    except (OSError, UnicodeDecodeError, csv.Error, pd.errors.ParserError) as error:
        raise TableDamaged(path, f"is not a CSV table ({error})", ADVICE) from error


def _check_lengths(path: Path, rows: Iterator[list[str]]) -> None:
    """Check the length of each line, because pandas silently fills the last of a truncated file."""
    header = next(rows, [])
    if not header:
        raise TableDamaged(path, "is empty", ADVICE)
    for line, row in enumerate(rows, FIRST_LINE):
        if row and len(row) != len(header):
            problem = f"line {line} has {len(row)} cells where there are {len(header)} columns"
            raise TableDamaged(path, problem, ADVICE)


def _converted(path: Path, cells: pd.Series) -> pd.Series:
    column = str(cells.name)
    if column == "date_of_acquisition":
        return _dates(path, cells)
    if column in BOOLEANS:
        # One broken cell turns the whole column into text.
        broken = ~cells.astype(str).isin(["True", "False"])
        _reject(path, cells, broken, "is neither True nor False")
    if column in NULLABLE_INTEGERS:
        return _whole_numbers(path, cells).astype("Int64")
    if column in NUMBERS:
        return _whole_numbers(path, cells)
    return cells


def _dates(path: Path, cells: pd.Series) -> pd.Series:
    dates = pd.to_datetime(cells, utc=True, format="ISO8601", errors="coerce")
    _reject(path, cells, dates.isna(), "is not a date and time")
    return dates.dt.as_unit("ns")


def _whole_numbers(path: Path, cells: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(cells, errors="coerce")
    broken = cells.notna() & ~(numbers % 1 == 0)
    _reject(path, cells, broken, "is not a whole number")
    return numbers


def _lists(path: Path, cells: pd.Series, kind: type) -> pd.Series:
    if pd.api.types.is_numeric_dtype(cells):
        return cells
    parse = _list_parser(kind)
    values = [parse(cell) if isinstance(cell, str) else cell for cell in cells]
    parsed = pd.Series(values, index=cells.index, name=cells.name, dtype=object)
    _reject(path, cells, cells.notna() & parsed.isna(), f"is not a list of {kind.__name__}")
    return parsed


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
    is_list = isinstance(value, list) and all(type(item) is kind for item in value)
    return value if is_list else None


def _indexed(path: Path, table: pd.DataFrame, index: str) -> pd.DataFrame:
    _reject(path, table[index], table[index].duplicated(), "occurs a second time")
    return table.set_index(index)


def _reject(path: Path, cells: pd.Series, broken: pd.Series, problem: str) -> None:
    """Raise :class:`TableDamaged` for the first broken cell, if there is one."""
    if broken.any():
        row = int(broken.to_numpy().argmax())
        cell = "the cell" if pd.isna(cells.iloc[row]) else f"“{cells.iloc[row]}”"
        where = f"line {row + FIRST_LINE}, column {cells.name}"
        raise TableDamaged(path, f"{where}: {cell} {problem}", ADVICE)
