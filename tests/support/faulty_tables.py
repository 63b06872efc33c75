"""Tables in which any cell may hold anything, as hypothesis chooses."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from hypothesis import strategies as st

CELLS = (
    *("", " ", "nan", "NaN", "None", "<NA>", "abc", "²", "٣", "=1+1", "\ufeff", 'a "b", c\nd'),
    *("0", "1", "2", "-5", "-999", "3.7", "1e400", "-inf", "9" * 20, "9" * 5000, "1e15"),
    *("True", "Tru", "[]", "[101]", "[101, 'a']", "[None]", "[[1]]", "['a']", "{}", "[" * 500),
    *("<img src=x onerror='window.XSS=1'>", "<b>bold</b>", "javascript:alert(1)", "x" * 5_000),
    *("2019-13-45", "0001-01-01", "9999-12-31 00:00:00", "2019-06-01T10:00:00+14:00", "10:00"),
)
"""What stands in the cells of a faulty table."""


@dataclass(frozen=True)
class TableFault:
    """The cell that is put into some rows (or all) of one column of one table."""

    table: str
    column: str
    rows: tuple[int, ...]
    cell: str

    def plant(self, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """The tables with this fault, all their cells as text."""
        planted = {name: table.astype(str) for name, table in tables.items()}
        column = list(planted[self.table]).index(self.column)
        for row in self.rows:
            planted[self.table].iloc[row, column] = self.cell
        return planted


@st.composite
def table_faults(draw: st.DrawFn, tables: dict[str, pd.DataFrame]) -> TableFault:
    """A fault in one row, several, or all rows of any column."""
    name = draw(st.sampled_from(sorted(tables)))
    n_rows = len(tables[name])
    rows = draw(
        st.one_of(
            st.just(tuple(range(n_rows))),
            st.lists(st.integers(0, n_rows - 1), min_size=1, max_size=3, unique=True).map(tuple),
        )
    )
    column, cell = draw(st.sampled_from(list(tables[name]))), draw(st.sampled_from(CELLS))
    return TableFault(name, column, rows, cell)
