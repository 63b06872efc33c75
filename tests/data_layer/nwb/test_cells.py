"""The cells of a plane and their masks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_layer import BehaviorOphysExperiment
from tests.support.nwb_files import write_experiment
from tests.support.tiny_session import TinySession
from tests.support.tiny_task import Plan


def kept(truth: TinySession) -> pd.DataFrame:
    return truth.cells[truth.cells["valid_roi"]]


def test_only_cells_are_kept(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    table, written = experiment.cell_specimen_table, kept(truth)
    assert len(table) == len(truth.cells) - truth.plan.n_invalid
    assert table["cell_roi_id"].tolist() == written.index.tolist()
    assert table.index.tolist() == written["cell_specimen_id"].tolist()
    assert table.index.name == "cell_specimen_id"
    stored = [name for name in truth.cells if name != "cell_specimen_id"]
    assert list(table.columns) == ["cell_roi_id", *stored, "roi_mask"]
    for name in stored:
        assert table[name].tolist() == written[name].tolist(), name


def test_masks(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    masks = truth.masks()[truth.cells["valid_roi"]]
    table = experiment.cell_specimen_table
    for row, roi in enumerate(table["cell_roi_id"]):
        assert table["roi_mask"].iloc[row].dtype == bool
        np.testing.assert_array_equal(table["roi_mask"].iloc[row], masks[row])
        np.testing.assert_array_equal(experiment.roi_mask(roi), masks[row])
    segmentation = experiment.segmentation_mask_image
    np.testing.assert_array_equal(np.asarray(segmentation), masks.any(axis=0).astype(int))
    assert list(experiment.roi_masks.columns) == ["cell_roi_id", "roi_mask"]


def test_an_excluded_cell_has_no_mask(
    experiment: BehaviorOphysExperiment, truth: TinySession
) -> None:
    invalid = truth.cells.index[~truth.cells["valid_roi"]][0]
    with pytest.raises(KeyError, match=str(invalid)):
        experiment.roi_mask(int(invalid))


def test_invalid_rois_can_be_kept(experiment_file: Path, truth: TinySession) -> None:
    with BehaviorOphysExperiment.from_nwb_path(
        experiment_file, exclude_invalid_rois=False
    ) as session:
        assert session.cell_specimen_table["cell_roi_id"].tolist() == truth.cells.index.tolist()
        assert len(session.dff_traces) == len(truth.cells)


def test_cells_without_masks(experiment: BehaviorOphysExperiment) -> None:
    cells, table = experiment.cells, experiment.cell_specimen_table
    assert list(cells.columns[:2]) == ["cell_roi_id", "cell_specimen_id"]
    assert cells["cell_specimen_id"].dtype == "Int64"
    assert cells["cell_specimen_id"].tolist() == table.index.tolist()
    assert "roi_mask" not in cells
    for name in cells.columns.drop("cell_specimen_id"):
        assert cells[name].tolist() == table[name].tolist()


@pytest.mark.parametrize("n_unmatched", [1, 5])
def test_unmatched_cells_have_no_specimen(tmp_path: Path, n_unmatched: int) -> None:
    path = write_experiment(tmp_path, n_unmatched=n_unmatched)
    truth = TinySession(Plan(n_unmatched=n_unmatched))
    unmatched = (kept(truth)["cell_specimen_id"] == -1).tolist()
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        assert session.cell_specimen_table.index.isna().tolist() == unmatched
        assert session.cells["cell_specimen_id"].isna().tolist() == unmatched
        assert session.dff_traces.index.isna().tolist() == unmatched
        assert session.events["cell_roi_id"].tolist() == kept(truth).index.tolist()


@pytest.mark.parametrize(("n_cells", "n_invalid"), [(1, 0), (150, 30)])
def test_one_cell_and_many(tmp_path: Path, n_cells: int, n_invalid: int) -> None:
    plan = {"n_cells": n_cells, "n_invalid": n_invalid, "n_trials": 12, "ophys_rate": 4.0}
    truth = TinySession(Plan(**plan))
    with BehaviorOphysExperiment.from_nwb_path(write_experiment(tmp_path, **plan)) as session:
        assert session.cells["cell_roi_id"].tolist() == kept(truth).index.tolist()
        dff = np.stack(session.dff_traces["dff"].tolist(), axis=1)
        written = truth.traces["dff"][:, truth.cells["valid_roi"]]
        np.testing.assert_array_equal(dff, written)
        masks = np.stack(session.cell_specimen_table["roi_mask"].tolist())
        np.testing.assert_array_equal(masks, truth.masks()[truth.cells["valid_roi"]])
