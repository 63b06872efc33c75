"""Texts in CSV files that a spreadsheet would take for formulas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.values.spreadsheet import FORMULA, guarded, unguarded

CASES = json.loads((Path(__file__).parents[2] / "cases" / "formulas.json").read_text())


@pytest.mark.fault
@pytest.mark.parametrize("case", CASES, ids=[repr(case["text"]) for case in CASES])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(case: dict[str, Any]) -> None:
    assert guarded(case["text"]) == case["guarded"]


@given(st.text(max_size=5) | st.text("=+-@\t\r\n'a", max_size=4))
def test_every_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA)
