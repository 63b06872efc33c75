"""Rows in parts, sorted and filtered, against the whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.store.attribute_rows import FrameRows, TraceRows, blocks
from data_layer.store.attributes import TRACES, rows_of
from data_layer.store.session_store import SessionStore
from tests.support.recordings import opened, write

NUMBERS = st.floats(-5, 5) | st.just(float("nan"))
TABLES = st.lists(st.tuples(NUMBERS, st.sampled_from(["im061", "im062", "omitted"])), max_size=30)


def table(rows: list[tuple[float, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["number", "image_name"]).astype({"number": float})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionStore]:
    with opened(write("imaging", tmp_path_factory.mktemp("rows"))) as store:
        yield store


@given(TABLES, st.integers(-2, 40), st.integers(-2, 40))
def test_a_part_is_those_rows(rows: Any, start: int, stop: int) -> None:
    start, stop = max(start, 0), max(stop, 0)
    part = FrameRows.of(table(rows)).read(start, stop)
    pd.testing.assert_frame_equal(part, table(rows).iloc[start:stop])


@given(TABLES, st.floats(-5, 5), st.sampled_from(["equals", "greaterThan", "lessThan"]))
def test_a_number_filter_keeps_what_satisfies_it(rows: Any, wanted: float, kind: str) -> None:
    compare: Callable[[float], bool] = {
        "equals": lambda x: x == wanted,
        "greaterThan": lambda x: x > wanted,
        "lessThan": lambda x: x < wanted,
    }[kind]
    model = {"number": {"filterType": "number", "type": kind, "filter": wanted}}
    kept = FrameRows.of(table(rows)).arranged([], model)
    assert list(kept.frame.index) == [i for i, (x, _) in enumerate(rows) if compare(x)]


@given(TABLES, st.floats(-5, 0), st.floats(0, 5))
def test_a_range_includes_its_ends(rows: Any, low: float, high: float) -> None:
    model = {"filterType": "number", "type": "inRange", "filter": low, "filterTo": high}
    kept = FrameRows.of(table(rows)).arranged([], {"number": model})
    assert list(kept.frame.index) == [i for i, (x, _) in enumerate(rows) if low <= x <= high]


@given(TABLES, st.sampled_from(["im06", "IM061", "omit", ""]))
def test_a_text_filter_ignores_case(rows: Any, word: str) -> None:
    contains = {"filterType": "text", "type": "contains", "filter": word}
    kept = FrameRows.of(table(rows)).arranged([], {"image_name": contains})
    assert list(kept.frame.index) == [
        i for i, (_, name) in enumerate(rows) if word.lower() in name.lower()
    ]


@given(TABLES, st.sampled_from(["asc", "desc"]))
def test_sorting_keeps_every_row_and_puts_absent_values_last(rows: Any, direction: str) -> None:
    sort = [{"colId": "number", "sort": direction}]
    ordered = FrameRows.of(table(rows)).arranged(sort, {}).frame
    assert sorted(ordered.index) == list(range(len(rows)))
    known = ordered["number"].dropna()
    assert list(ordered["number"][: len(known)]) == list(known)
    assert list(known) == sorted(known, reverse=direction == "desc")


@pytest.mark.parametrize("name", TRACES)
def test_frames_of_one_cell_are_its_trace(store: SessionStore, name: Any) -> None:
    attribute = getattr(store.session, name)
    roi_id = int(attribute["cell_roi_id"].iloc[1])
    rows = rows_of(store, name, roi_id)
    part = rows.read(100, 140)
    assert list(part["frame"]) == list(range(100, 140))
    np.testing.assert_array_equal(part["timestamps"], store.session.ophys_timestamps[100:140])
    for column in TRACES[name]:
        trace = attribute.loc[attribute["cell_roi_id"] == roi_id, column].iloc[0]
        np.testing.assert_allclose(part[column], trace[100:140], rtol=1e-12)


@pytest.mark.parametrize("name", TRACES)
def test_all_cells_in_blocks_are_the_whole_matrix(
    store: SessionStore, name: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_layer.store.attribute_rows.BLOCK", 1000)
    rows = rows_of(store, name)
    parts = list(blocks(rows))
    whole = pd.concat(parts)
    assert isinstance(rows, TraceRows)
    assert max(map(len, parts)) == 1000 < len(rows) == len(whole)
    attribute = getattr(store.session, name)
    for column in TRACES[name]:
        for roi_id, trace in zip(attribute["cell_roi_id"], attribute[column], strict=True):
            np.testing.assert_allclose(whole[f"{column} {roi_id}"], trace, rtol=1e-12)


def test_traces_are_read_only_as_far_as_they_are_shown(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(store, "dff_traces", int(store.cells["cell_roi_id"].iloc[0]))
    matrix = store.activity("dff").matrix
    asked: list[tuple[int, int]] = []
    read = type(matrix).read

    def read_and_tell(self: Any, start: int, stop: int) -> Any:
        asked.append((start, stop))
        return read(self, start, stop)

    monkeypatch.setattr(type(matrix), "read", read_and_tell)
    rows.read(50, 150)
    assert asked == [(50, 150)]
