"""Medians, ratios and bounds, turns and those who drop out, and the table that shows them."""

from __future__ import annotations

import math
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.harness import OURS, Bound, CannotMeasure, Line, in_turn
from benchmarks.report import as_json, markdown, summary
from benchmarks.rows.many_users import _gain, _percentile

PEER = "a peer"
times = st.floats(min_value=1e-3, max_value=1e3)


@given(st.lists(times, min_size=1, max_size=9))
def test_half_of_the_samples_lie_on_either_side_of_the_median(values: Any) -> None:
    samples = iter(values)
    turns = in_turn(len(values), {OURS: lambda: {"s": next(samples)}})
    median = turns.median(OURS, "s")
    assert median is not None
    assert sum(v <= median for v in values) * 2 >= len(values)
    assert sum(v >= median for v in values) * 2 >= len(values)


@given(times, times, times)
def test_a_bound_of_a_peer_holds_for_the_ratio_and_a_plain_one_for_our_value(
    ours: Any, peer: Any, limit: Any
) -> None:
    beside = Line("row", "measure", "s", ours, PEER, peer, Bound(limit, of_peer=True))
    assert beside.ratio == ours / peer
    assert beside.reached == (ours / peer <= limit)
    assert Line("row", "measure", "s", ours, PEER, peer, Bound(limit)).reached == (ours <= limit)


def test_we_and_the_peers_take_turns() -> None:
    asked = []

    def measure(who: str) -> dict[str, float]:
        asked.append(who)
        return {"s": 1.0}

    in_turn(3, {OURS: lambda: measure(OURS), PEER: lambda: measure(PEER)})
    assert asked == [OURS, PEER] * 3


def test_who_cannot_be_measured_is_asked_once_and_the_line_says_why() -> None:
    asked = []

    def absent() -> NoReturn:
        asked.append(PEER)
        raise CannotMeasure("it is not here")

    turns = in_turn(3, {OURS: lambda: {"s": 2.0}, PEER: absent})
    line = turns.line("row", "measure", "s", "s", Bound(0.5, of_peer=True), peer=PEER)
    assert asked == [PEER]
    assert (line.ours, line.peer_value, line.reached) == (2.0, None, None)
    assert line.note == f"{PEER}: it is not here"
    assert "not measured" in markdown([line], {})


@pytest.mark.parametrize(("ours", "reached"), [(1.0, "yes"), (1.3, "**no**")])
def test_the_table_shows_the_ratio_and_whether_the_bound_is_reached(
    ours: float, reached: str
) -> None:
    line = Line("row", "measure", "s", ours, PEER, 10.0, Bound(1 / 8, of_peer=True))
    cells = [cell.strip() for cell in markdown([line], {}).splitlines()[2].strip("|").split("|")]
    assert cells == [
        "row",
        "measure",
        f"{ours:.3g} s",
        "a peer 10 s",
        f"1/{10 / ours:.3g}",
        "≤ 1/8 ×",
        reached,
    ]
    (told,) = as_json([line], {"cores": "2"})["lines"]
    assert told["ratio"] == ours / 10
    assert told["reached"] == (reached == "yes")


def test_the_last_line_counts_the_bounds_that_are_reached_and_names_the_others() -> None:
    lines = [
        Line("open", "cold", "s", 1.0, bound=Bound(2.0)),
        Line("zoom", "painted", "ms", 30.0, bound=Bound(20.0)),
        Line("zoom", "beside", "ms", 30.0, PEER, None, Bound(1.0, of_peer=True)),
        Line("open", "memory", "MB", 9.0),
    ]
    assert markdown(lines, {}).splitlines()[-1] == (
        "1 of 3 bounds are reached, 1 could not be measured. Not reached: zoom, painted."
    )
    assert summary(lines[:1]) == "1 of 1 bounds are reached. None is missed."
    assert summary(lines[3:]) == ""


@given(st.lists(times, min_size=1, max_size=400))
def test_at_most_one_in_twenty_lies_beyond_the_95th_percentile(values: Any) -> None:
    p95 = _percentile(sorted(values), 95)
    assert p95 in values
    assert sum(value > p95 for value in values) <= 0.05 * len(values)


@pytest.mark.parametrize("slope", [0.0, 1.0])
def test_memory_is_compared_within_the_second_half(slope: float) -> None:
    memory = [(float(at), 500.0 if at < 30 else 100.0 + slope * at) for at in range(60)]
    assert math.isclose(_gain(memory, 60), 20 * slope / (134.5) * 100, abs_tol=1e-9)
