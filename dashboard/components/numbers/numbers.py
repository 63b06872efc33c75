"""``Numbers``: a table with units and sentences about it, written as CSV or Parquet."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.components.numbers.csv_text import csv_text

Format = Literal["csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
MIMETYPES: Mapping[Format, str] = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
_LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table, what it is of, the units of its columns by name, and sentences about it."""

    title: str
    frame: pd.DataFrame
    units: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()


def written(numbers: Numbers, format_: Format) -> bytes:
    """The content of a file."""
    return _parquet(numbers) if format_ == "parquet" else _csv(numbers).encode()


def _csv(numbers: Numbers) -> str:
    """Lines that begin with ``#``, the names of the columns, and the rows."""
    units = "; ".join(f"{name} in {unit}" for name, unit in numbers.units.items() if unit)
    said = [numbers.title, *numbers.notes, *([f"Units: {units}"] if units else [])]
    head = [f"# {_LINE_ENDS.sub(' ', line)}\n" for line in said]
    return "".join(head) + csv_text(numbers.frame, header=True)


def _parquet(numbers: Numbers) -> bytes:
    """Title and notes are metadata of the file, a unit that of its column."""
    table = pa.Table.from_pandas(numbers.frame, preserve_index=False)
    fields = [one.with_metadata({"unit": numbers.units.get(one.name, "")}) for one in table.schema]
    said = {"title": numbers.title, "notes": json.dumps(list(numbers.notes), ensure_ascii=False)}
    kept = table.schema.metadata or {}
    file = io.BytesIO()
    pq.write_table(table.cast(pa.schema(fields, kept | said)), file)
    return file.getvalue()
