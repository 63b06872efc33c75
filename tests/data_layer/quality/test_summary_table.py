"""The one table of all summaries equals what is read one by one, whatever became of it."""

from __future__ import annotations

import copy
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_layer.preparing.process import PreparingProcess
from data_layer.preparing.shelf import Shelf
from data_layer.quality import summary_table
from data_layer.quality.summaries import FOLDER, METADATA, summary_of
from data_layer.quality.summary_rows import DTYPES
from data_layer.quality.summary_table import CHECKSUM, TABLE, gather_summaries, summaries_in
from data_layer.store.session_store import SessionStore
from tests.support.nwb_files import write_behavior, write_experiment


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The summaries of an experiment and a behaviour session."""
    from data_layer import open_session

    folder, found = tmp_path_factory.mktemp("files"), []
    for path in (write_experiment(folder), write_behavior(folder, n_trials=15)):
        with open_session(path) as session:
            found.append(json.loads(json.dumps(summary_of(SessionStore(session), "1-2-x"))))
    return found


def in_a_new_process(folder: Path) -> pd.DataFrame:
    """The table as a process reads it that knows nothing yet."""
    summary_table._KNOWN.clear()
    return summaries_in(folder)


def one_by_one(folder: Path) -> pd.DataFrame:
    """The table from the summaries alone."""
    bare = folder.with_name("bare")
    shutil.rmtree(bare, ignore_errors=True)
    shutil.copytree(folder, bare)
    for name in (TABLE, CHECKSUM):
        (bare / FOLDER / name).unlink(missing_ok=True)
    return in_a_new_process(bare)


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, 5, 5.5, "5", "", "x", True, [], 2**70, float("nan"), "2020-01-01"]
)
CHANGE = st.tuples(st.sampled_from(["metadata", "measures"]), st.integers(0, 11), ODD)
STEP = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 4), st.integers(0, 1), st.lists(CHANGE, max_size=2)),
    st.tuples(st.just("remove"), st.integers(0, 4)),
    st.tuples(st.just("no summary"), st.integers(0, 4), st.sampled_from(["", "[1]", "{}"])),
    st.tuples(st.just("gather")),
    st.tuples(st.just("break"), st.integers(0, 10**6), st.integers(1, 255)),
    st.tuples(st.just("cut"), st.integers(0, 10**6)),
    st.tuples(st.just("read")),
)


@pytest.mark.fault
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, max_size=8))
def test_a_table_that_is_old_broken_or_cut_off_gives_what_the_summaries_say(
    contents: list[dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[Any, ...]],
) -> None:
    folder = tmp_path_factory.mktemp("table") / "store"
    (folder / FOLDER).mkdir(parents=True)
    for time, (what, *facts) in enumerate(steps, start=1):
        DO[what](folder, contents, time, *facts)
        if what == "read":  # in the process that has gone on, and in a new one
            expected = one_by_one(folder)
            pd.testing.assert_frame_equal(in_a_new_process(folder), expected)
        summaries_in(folder)
    found = summaries_in(folder)
    expected = one_by_one(folder)
    pd.testing.assert_frame_equal(found, expected)
    pd.testing.assert_frame_equal(in_a_new_process(folder), expected)


def write(folder: Path, contents: list[Any], time: int, n: int, *what: Any) -> None:
    content = copy.deepcopy(contents[what[0]])
    for part, index, value in what[1]:
        names = list(content[part])
        content[part][names[index % len(names)]] = value
    put(folder, n, json.dumps(content), time)


def no_summary(folder: Path, contents: list[Any], time: int, n: int, text: str) -> None:
    put(folder, n, text, time)


def put(folder: Path, n: int, text: str, time: int) -> None:
    path = folder / FOLDER / f"{n}.json"
    path.write_text(text)
    os.utime(path, ns=(time, time))


def remove(folder: Path, contents: list[Any], time: int, n: int) -> None:
    (folder / FOLDER / f"{n}.json").unlink(missing_ok=True)


def gather(folder: Path, contents: list[Any], time: int) -> None:
    gather_summaries(folder)


def break_(folder: Path, contents: list[Any], time: int, at: int, flip: int) -> None:
    path = folder / FOLDER / TABLE
    if path.exists():
        content = bytearray(path.read_bytes())
        content[at % len(content)] ^= flip
        path.write_bytes(content)


def cut(folder: Path, contents: list[Any], time: int, at: int) -> None:
    path = folder / FOLDER / TABLE
    if path.exists():
        path.write_bytes(path.read_bytes()[:at])


def read(folder: Path, contents: list[Any], time: int) -> None:
    in_a_new_process(folder)


DO = {
    "write": write,
    "no summary": no_summary,
    "remove": remove,
    "gather": gather,
    "break": break_,
    "cut": cut,
    "read": read,
}


@pytest.fixture
def gathered(contents: list[dict[str, Any]], tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    (folder / FOLDER).mkdir(parents=True)
    for n in range(4):
        put(folder, n, json.dumps(contents[n % 2]), n + 1)
    gather_summaries(folder)
    return folder


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the summaries that are read one by one from now on."""
    names: list[str] = []
    row = summary_table._row

    def tell(path: Path, state: str) -> Any:
        names.append(path.name)
        return row(path, state)

    monkeypatch.setattr(summary_table, "_row", tell)
    return names


def test_summaries_that_are_in_the_table_are_not_read_one_by_one(
    gathered: Path, contents: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = forbid_reading(monkeypatch)
    assert len(in_a_new_process(gathered)) == 4
    assert names == []
    put(gathered, 2, json.dumps(contents[1]), 99)
    assert len(in_a_new_process(gathered)) == 4
    assert names == ["2.json"]


@pytest.mark.fault
def test_a_broken_table_is_written_anew_by_whoever_reads_many_summaries(
    gathered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary_table, "WRITE_FROM", 4)
    (gathered / FOLDER / TABLE).write_bytes(b"broken")
    in_a_new_process(gathered)
    names = forbid_reading(monkeypatch)
    assert len(in_a_new_process(gathered)) == 4
    assert names == []


@pytest.mark.fault
def test_a_table_that_another_version_of_the_code_has_written_is_not_used(
    gathered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = forbid_reading(monkeypatch)
    monkeypatch.setattr(summary_table, "version", lambda: "another")
    in_a_new_process(gathered)
    assert len(names) == 4


def test_one_file_that_is_prepared_by_a_server_joins_the_table(tmp_path: Path) -> None:
    shelf, path = Shelf(tmp_path / "store", 10**9), write_behavior(tmp_path, n_trials=10)
    assert PreparingProcess(path, shelf).problem() == ""
    table = pd.read_parquet(shelf.folder / FOLDER / TABLE)
    assert list(table.columns) == list(DTYPES)
    assert table["path"].tolist() == [str(path.resolve())]
    assert set(METADATA) < set(table.columns)


@pytest.mark.fault
def test_a_table_with_one_other_byte_is_not_used(
    gathered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, path = in_a_new_process(gathered), gathered / FOLDER / TABLE
    whole, names = path.read_bytes(), forbid_reading(monkeypatch)
    for at in range(0, len(whole), len(whole) // 40):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        pd.testing.assert_frame_equal(in_a_new_process(gathered), expected)
        assert len(names) == 4, f"the table with another byte at {at} was believed"
        names.clear()
