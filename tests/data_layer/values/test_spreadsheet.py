"""Texts in CSV files that a spreadsheet would take for formulas."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.numbers.csv_text import csv_text
from data_layer.values.spreadsheet import FORMULA, LINE_END, CsvText, guarded, unguarded

CASES = json.loads((Path(__file__).parents[2] / "cases" / "formulas.json").read_text())


def written_by_us(text: str) -> str:
    """A row of an export that the csv module writes."""
    out = CsvText()
    csv.writer(out, lineterminator=LINE_END).writerow([guarded(text), "end"])
    return out.getvalue()


def written_by_pandas(text: str) -> str:
    """A row of a download of a session's table."""
    return csv_text(pd.DataFrame({"text": [text], "end": ["end"]}), header=False)


@pytest.mark.fault
@pytest.mark.parametrize("case", CASES, ids=[repr(case["text"]) for case in CASES])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(case: dict[str, Any]) -> None:
    assert guarded(case["text"]) == case["guarded"]


@pytest.mark.fault
@pytest.mark.parametrize("case", CASES, ids=[repr(case["text"]) for case in CASES])
@pytest.mark.parametrize("export", [written_by_us, written_by_pandas])
def test_a_text_with_the_end_of_a_row_in_it_stays_one_quoted_cell(
    export: Callable[[str], str], case: dict[str, Any]
) -> None:
    text = case["guarded"]
    line = export(case["text"])
    if set(text) & set('\r\n",'):
        assert line == '"' + text.replace('"', '""') + '",end\n'
    assert list(csv.reader(io.StringIO(line, newline=""))) == [[text, "end"]]


@given(st.text(max_size=5) | st.text("=+-@\t\r\n'a", max_size=4))
def test_every_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA)
