"""The cells panel's callback: all cells of all planes, statistics only when they are looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboard.app import create_app
from data_layer import BehaviorOphysExperiment
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.single_file import SingleFile
from data_layer.settings import Settings
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.support.nwb_files import write_behavior, write_experiment
from tests.support.tiny_task import Plan

ADDRESS = {"kind": "experiment", "id": EXPERIMENT}
STATISTICS = {"dff_mean", "dff_std", "dff_max", "dff_noise"}
RESPONSES = {"change_response", "omission_response"}


def ask_cells(ask: Asked, changed: str, address: dict[str, Any], tab: str, columns: Any) -> Any:
    values = {"address.data": address, "tabs.active_tab": tab, "cells-columns.data": columns}
    return ask("cells-columns.data", changed, values).json["response"]


def test_every_column_of_the_cell_table_is_there_and_explained(
    ask: Asked, experiment_file: Path
) -> None:
    answer = ask_cells(ask, "address.data", ADDRESS, "trials", None)
    columns = answer["cells-columns"]["data"]
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        table = session.cell_specimen_table.reset_index()
    expected = set(table.columns) - {"roi_mask"}
    added = {"mask_area", "brightness", "r", "RMSE", "lambda", "noise_std"} | RESPONSES
    assert expected | added <= set(columns)
    assert columns["cell_specimen_id"] == table["cell_specimen_id"].tolist()
    assert columns["cell"] == columns["cell_specimen_id"]
    described = answer["cells-table"]["columnDefs"]
    assert [one["field"] for one in described] == list(columns)
    assert not [one for one in described if "as released" in one["headerTooltip"]]
    assert not STATISTICS & set(columns)


def test_statistics_come_with_the_open_tab_and_only_once(ask: Asked) -> None:
    first = ask_cells(ask, "address.data", ADDRESS, "trials", None)["cells-columns"]["data"]
    opened = ask_cells(ask, "tabs.active_tab", ADDRESS, "cells", first)["cells-columns"]["data"]
    assert set(opened) >= STATISTICS
    assert {name: opened[name] for name in first} == first
    again = ask_cells(ask, "tabs.active_tab", ADDRESS, "cells", opened)
    other = ask_cells(ask, "tabs.active_tab", ADDRESS, "eye", first)
    assert "cells-columns" not in again
    assert "cells-columns" not in other


def test_a_session_lists_the_cells_of_all_its_planes(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path: Path
) -> None:
    experiments = small_cache.get_ophys_experiment_table()
    here = experiments[experiments.index.isin(small_cache.available("experiment"))]
    session_id = int(here.groupby("ophys_session_id").size().idxmax())
    planes = here.index[here["ophys_session_id"] == session_id]
    ask = Asked(create_app(small_cache, Settings(work_dir=tmp_path)))
    address = {"kind": "session", "id": session_id}
    columns = ask_cells(ask, "address.data", address, "cells", None)["cells-columns"]["data"]
    assert len(planes) > 1
    assert set(columns["ophys_experiment_id"]) == set(planes)
    for plane in planes:
        with small_cache.get_behavior_ophys_experiment(int(plane)) as experiment:
            roi_ids = experiment.cell_specimen_table["cell_roi_id"].tolist()
        in_plane = zip(columns["cell_roi_id"], columns["ophys_experiment_id"], strict=True)
        assert [roi for roi, of in in_plane if of == plane] == roi_ids


def test_unmatched_cells_are_named_by_their_roi(tmp_path: Path) -> None:
    path = write_experiment(tmp_path, n_cells=4, n_invalid=0, n_unmatched=2)
    ask = Asked(create_app(SingleFile(path), Settings(work_dir=tmp_path)))
    columns = ask_cells(ask, "address.data", ADDRESS, "trials", None)["cells-columns"]["data"]
    assert columns["cell_specimen_id"][2:] == [None, None]
    assert columns["cell"][2:] == columns["cell_roi_id"][2:]


def test_a_behaviour_session_has_no_cells_and_says_so(tmp_path: Path) -> None:
    ask = Asked(create_app(SingleFile(write_behavior(tmp_path)), Settings(work_dir=tmp_path)))
    address = {"kind": "behavior", "id": Plan().behavior_session_id}
    answer = ask_cells(ask, "address.data", address, "trials", None)
    assert answer["panel-cells"]["data-state"] == "empty"
