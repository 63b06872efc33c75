"""Traces, whole and in parts."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, StreamDamaged, StreamMissing
from data_layer.derived.filtered_events import filter_events, half_gaussian
from data_layer.values.trace_kinds import TRACE_KINDS
from tests.support.nwb_files import remove, replace, write_experiment
from tests.support.tiny_session import TinySession

TABLES = {
    "dff": ("dff_traces", "dff", "dff"),
    "corrected_fluorescence": (
        *("corrected_fluorescence_traces", "corrected_fluorescence", "corrected_fluorescence"),
    ),
    "demixed": ("demixed_traces", "demixed_trace", "demixed_trace"),
    "neuropil": ("neuropil_traces", "neuropil_trace", "neuropil_trace"),
    "events": ("events", "events", "events"),
}


def written(truth: TinySession, name: str) -> np.ndarray:
    """(n_frames, n_cells) of the cells that are kept."""
    return truth.traces[TABLES[name][2]][:, truth.cells["valid_roi"]]


@pytest.mark.parametrize("name", TABLES)
def test_tables_hold_one_trace_per_cell(
    experiment: BehaviorOphysExperiment, truth: TinySession, name: str
) -> None:
    attribute, column, _ = TABLES[name]
    table = getattr(experiment, attribute)
    assert list(table.columns[:2]) == ["cell_roi_id", column]
    assert table.index.equals(experiment.cell_specimen_table.index)
    for row, trace in enumerate(table[column]):
        assert trace.shape == experiment.ophys_timestamps.shape
        assert trace.flags["C_CONTIGUOUS"]
        np.testing.assert_array_equal(trace, written(truth, name)[:, row])


@pytest.mark.parametrize("name", TABLES)
def test_matrices_read_parts(
    experiment: BehaviorOphysExperiment, truth: TinySession, name: str
) -> None:
    matrix, whole = experiment.traces_matrix(name), written(truth, name)
    assert matrix.shape == whole.shape
    assert matrix.cell_roi_ids.tolist() == experiment.cells["cell_roi_id"].tolist()
    assert matrix.unit == ("ΔF/F" if name == "dff" else "a.u.")
    np.testing.assert_array_equal(matrix.timestamps, experiment.ophys_timestamps)
    for start, stop in ((0, None), (10, 20), (-5, None), (whole.shape[0] - 3, 10**9), (7, 3)):
        np.testing.assert_array_equal(matrix.read(start, stop), whole[start:stop])
    for row, roi in enumerate(matrix.cell_roi_ids):
        np.testing.assert_array_equal(matrix.column(roi), whole[:, row])


def test_fits_come_with_their_cells(
    experiment: BehaviorOphysExperiment, truth: TinySession
) -> None:
    rows = np.flatnonzero(truth.cells["valid_roi"])
    corrected, events = experiment.corrected_fluorescence_traces, experiment.events
    np.testing.assert_array_equal(corrected["r"], 0.7 + 0.01 * rows)
    np.testing.assert_array_equal(corrected["RMSE"], 12 + 0.01 * rows)
    np.testing.assert_array_equal(events["lambda"], 0.1 + 0.01 * rows)
    np.testing.assert_array_equal(events["noise_std"], 0.05 + 0.001 * rows)
    parameters = experiment.trace_parameters("events")
    assert parameters.index.tolist() == events["cell_roi_id"].tolist()
    assert parameters["lambda"].tolist() == events["lambda"].tolist()


@pytest.mark.parametrize("rate", [11.0, 31.0])
def test_filtered_events_follow_the_frame_rate(tmp_path: Path, rate: float) -> None:
    path = write_experiment(tmp_path, ophys_rate=rate, n_trials=12)
    weights = half_gaussian(2 / 31 * rate)
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        matrix = session.traces_matrix("filtered_events")
        expected = filter_events(session.traces_matrix("events").read(), weights)
        table = np.stack(session.events["filtered_events"].tolist(), axis=1)
        np.testing.assert_allclose(table, expected, rtol=1e-12)
        for start, stop in ((0, None), (5, 9), (100, 130)):
            np.testing.assert_allclose(matrix.read(start, stop), expected[start:stop], rtol=1e-12)
        roi = int(matrix.cell_roi_ids[1])
        np.testing.assert_allclose(matrix.column(roi), expected[:, 1], rtol=1e-12)


def test_the_filter_can_be_chosen(experiment_file: Path) -> None:
    chosen = {"events_filter_scale_seconds": 0.2, "events_filter_n_time_steps": 5}
    with BehaviorOphysExperiment.from_nwb_path(experiment_file, **chosen) as session:
        expected = filter_events(session.traces_matrix("events").read(), half_gaussian(6.2, 5))
        table = np.stack(session.events["filtered_events"].tolist(), axis=1)
        np.testing.assert_allclose(table, expected, rtol=1e-12)


def test_cells_without_events_are_left_out(tmp_path: Path) -> None:
    path, root = write_experiment(tmp_path), "processing/ophys/event_detection"
    with h5py.File(path) as file:
        data = file[f"{root}/data"][:]
    stored = [4, 0, 2]  # rows of the cell table, in another order; row 1 is no cell
    replace(path, f"{root}/data", data[:, stored])
    replace(path, f"{root}/rois", stored)
    replace(path, f"{root}/lambdas", [4.0, 0.0, 2.0])
    replace(path, f"{root}/noise_stds", [1.0, 2.0, 3.0])
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        rois = session.cells["cell_roi_id"].tolist()
        assert session.events["cell_roi_id"].tolist() == [rois[0], rois[1], rois[3]]
        assert session.events["lambda"].tolist() == [0.0, 2.0, 4.0]
        np.testing.assert_array_equal(session.events["events"].iloc[1], data[:, 2])
        matrix = session.traces_matrix("events")
        np.testing.assert_array_equal(matrix.read(), data[:, [0, 2, 4]])
        with pytest.raises(KeyError):
            matrix.column(rois[2])


def test_columns_follow_the_region_of_the_cell_table(tmp_path: Path) -> None:
    path = write_experiment(tmp_path)
    replace(path, "processing/ophys/dff/traces/rois", [4, 3, 2, 1, 0])
    with h5py.File(path) as file:
        data = file["processing/ophys/dff/traces/data"][:]
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        np.testing.assert_array_equal(session.traces_matrix("dff").read(), data[:, [4, 2, 1, 0]])


@pytest.mark.parametrize("surplus", [1, 2, 40])
@pytest.mark.parametrize("everywhere", [False, True])
def test_surplus_timestamps_are_cut_off(tmp_path: Path, surplus: int, everywhere: bool) -> None:
    path = write_experiment(tmp_path)
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        expected = session.ophys_timestamps
    longer = np.append(expected, np.linspace(9e3, 9e4, surplus))
    for kind in TRACE_KINDS.values() if everywhere else [TRACE_KINDS["dff"]]:
        replace(path, f"{kind.group}/timestamps", longer)
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        np.testing.assert_array_equal(session.ophys_timestamps, expected)
        assert len(session.dff_traces)
        assert bool(session.left_out) == (surplus > 1)


def test_too_few_timestamps_are_told(tmp_path: Path) -> None:
    path = write_experiment(tmp_path)
    for kind in TRACE_KINDS.values():
        replace(path, f"{kind.group}/timestamps", np.arange(5.0))
    session = BehaviorOphysExperiment.from_nwb_path(path)
    with session, pytest.raises(StreamDamaged, match="timestamps"):
        session.ophys_timestamps  # noqa: B018


def test_the_clock_does_not_depend_on_dff(tmp_path: Path, truth: TinySession) -> None:
    path = remove(write_experiment(tmp_path), "processing/ophys/dff")
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        np.testing.assert_array_equal(session.ophys_timestamps, truth.ophys_timestamps)
        neuropil = session.traces_matrix("neuropil").read()
        np.testing.assert_array_equal(neuropil, written(truth, "neuropil"))
        with pytest.raises(StreamMissing):
            session.traces_matrix("dff")


def test_events_do_without_a_stored_frame_rate(tmp_path: Path) -> None:
    path = remove(write_experiment(tmp_path), "general/optophysiology")
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        assert len(session.events)


def test_an_unknown_trace_is_told(experiment: BehaviorOphysExperiment) -> None:
    with pytest.raises(ValueError, match="'spikes' is none of"):
        experiment.traces_matrix("spikes")
