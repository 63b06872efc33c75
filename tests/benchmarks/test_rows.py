"""Every row of the table measures something of ours; how much is of no interest here."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from benchmarks.bench import Bench
from benchmarks.harness import Line
from benchmarks.peers import ALLENSDK, RESAMPLER
from benchmarks.rows import ROWS

PEERS_LEFT_OUT = {f"{peer}: left out by --no-peers" for peer in (ALLENSDK, RESAMPLER)}


@pytest.fixture(scope="module")
def lines_of(bench: Bench) -> Callable[[str], Sequence[Line]]:
    """The lines of a row, measured once."""
    return functools.cache(lambda row: _in_a_thread(ROWS[row], bench))


def _in_a_thread(measure: Callable[[Bench], Sequence[Line]], bench: Bench) -> Sequence[Line]:
    """Measure away from the browser of other tests: Playwright starts one in a thread only."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(measure, bench).result()


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_our_value_in_every_line(
    lines_of: Callable[[str], Sequence[Line]], row: Any
) -> None:
    lines = lines_of(row)
    assert lines
    for line in lines:
        assert line.ours is not None, line.note
        assert math.isfinite(line.ours)
        assert "ours:" not in line.note


def test_a_peer_that_is_left_out_says_so_and_nothing_is_compared(
    lines_of: Callable[[str], Sequence[Line]],
) -> None:
    lines = lines_of("zoom-server")
    assert {line.peer for line in lines} == {RESAMPLER}
    for line in lines:
        assert line.reached is None
        assert set(line.note.split("; ")) & PEERS_LEFT_OUT


def test_users_who_zoom_meet_no_error(lines_of: Callable[[str], Sequence[Line]]) -> None:
    errors = next(line for line in lines_of("many-users") if line.measure == "errors")
    assert errors.ours == 0, errors.note
