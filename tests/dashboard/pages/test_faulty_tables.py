"""Every page over tables in which any cell may be anything: that row is unknown, no page fails."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.columns import INDEX, REQUIRED, TableName
from data_layer.settings import Settings
from tests.dashboard.pages.conftest import Pages
from tests.dashboard.pages.every_page import Known, every_answer
from tests.dashboard.pages.session.reading import text
from tests.data_layer.project_cache.releases import DAYS, MICE, PLANES, tables, write_release
from tests.support.faulty_tables import TableFault, table_faults

pytestmark = pytest.mark.fault
KINDS: dict[str, TableName] = {
    "experiment": "ophys_experiment_table",
    "session": "ophys_session_table",
    "behavior": "behavior_session_table",
}
KNOWN = Known(
    list(PLANES), [11, 12, 13], list(DAYS), [501, 502, 503], list(MICE), [7001, 10011, 10010]
)
SOUND = tables()


def opened(folder: Path, written: dict[str, pd.DataFrame]) -> Pages:
    root = write_release(folder / "cache")
    for name, table in written.items():
        table.to_csv(root / "project_metadata" / f"{name}.csv", index=False)
    cache = Cache.from_local_cache(folder / "cache")
    return Pages(create_app(cache, Settings(work_dir=folder / "work", prepare=0)))


class Answers(dict[str, Any]):
    """Answers by path; hypothesis prints the arguments of a test that fails, and these are long."""

    def __repr__(self) -> str:
        return f"{len(self)} answers"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    pages = opened(tmp_path_factory.mktemp("sound"), {})
    return Answers(every_answer(pages, KNOWN))


@given(fault=table_faults(SOUND))
@settings(max_examples=20)
def test_any_cell_may_be_anything_and_every_page_opens(sound: Answers, fault: TableFault) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pages = opened(Path(folder), fault.plant(SOUND))
        answers = dict(every_answer(pages, KNOWN, fault.cell))
    for kind, table in KINDS.items():
        before, after = (dict(cells_of(a[f"/tables/{kind}.json"])) for a in (sound, answers))
        ids = SOUND[table][INDEX[table]].tolist()
        faulty = {ids[row] for row in fault.rows} if table == fault.table else set()
        if fault.column != INDEX[table] or table != fault.table:
            assert {id_ for id_, _ in before} == {id_ for id_, _ in after}
            changed = {at for at, value in after.items() if value != before[at]}
            assert changed <= {(id_, fault.column) for id_ in faulty}


def cells_of(document: dict[str, Any]) -> Iterator[tuple[tuple[int, str], Any]]:
    """Every cell of a table that Explore shows, as the browser decodes it, by id and column."""
    columns = {column["name"]: decoded(column) for column in document["columns"]}
    for row, id_ in enumerate(columns[document["id_name"]]):
        yield from (((id_, name), cells[row]) for name, cells in columns.items())


def decoded(column: dict[str, Any]) -> list[Any]:
    if "codes" not in column:
        return list(column["values"])
    return [None if code < 0 else column["levels"][code] for code in column["codes"]]


@given(
    table=st.sampled_from(sorted(SOUND)),
    gone=st.sampled_from(["rows", "columns that are not needed"]),
)
@settings(max_examples=8)
def test_a_table_may_have_no_rows_or_only_the_columns_that_are_needed(
    table: TableName, gone: str
) -> None:
    needed = list(REQUIRED[table])
    cut = SOUND[table].iloc[:0] if gone == "rows" else SOUND[table][needed]
    with tempfile.TemporaryDirectory() as folder:
        assert len(list(every_answer(opened(Path(folder), {table: cut}), KNOWN)))


def test_a_cell_that_is_not_used_is_told_on_explore(tmp_path: Path) -> None:
    fault = TableFault("behavior_session_table", "age_in_days", (1,), "<b>old</b>")
    words = text(opened(tmp_path, fault.plant(SOUND)).layout("explore"))
    assert "1 problem in the tables" in words
    assert "line 3, column age_in_days: “<b>old</b>” is not a whole number" in words


def test_sessions_without_a_type_are_unknown_on_every_page_that_lists_them(tmp_path: Path) -> None:
    written = SOUND
    for table in KINDS.values():
        fault = TableFault(table, "session_type", tuple(range(len(SOUND[table]))), "")
        written = fault.plant(written)
    pages = opened(tmp_path, written)
    answers = dict(every_answer(pages, KNOWN))
    for page in ("/container/501", "/cell/7001", "/compare"):
        assert "unknown session type" in answers[page]
    inputs = {"mouse-id.data": "1", "mouse-by.value": "order"}
    listed = answers[f"mouse-sessions {inputs}"]["mouse-sessions-table-content"]["data"]
    assert text(listed).count("unknown") == 4
