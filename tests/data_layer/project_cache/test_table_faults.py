"""Tables with faults: a cell costs its cell, a row without an id its row, and both are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data_layer.errors import TableDamaged
from data_layer.project_cache.columns import TableName
from data_layer.project_cache.metadata_tables.problems import TableProblem, TableProblems
from data_layer.project_cache.metadata_tables.tables import read_table
from tests.data_layer.project_cache.releases import TABLE_NAMES, tables, write_tables

pytestmark = pytest.mark.fault
Edit = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_tables(tmp_path, tables())
    return tmp_path


def read(folder: Path, name: TableName) -> tuple[pd.DataFrame, tuple[TableProblem, ...]]:
    problems = TableProblems()
    return read_table(folder / f"{name}.csv", name, problems), problems.found


def edit(folder: Path, name: TableName, change: Edit) -> None:
    path = folder / f"{name}.csv"
    path.write_text(change(path.read_text()))


UNFIT: list[tuple[TableName, Edit, int, str, str]] = [
    (
        "behavior_session_table",
        lambda t: t.replace("2019-05-02 10:00", "2019-05-32 10:00"),
        2002,
        "date_of_acquisition",
        "line 3, column date_of_acquisition: “2019-05-32 10:00:00.500000” is not a date",
    ),
    (
        "behavior_session_table",
        lambda t: t.replace("2019-05-02 10:00", "0001-01-01 10:00"),
        2002,
        "date_of_acquisition",
        "is not a date",
    ),
    (
        "behavior_session_table",
        lambda t: t.replace("[101, 102]", "[101, 10"),
        1001,
        "ophys_experiment_id",
        "line 4, column ophys_experiment_id: “[101, 10” is not a list of int",
    ),
    (
        "ophys_session_table",
        lambda t: t.replace("[103]", "['103']"),
        12,
        "ophys_experiment_id",
        "line 3, column ophys_experiment_id: “['103']” is not a list of int",
    ),
    (
        "ophys_experiment_table",
        lambda t: t.replace(",152,", ",15x,"),
        103,
        "imaging_depth",
        "line 4, column imaging_depth: “15x” is not a whole number",
    ),
    (
        "ophys_experiment_table",
        lambda t: t.replace(",152,", ",15.2,"),
        103,
        "imaging_depth",
        "line 4, column imaging_depth: “15.2” is not a whole number",
    ),
    (
        "ophys_experiment_table",
        lambda t: t.replace(",152,", ",1e400,"),
        103,
        "imaging_depth",
        "line 4, column imaging_depth: “inf” is not a whole number",
    ),
    (
        "ophys_experiment_table",
        lambda t: t.replace(",True,", ",Tru,"),
        103,
        "passive",
        "line 4, column passive: “Tru” is neither True nor False",
    ),
    (
        "ophys_cells_table",
        lambda t: t.replace(",7001", ",7001.5", 1),
        10011,
        "cell_specimen_id",
        "line 3, column cell_specimen_id: “7001.5” is not a whole number",
    ),
]


@pytest.mark.parametrize("case", UNFIT, ids=lambda case: f"{case[3]} {case[2]}")
def test_a_cell_that_does_not_fit_its_column_is_unknown_and_told(
    folder: Path, case: tuple[TableName, Edit, int, str, str]
) -> None:
    name, change, id_, column, words = case
    sound, _ = read(folder, name)
    edit(folder, name, change)
    table, (problem,) = read(folder, name)
    assert words in str(problem)
    assert "unknown" in str(problem)
    assert pd.isna(table.loc[id_, column])
    expected = values(sound)
    expected.loc[id_, column] = None
    pd.testing.assert_frame_equal(values(table), expected)


def values(table: pd.DataFrame) -> pd.DataFrame:
    """The values without the types, which change with the first missing one."""
    return table.astype(object).where(table.notna(), None)


@pytest.mark.parametrize("id_", ["", "101", "x", "-3", "1e400", "1.5"])
def test_a_row_whose_id_is_none_or_stands_above_is_left_out_and_told(
    folder: Path, id_: str
) -> None:
    edit(folder, "ophys_experiment_table", lambda t: t.replace("\n102,", f"\n{id_},"))
    table, problems = read(folder, "ophys_experiment_table")
    assert table.index.tolist() == [101, 103, 104]
    assert table.index.dtype == "int64"
    assert table.loc[101, "targeted_structure"] == "VISp"
    assert "line 3, column ophys_experiment_id" in str(problems[-1])
    assert "left out" in str(problems[-1])


def with_column(name: str, cell: bytes) -> Callable[[bytes], bytes]:
    """Adds a column with the same cell in each row."""

    def write(content: bytes) -> bytes:
        header, *rows = content.splitlines()
        lines = [header + b"," + name.encode(), *(row + b"," + cell for row in rows)]
        return b"\n".join(lines) + b"\n"

    return write


WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "a byte order mark": lambda b: b"\xef\xbb\xbf" + b,
    "a byte order mark and quotes": lambda b: b'\xef\xbb\xbf"' + b.replace(b",", b'",', 1),
    "line ends of Windows": lambda b: b.replace(b"\n", b"\r\n"),
    "no last line end": lambda b: b.rstrip(b"\n"),
    "empty lines": lambda b: b.replace(b"\n", b"\n\n"),
    "a column that nobody needs": with_column("extra", b"1e999"),
    "a long text that nobody needs": with_column("extra", b"x" * 200_000),
    "a text that is not UTF-8": with_column("extra", b"M\xfcnchen"),
    "a text with NUL": with_column("extra", b"a\0b"),
    "a column without a name": with_column("", b"1"),
    "the column of another writer": with_column("extra", b'"{""a"": [1, 2]}"'),
    "a column twice": lambda b: b"".join(
        line + b"," + line.split(b",")[0] + b"\n" for line in b.splitlines()
    ),
}


@pytest.mark.parametrize("name", TABLE_NAMES)
@pytest.mark.parametrize("writer", WRITERS)
def test_a_table_of_another_writer_is_read_as_that_of_the_release(
    folder: Path, name: TableName, writer: str
) -> None:
    expected, _ = read(folder, name)
    path = folder / f"{name}.csv"
    path.write_bytes(WRITERS[writer](path.read_bytes()))
    table, _ = read(folder, name)
    pd.testing.assert_frame_equal(table[list(expected)], expected)


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_a_table_without_rows_has_the_types_of_one_with_rows(folder: Path, name: TableName) -> None:
    expected, _ = read(folder, name)
    edit(folder, name, lambda t: t.splitlines()[0] + "\n")
    table, problems = read(folder, name)
    assert table.empty
    assert not problems
    assert table.index.dtype == expected.index.dtype
    assert list(table) == list(expected)


def test_a_table_that_may_not_be_read_says_so_and_not_to_delete_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    # The tests may run as a user who may read everything.
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(TableDamaged, match="Permission denied") as caught:
        read(folder, "ophys_session_table")
    assert "Delete" not in str(caught.value)
    assert "read" in caught.value.advice


def test_a_table_of_other_columns_says_which_is_missing_and_not_to_delete_it(folder: Path) -> None:
    edit(folder, "ophys_experiment_table", lambda t: t.replace("ophys_experiment_id", "id", 1))
    with pytest.raises(TableDamaged, match="ophys_experiment_id is missing") as caught:
        read(folder, "ophys_experiment_table")
    assert "Delete" not in str(caught.value)


def test_the_released_tables_have_no_problem(reference_tables: Path) -> None:
    for name in TABLE_NAMES[:3]:
        _, problems = read(reference_tables, name)
        assert not problems
