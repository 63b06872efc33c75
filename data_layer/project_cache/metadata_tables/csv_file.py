"""Reads the cells of a CSV file, and says what hinders where it is not a table."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from data_layer.errors import TableDamaged
from data_layer.project_cache.columns import TEXTS
from data_layer.project_cache.metadata_tables.problems import TableProblems

AGAIN = "Delete the file and let vbdash serve, or AllenSDK, download it again"
DOWNLOAD = "Let vbdash serve, or AllenSDK, download it into the cache directory"
ALLOW = "Let the user of this process read it (chmod u+r), or unlock it, then start again"
LINE_ENDS = "Save it as CSV text in UTF-8, or delete it and let vbdash serve download it again"
FIRST_LINE = 2  # the line of the first row; line 1 has the names of the columns
REPLACED = "�"


def read_csv(path: Path, index: str, problems: TableProblems) -> pd.DataFrame:
    """The cells as pandas reads them; the row labels are the lines of the file.

    Text that is not UTF-8 is a problem of its cells alone, if the header names ``index``.

    Raises:
        TableDamaged: There is no such file, it cannot be read, or it is not a table.
    """
    text = _text(path, index, problems)
    try:
        lines = _check_lengths(path, csv.reader(io.StringIO(text, newline="")))
        dtypes = dict.fromkeys(TEXTS, str)
        table = pd.read_csv(io.StringIO(text), dtype=dtypes, low_memory=False, index_col=False)
    except (csv.Error, ValueError, OverflowError) as error:
        problem = f"is not a CSV table ({error})"
        raise TableDamaged(path, problem, LINE_ENDS) from error
    return table.set_axis(lines[: len(table)] if len(lines) >= len(table) else table.index)


def _text(path: Path, index: str, problems: TableProblems) -> str:
    """The content, without a byte order mark."""
    content = _bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        header = content.partition(b"\n")[0].decode("utf-8-sig", "replace")
        if index not in header:
            problem = f"is not a CSV table ({error.reason} at byte {error.start:,})"
            raise TableDamaged(path, problem, LINE_ENDS) from error
        line = content.count(b"\n", 0, error.start) + 1
        what = f"line {line}: not all characters are UTF-8"
        problems.add(path, what, f"They are shown as {REPLACED}")
        return content.decode("utf-8-sig", "replace")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise TableDamaged(path, "the table is not on this machine", DOWNLOAD) from error
    except IsADirectoryError as error:
        problem, advice = "is a folder, not a table", "Move it away, then download the table"
        raise TableDamaged(path, problem, advice) from error
    except OSError as error:
        raise TableDamaged(path, f"cannot be read ({error.strerror})", ALLOW) from error


def _check_lengths(path: Path, rows: Iterator[list[str]]) -> list[int]:
    """Check the length of each line, because pandas silently fills the last of a truncated file.

    Returns the lines of the file that have a row.
    """
    # The limit is the process's; a long cell of a column that nobody needs is no damage.
    csv.field_size_limit(sys.maxsize)
    header = next(rows, [])
    if not header:
        raise TableDamaged(path, "is empty", AGAIN)
    lines = []
    for line, row in enumerate(rows, FIRST_LINE):
        if row and len(row) != len(header):
            problem = f"line {line} has {len(row)} cells where there are {len(header)} columns"
            raise TableDamaged(path, problem, AGAIN)
        if row:
            lines.append(line)
    return lines
