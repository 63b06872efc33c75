"""Summaries: a row per prepared file, which outlives the store and follows the file."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from data_layer import open_session
from data_layer.preparing.shelf import Shelf
from data_layer.quality import summaries
from data_layer.quality.checks.rules import FROM_FILE
from data_layer.quality.measures import MEASURES, measures
from data_layer.quality.session_checks import quality
from data_layer.store.session_store import SessionStore
from tests.support.nwb_files import remove, write_behavior, write_experiment


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("files")
    return write_experiment(folder), write_behavior(folder, n_trials=15)


@pytest.fixture(scope="module")
def shelf(files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    shelf = Shelf(tmp_path_factory.mktemp("shelf"), 10**9)
    for path in files:
        shelf.prepare(path)
    return shelf


@pytest.fixture
def own(shelf: Shelf, tmp_path: Path) -> Shelf:
    """A shelf to break things on."""
    return Shelf(Path(shutil.copytree(shelf.folder, tmp_path / "shelf")), 10**9)


def test_a_folder_without_stores_has_no_summary(tmp_path: Path) -> None:
    table = Shelf(tmp_path / "none", 1).summaries()
    assert table.empty
    assert {"path", "n_fail", "ophys_experiment_id", *MEASURES} <= set(table.columns)


@pytest.mark.parametrize("which", [0, 1])
def test_a_row_says_what_the_file_says(which: int, files: tuple[Path, Path], shelf: Shelf) -> None:
    table = shelf.summaries().set_index("path")
    row = table.loc[str(files[which])]
    with open_session(files[which]) as session:
        store = SessionStore(session)
        checks, expected, metadata = quality(store), measures(store), store.metadata
    for name, value in expected.items():
        assert row[name] == value or (value is None and pd.isna(row[name])), name
    for check in checks:
        assert row[f"verdict_{check.name}"] == check.verdict
        kept = row[f"value_{check.name}"]
        assert kept == check.value or (check.value is None and pd.isna(kept))
    for verdict in ("fail", "look", "pass"):
        assert row[f"n_{verdict}"] == sum(check.verdict == verdict for check in checks)
    assert row["behavior_session_id"] == metadata["behavior_session_id"]
    assert row["mouse_id"] == metadata["mouse_id"]
    assert row["date_of_acquisition"] == metadata["date_of_acquisition"]
    assert pd.isna(row["ophys_experiment_id"]) == (which == 1)
    assert row["kind"] == ("experiment", "behavior")[which]
    assert row["is_current"]
    assert set(FROM_FILE) == {
        c.removeprefix("value_") for c in table.columns.astype(str) if c.startswith("value_")
    }


def test_a_summary_outlives_its_store(own: Shelf, files: tuple[Path, Path]) -> None:
    shutil.rmtree(own.store_path(files[0]))
    assert len(own.summaries()) == 2


def test_a_file_that_changed_is_told(own: Shelf, tmp_path: Path, files: tuple[Path, Path]) -> None:
    path = Path(shutil.copy2(files[1], tmp_path / "behavior_session_5.nwb"))
    own.prepare(path)
    os.utime(path, (1, 1))
    table = own.summaries().set_index("path")
    assert table["is_current"].to_dict() == {
        str(path): False,
        str(files[0]): True,
        str(files[1]): True,
    }


def test_a_summary_that_is_written_again_is_read_again(
    own: Shelf, tmp_path: Path, files: tuple[Path, Path]
) -> None:
    path = Path(shutil.copy2(files[0], tmp_path / "behavior_ophys_experiment_5.nwb"))
    own.prepare(path)
    before = own.summaries().set_index("path").loc[str(path)]
    remove(path, "processing/running/speed")
    own.prepare(path)
    after = own.summaries().set_index("path").loc[str(path)]
    verdicts = before["verdict_encoder_jumps"], after["verdict_encoder_jumps"]
    assert verdicts == ("pass", "not applicable")
    assert pd.isna(after["running_mean"])


@pytest.mark.parametrize("content", ["", "{", json.dumps({"format": 0}), "[1]"])
def test_what_is_no_summary_is_left_out(content: str, own: Shelf) -> None:
    (own.folder / summaries.FOLDER / "other.json").write_text(content)
    assert len(own.summaries()) == 2
