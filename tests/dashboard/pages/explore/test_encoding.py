"""A column comes out of its encoding as it went in."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.pages.explore.encoding import coded, encode
from tests.dashboard.pages.explore.decoding import values_of

words = st.text("abVIS 1>é", max_size=5)
numbers = st.integers(-(2**53), 2**53)


def through_json(cells: pd.Series) -> dict[str, Any]:
    return json.loads(json.dumps(encode(cells), allow_nan=False))


@given(st.lists(st.none() | words))
def test_text(values: list[str | None]) -> None:
    column = through_json(pd.Series(values, dtype="str"))
    assert values_of(column) == values
    assert len(set(column["levels"])) == len(column["levels"])


@given(st.lists(st.none() | numbers))
def test_whole_numbers_with_room_for_none(values: list[int | None]) -> None:
    column = through_json(pd.Series(values, dtype="Int64", name="age_in_days"))
    assert column["type"] == "number"
    assert values_of(column) == values


@given(st.lists(st.none() | st.lists(numbers, min_size=1, max_size=3), min_size=1))
def test_lists_of_ids(values: list[list[int] | None]) -> None:
    column = through_json(pd.Series(values, dtype=object))
    assert values_of(column) == values
    assert column["type"] == ("ids" if any(values) else "text")


@given(st.lists(st.lists(words, min_size=1, max_size=2), min_size=1))
def test_lists_of_text(values: list[list[str]]) -> None:
    column = through_json(pd.Series(values, dtype=object))
    assert values_of(column) == values


@given(st.lists(st.booleans()))
def test_flags(values: list[bool]) -> None:
    column = through_json(pd.Series(values, dtype=bool))
    assert column == {"type": "flag", "values": values}


@given(st.lists(st.none() | st.datetimes(pd.Timestamp("2010"), pd.Timestamp("2030")), min_size=1))
def test_dates_sort_as_text(values: list[pd.Timestamp | None]) -> None:
    dates = pd.to_datetime(pd.Series(values), utc=True)
    column = through_json(dates)
    read = pd.to_datetime(pd.Series(values_of(column), dtype=object), utc=True)
    assert read.equals(dates.astype(read.dtype))
    assert column["levels"] == sorted(column["levels"])


@pytest.mark.parametrize("name", ["ophys_session_id", "file_id", "isi_experiment_id"])
def test_ids_are_told_from_quantities(name: str) -> None:
    assert encode(pd.Series([1, 2], name=name))["type"] == "id"


def test_numbers_in_text_are_in_the_order_of_numbers() -> None:
    assert coded(["100", "99", None, "9"]) == {"levels": ["9", "99", "100"], "codes": [2, 1, -1, 0]}
