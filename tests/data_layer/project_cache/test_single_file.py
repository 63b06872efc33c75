"""One NWB file as a project cache."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data_layer.errors import FileDamaged, FileMissing, UnknownId
from data_layer.project_cache.single_file import SingleFile
from tests.support.nwb_files import (
    as_first_release,
    remove,
    truncate,
    write_behavior,
    write_experiment,
)


@pytest.mark.parametrize("first_release", [False, True])
def test_the_tables_say_what_the_file_says(tmp_path: Path, first_release: bool) -> None:
    path = write_experiment(tmp_path)
    if first_release:
        as_first_release(path)
    path = path.rename(tmp_path / "any name.nwb")
    file = SingleFile(path)
    row = file.get_ophys_experiment_table().iloc[0]
    [experiment] = file.available("experiment")
    with file.get_behavior_ophys_experiment(experiment) as session:
        facts = session.metadata
        assert session.ophys_experiment_id == experiment
        assert file.get_behavior_session_table().index.tolist() == [session.behavior_session_id]
        assert file.get_ophys_session_table().index.tolist() == [session.ophys_session_id]
        cells = session.cells["cell_roi_id"].tolist()
    assert set(row.index) & set(facts) > {"cre_line", "imaging_depth", "session_type", "mouse_id"}
    for name in set(row.index) & set(facts) - {"date_of_acquisition"}:
        assert row[name] == facts[name] or (pd.isna(row[name]) and facts[name] is None), name
    assert row["date_of_acquisition"] == pd.Timestamp(facts["date_of_acquisition"])
    assert file.get_ophys_cells_table().index.tolist() == cells
    assert file.get_ophys_cells_table()["ophys_experiment_id"].eq(experiment).all()
    [session_row] = file.get_ophys_session_table()["ophys_experiment_id"]
    assert session_row == [experiment]


def test_a_behaviour_file_has_no_ophys_rows(tmp_path: Path) -> None:
    file = SingleFile(write_behavior(tmp_path))
    assert file.get_ophys_experiment_table().empty
    assert file.get_ophys_session_table().empty
    assert file.get_ophys_cells_table().empty
    assert not file.available("experiment") | file.available("session")
    [id_] = file.get_behavior_session_table().index
    assert file.available("behavior") == {id_}
    with file.get_behavior_session(id_) as session:
        assert session.behavior_session_id == id_
    with pytest.raises(UnknownId):
        file.get_behavior_session(id_ + 1)


@pytest.mark.parametrize(
    ("session_type", "level"),
    [
        ("OPHYS_1_images_A", "Familiar"),
        ("OPHYS_3_images_B", "Familiar"),
        ("OPHYS_4_images_B", None),
    ],
)
def test_nothing_is_invented_that_only_the_tables_know(
    tmp_path: Path, session_type: str, level: str | None
) -> None:
    file = SingleFile(write_experiment(tmp_path, session_type=session_type))
    row = file.get_behavior_session_table().iloc[0]
    assert row.get("experience_level") == level
    assert "prior_exposures_to_image_set" not in row
    assert row["image_set"] == session_type[-8:]


def test_a_file_without_a_description_of_the_mouse_still_opens(tmp_path: Path) -> None:
    file = SingleFile(remove(write_experiment(tmp_path), "general/subject"))
    [id_] = file.get_ophys_experiment_table().index
    assert file.available("experiment") == {id_}
    assert file.get_behavior_session_table()["mouse_id"].isna().all()


def test_a_file_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        SingleFile(tmp_path / "none.nwb")
    with pytest.raises(FileDamaged):
        SingleFile(truncate(write_behavior(tmp_path)))
