"""The URL of a comparison and what it shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from dashboard.urls import MAX_COMPARED, Comparison
from dashboard.urls.comparison import DEFAULT, SHOWN

IDS = st.lists(st.integers(1, 2**53), unique=True, min_size=1, max_size=MAX_COMPARED).map(tuple)
SHOW = st.sets(st.sampled_from(list(SHOWN))).map(
    lambda chosen: tuple(name for name in SHOWN if name in chosen)
)
COMPARISONS = st.builds(Comparison, IDS, SHOW, st.none() | st.integers(1, 2**53))


@given(COMPARISONS)
def test_a_written_comparison_is_read_again(comparison: Any) -> None:
    query = dict(parse_qsl(urlsplit(comparison.path()).query))
    assert Comparison.from_query(query) == comparison


@given(COMPARISONS)
def test_what_the_store_holds_is_read_again(comparison: Any) -> None:
    assert Comparison.from_json(comparison.to_json()) == comparison


def test_the_usual_choice_is_not_said() -> None:
    assert Comparison((3, 1), DEFAULT, None).path() == "/compare?ids=3,1"
