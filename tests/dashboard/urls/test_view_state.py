"""The URL query and the view it stands for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.urls import DEFAULT_OPTIONS, ViewState

CASES = json.loads((Path(__file__).parents[2] / "cases" / "urls.json").read_text())
WORDS = st.text(st.characters(codec="utf-8"), min_size=1)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters=","), min_size=1)
MILLISECONDS = st.integers(-(10**8), 10**8)


@st.composite
def views(draw: Any) -> ViewState:
    """Any view that a page can have; times are whole milliseconds, as the URL keeps them."""
    options = {
        name: draw(st.just(usual) | (st.lists(NAMES, min_size=1) if usual_is_list else WORDS))
        for name, usual in DEFAULT_OPTIONS.items()
        for usual_is_list in [isinstance(usual, list)]
    }
    start, stop = sorted(draw(st.tuples(MILLISECONDS, MILLISECONDS)))
    span = (start / 1000, stop / 1000) if stop > start else None
    return ViewState(span, tuple(draw(st.lists(st.integers(0, 2**53)))), options)


def parsed(query: str) -> dict[str, str | list[str]]:
    """As Dash parses the query of a page: absent values are left out, single ones are texts."""
    return {name: v[0] if len(v) == 1 else v for name, v in parse_qs(query).items()}


def view_of(state: dict[str, Any]) -> ViewState:
    span = state["window"] and tuple(state["window"])
    return ViewState(span, tuple(state["cells"]), DEFAULT_OPTIONS | state["options"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"] or "nothing")
def test_python_writes_and_reads_what_the_browser_writes(case: Any) -> None:
    view = view_of(case["state"])
    assert view.to_query() == case["query"].removeprefix("?")
    assert ViewState.from_query(parsed(case["query"].removeprefix("?"))) == view


@given(views())
def test_a_written_view_is_read_again(view: Any) -> None:
    assert ViewState.from_query(parsed(view.to_query())) == view


@pytest.mark.parametrize(
    ("time", "text"),
    [(0.03125, "0.0313"), (4e-5, "0"), (-4e-5, "0"), (-0.03125, "-0.0313"), (2.00006, "2.0001")],
)
def test_times_are_rounded_as_javascript_rounds_them(time: float, text: str) -> None:
    assert ViewState((time, 1000.0)).to_query() == f"t={text}-1000"


def test_nothing_said_means_the_defaults() -> None:
    assert ViewState.from_query({}) == ViewState()


def test_a_link_reproduces_the_view() -> None:
    query = {
        "t": "12.5-72.5",
        "cells": "1086500017,1086500034",
        "rows": "trials,cells",
        "tab": "eye",
    }
    view = ViewState.from_query(query)
    assert view.span == (12.5, 72.5)
    assert view.cells == (1086500017, 1086500034)
    assert view.options == DEFAULT_OPTIONS | {"rows": ["trials", "cells"], "tab": "eye"}


@pytest.mark.parametrize("text", ["", "5", "a-b", "1-2-3", "4-4"])
def test_a_span_that_makes_no_sense_is_left_to_the_page(text: str) -> None:
    assert ViewState.from_query({"t": text}).span is None


def test_a_span_from_late_to_early_is_turned() -> None:
    assert ViewState.from_query({"t": "9-4"}).span == (4.0, 9.0)


def test_what_is_no_cell_id_is_left_out() -> None:
    assert ViewState.from_query({"cells": "12,x,-3,,40"}).cells == (12, 40)


def test_of_a_value_said_twice_the_first_counts() -> None:
    assert ViewState.from_query(parsed("tab=eye&tab=qc&cells=1&cells=2")) == ViewState(
        None, (1,), DEFAULT_OPTIONS | {"tab": "eye"}
    )


@pytest.mark.parametrize("text", ["²", "1.5", "0x1f", " "])
def test_what_only_looks_like_a_number_is_no_cell(text: str) -> None:
    assert ViewState.from_query({"cells": text}).cells == ()
