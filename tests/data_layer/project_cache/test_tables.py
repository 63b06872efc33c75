"""The metadata tables: AllenSDK's index and types, and every broken cell named."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data_layer.errors import TableDamaged
from data_layer.project_cache.columns import INDEX, ORDER, TableName
from data_layer.project_cache.metadata_tables.tables import read_table
from tests.data_layer.project_cache.releases import TABLE_NAMES, tables, write_tables

Edit = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_tables(tmp_path, tables())
    return tmp_path


def read(folder: Path, name: TableName) -> pd.DataFrame:
    return read_table(folder / f"{name}.csv", name)


def edit(folder: Path, name: TableName, change: Edit) -> None:
    path = folder / f"{name}.csv"
    path.write_text(change(path.read_text()))


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_every_cell_is_that_of_the_file(folder: Path, name: TableName) -> None:
    table = read(folder, name).reset_index()
    plain = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
    assert set(table.columns) == set(plain.columns)
    for column in table:
        for value, text in zip(table[column], plain[column], strict=True):
            assert is_what_is_written(value, text), (column, value, text)


def is_what_is_written(value: object, text: str) -> bool:
    if isinstance(value, list):
        return value == ast.literal_eval(text)
    if pd.isna(value):
        return text == ""
    if isinstance(value, pd.Timestamp):
        return value == pd.Timestamp(text, tz="UTC")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) == float(text)
    return str(value) == text


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_index_and_order_are_those_of_allensdk(folder: Path, name: TableName) -> None:
    table = read(folder, name)
    assert table.index.name == INDEX[name]
    if name != "ophys_cells_table":
        known = [column for column in table if column in ORDER]
        assert known == [column for column in ORDER if column in table]
        assert list(table)[: len(known)] == known


def test_types_are_those_of_allensdk(folder: Path) -> None:
    sessions = read(folder, "ophys_session_table")
    assert sessions.index.dtype == "Int64"
    behavior = read(folder, "behavior_session_table")
    assert behavior.index.dtype == "int64"
    for column in ("ophys_session_id", "session_number", "age_in_days"):
        assert behavior[column].dtype == "Int64"
    assert behavior["date_of_acquisition"].dtype == "datetime64[ns, UTC]"
    assert behavior["mouse_id"].map(type).eq(str).all()
    assert behavior["ophys_experiment_id"].loc[2001] != behavior["ophys_experiment_id"].loc[2001]
    assert behavior["ophys_experiment_id"].loc[1001] == [101, 102]
    experiments = read(folder, "ophys_experiment_table")
    assert experiments["ophys_container_id"].dtype == "int64"
    assert experiments["passive"].dtype == "bool"
    cells = read(folder, "ophys_cells_table")
    assert cells["cell_specimen_id"].dtype == "Int64"
    assert cells["cell_specimen_id"].isna().any()


def test_lists_of_equal_cells_are_not_one_list(folder: Path) -> None:
    lines = read(folder, "ophys_experiment_table")["driver_line"]
    lines.loc[101].append("changed")
    assert lines.loc[102] == ["Sst-IRES-Cre"]


def test_dates_may_lack_fraction_and_carry_an_offset(folder: Path) -> None:
    date = "2019-05-01 10:00:00.500000"
    edit(folder, "behavior_session_table", lambda t: t.replace(date, "2019-05-01 12:00:00+02:00"))
    dates = read(folder, "behavior_session_table")["date_of_acquisition"]
    assert dates.loc[2001] == pd.Timestamp("2019-05-01 10:00", tz="UTC")


def without(column: str) -> Edit:
    return lambda text: text.replace(column, "else", 1)


DAMAGES: list[tuple[TableName, Edit, tuple[str, ...]]] = [
    ("behavior_session_table", lambda t: t[: t.rindex(",")], ("line 6", "cells")),
    ("behavior_session_table", lambda _: "", ("is empty",)),
    ("behavior_session_table", without("date_of_acquisition"), ("date_of_acquisition",)),
    ("behavior_session_table", without("mouse_id"), ("mouse_id is missing",)),
]


@pytest.mark.parametrize(("name", "change", "words"), DAMAGES)
def test_what_is_broken_is_named(
    folder: Path, name: TableName, change: Edit, words: tuple[str, ...]
) -> None:
    edit(folder, name, change)
    with pytest.raises(TableDamaged) as caught:
        read(folder, name)
    assert caught.value.where == folder / f"{name}.csv"
    for word in words:
        assert word in str(caught.value)


def test_a_file_that_is_not_text_is_named(folder: Path) -> None:
    path = folder / "ophys_session_table.csv"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(TableDamaged, match="not a CSV table"):
        read(folder, "ophys_session_table")


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TableDamaged, match="not on this machine"):
        read(tmp_path, "ophys_session_table")
