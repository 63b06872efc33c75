"""What is missing or strange in one part of a file costs that part only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, StreamDamaged
from data_layer.quality.session_checks import quality
from data_layer.quality.summaries import summary_of
from data_layer.store.moment import behavior_at
from data_layer.store.session_store import SessionStore
from data_layer.values.window import Window
from tests.support.faulty_files import at, edit
from tests.support.nwb_files import remove, replace, write_experiment
from tests.support.same import assert_same
from tests.support.writable import writable

pytestmark = pytest.mark.fault

opened = BehaviorOphysExperiment.from_nwb_path

TRIALS, CELLS = "intervals/trials", "processing/ophys/image_segmentation/cell_specimen_table"
FLASHES = "intervals/Natural_Images_Lum_Matched_set_training_2017_presentations"
TABLES = {TRIALS: "trials", CELLS: "cells", FLASHES: "stimulus_presentations"}
RUNNING, STIMULUS = "processing/running/speed", "processing/stimulus/timestamps"
LICKS = "processing/licking/licks"
EYE, DFF = "acquisition/EyeTracking/eye_tracking", "processing/ophys/dff/traces"
WINDOW = Window(20.0, 40.0)

Column = Callable[[int], Any]
ODD_COLUMNS: dict[str, Column] = {
    "two values in each row": lambda n: np.zeros((n, 2)),
    "records": lambda n: np.zeros(n, [("x", "u4"), ("weight", "f4")]),
    "complex numbers": lambda n: np.zeros(n, complex),
    "another number of rows": lambda n: np.zeros(n + 3),
    "one value": lambda n: 5.0,
}


@pytest.fixture
def path(experiment_file: Path, tmp_path: Path) -> Path:
    """A copy of the experiment that may be changed."""
    copy = tmp_path / experiment_file.name
    copy.write_bytes(experiment_file.read_bytes())
    return copy


def read(path: Path, attribute: str) -> tuple[Any, tuple[str, ...]]:
    """An attribute, and what was left out."""
    with opened(path) as session:
        return getattr(session, attribute), session.left_out


def add(path: Path, table: str, name: str, column: Column) -> None:
    with writable(path) as file:
        group = file[table]
        group[name] = column(len(group["id"]))
        group.attrs["colnames"] = [*group.attrs["colnames"], name]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", ODD_COLUMNS)
def test_a_column_that_nobody_needs_is_left_out_and_named(
    path: Path, table: str, kind: str
) -> None:
    before, _ = read(path, TABLES[table])
    add(path, table, "extra", ODD_COLUMNS[kind])
    after, left_out = read(path, TABLES[table])
    assert_same(after, before, table)
    assert len(left_out) == 1
    assert left_out[0].startswith(f"Column extra of /{table}")


@pytest.mark.parametrize("table", TABLES)
def test_a_ragged_column_that_nobody_needs_is_left_out_and_named(path: Path, table: str) -> None:
    before, _ = read(path, TABLES[table])
    add(path, table, "extra", lambda n: np.arange(2.0 * n))
    with writable(path) as file:
        file[table]["extra_index"] = np.arange(2, 2 * len(file[table]["id"]) + 2, 2)
    after, left_out = read(path, TABLES[table])
    assert_same(after, before, table)
    assert "several values each" in left_out[0]


@pytest.mark.parametrize("table", TABLES)
def test_a_column_that_is_named_twice_is_one_column(path: Path, table: str) -> None:
    before, _ = read(path, TABLES[table])
    with writable(path) as file:
        names = file[table].attrs["colnames"]
        file[table].attrs["colnames"] = [*names, names[0], names[-1]]
    after, left_out = read(path, TABLES[table])
    assert_same(after, before, table)
    assert left_out == ()


def test_a_table_of_another_writer_is_left_out_and_named(path: Path) -> None:
    before, _ = read(path, "stimulus_presentations")
    with writable(path) as file:
        file["intervals/my_presentations/start_time"] = [1.0]
        file["intervals/my_presentations/stop_time"] = [2.0]
    after, left_out = read(path, "stimulus_presentations")
    assert_same(after, before, "presentations")
    assert left_out == ("Table /intervals/my_presentations: it has no column start_frame.",)


def empty(path: Path, table: str) -> None:
    """Take every row of a table away."""
    with writable(path) as file:
        for name, stored in list(file[table].items()):
            if isinstance(stored, h5py.Dataset):
                rows, attributes = stored[:0], dict(stored.attrs)
                del file[table][name]
                file[table].create_dataset(name, data=rows, dtype=rows.dtype).attrs.update(
                    attributes
                )


def answers(path: Path) -> dict[str, Any]:
    """What views of a whole session ask for; whatever is asked must be answered."""
    with opened(path) as session:
        store = SessionStore(session)
        return {
            "trials": store.spans("trials"),
            "engaged": store.engaged(),
            "performance": session.get_performance_metrics(),
            "rolling": session.get_rolling_performance_df(),
            "presentations": store.presentation_spans,
            "moment": behavior_at(store, 30.0),
            "heatmap": store.heatmap("dff", WINDOW, store.cells_of("dff").tolist()),
            "running": store.signal("running_speed", WINDOW),
            "bounds": store.bounds,
            "checks": {check.name: check for check in quality(store)},
            "summary": summary_of(store, "a fingerprint"),
        }


def test_a_table_without_trials_is_a_session_without_trials(path: Path) -> None:
    empty(path, TRIALS)
    found = answers(path)
    assert len(found["trials"].starts) == 0
    assert found["performance"]["trial_count"] == 0
    assert found["moment"]["trial"] is None
    assert found["moment"]["running_speed"] is not None


def test_tables_without_presentations_leave_the_session_as_it_is(path: Path) -> None:
    with h5py.File(path, "r") as file:
        tables = [f"intervals/{name}" for name in file["intervals"] if name != "trials"]
    for table in tables:
        empty(path, table)
    found = answers(path)
    assert len(found["presentations"].starts) == 0
    assert found["moment"]["image"] is None


@pytest.mark.parametrize("column", ["image_name", "omitted"])
def test_presentations_may_lack_names_of_images_and_omissions(path: Path, column: str) -> None:
    with writable(path) as file:
        names = [name for name in file[FLASHES].attrs["colnames"] if name != column]
        file[FLASHES].attrs["colnames"] = names
        del file[FLASHES][column]
    found = answers(path)
    assert len(found["presentations"].starts)


def test_a_plane_without_a_valid_roi_has_no_cells(path: Path) -> None:
    edit(f"{CELLS}/valid_roi", np.zeros_like)(path)
    found = answers(path)
    assert found["heatmap"].values.shape[0] == 0
    assert found["running"].values.size


@pytest.mark.parametrize("table", [TRIALS, CELLS])
def test_ids_of_rows_may_repeat(path: Path, table: str) -> None:
    with opened(path) as session:
        traces = session.traces_matrix("dff").read()
    edit(f"{table}/id", at(slice(None), 7))(path)
    answers(path)
    with opened(path) as session:
        assert (session.traces_matrix("dff").read() == traces).all()


@pytest.mark.parametrize("inside", [RUNNING, "processing/running/speed_unfiltered"])
def test_running_without_a_sample_is_a_signal_without_samples(path: Path, inside: str) -> None:
    for part in ("data", "timestamps"):
        replace(path, f"{inside}/{part}", np.empty(0))
    with opened(path) as session:
        store = SessionStore(session)
        assert len(session.raw_running_speed) * len(session.running_speed) == 0
        assert np.isfinite(store.bounds).all()
        assert quality(store)


@pytest.mark.parametrize("values", [np.uint8(7), np.zeros((1, 12, 19), np.uint8)])
def test_fewer_pictures_than_names_are_told(path: Path, values: Any) -> None:
    with h5py.File(path, "r") as file:
        inside = f"stimulus/templates/{next(iter(file['stimulus/templates']))}/data"
    replace(path, inside, values)
    with opened(path) as session:
        with pytest.raises(StreamDamaged, match="fewer pictures than names"):
            session.template(session.image_names[-1])
        assert len(session.trials)


# one sample too many


@pytest.mark.parametrize(
    ("inside", "attribute"),
    [
        (f"{RUNNING}/data", "running_speed"),
        (f"{RUNNING}/timestamps", "running_speed"),
        (f"{EYE}/timestamps", "eye_tracking"),
        ("acquisition/EyeTracking/pupil_tracking/width", "eye_tracking"),
        ("processing/ophys/ophys_motion_correction_x/data", "motion_correction"),
        (f"{DFF}/timestamps", "dff_traces"),
        (f"{DFF}/data", "dff_traces"),
        ("processing/ophys/neuropil_trace/traces/data", "neuropil_traces"),
        (f"{LICKS}/data", "licks"),
        (f"{LICKS}/timestamps", "licks"),
    ],
)
def test_a_sample_too_many_is_left_out(path: Path, inside: str, attribute: str) -> None:
    before, _ = read(path, attribute)
    with h5py.File(path, "r") as file:
        values = file[inside][:]
    replace(path, inside, np.concatenate([values, values[-1:]]))
    after, _ = read(path, attribute)
    assert_same(after, before, attribute)


def test_a_lick_too_many_in_its_clock_or_frames_is_counted_as_left_out(path: Path) -> None:
    with h5py.File(path, "r") as file:
        frames = file[f"{LICKS}/data"][:]
    replace(path, f"{LICKS}/data", np.append(frames, frames[-1]))
    left_out = answers(path)["checks"]["left_out"]
    assert left_out.value == 1
    assert left_out.note == (
        f"The last of {len(frames) + 1:,} samples of /{LICKS}: only data has it."
    )


# clocks


def test_a_sample_without_a_time_is_left_out_of_views_and_counted(path: Path) -> None:
    index = 1000
    with opened(path) as session:
        times, values = SessionStore(session).samples("running_speed")
        whole = session.running_speed
    edit(f"{RUNNING}/timestamps", at(index, np.nan))(path)
    with opened(path) as session:
        store = SessionStore(session)
        seen = store.samples("running_speed")
        assert len(session.running_speed) == len(whole)
        checks = {check.name: check for check in quality(store)}
    assert np.array_equal(seen[0], np.delete(times, index))
    assert np.array_equal(seen[1], np.delete(values, index))
    assert checks["untimed_samples"].value == 1
    assert "running 1" in checks["untimed_samples"].note
    assert checks["untimed_samples"].at == times[index - 1]


def test_imaging_frames_without_a_time_are_left_out_of_heatmaps_and_traces(path: Path) -> None:
    index = 300
    with opened(path) as session:
        traces, cell = session.traces_matrix("dff").read(), int(session.cells["cell_roi_id"][0])
    edit(f"{DFF}/timestamps", at(index, np.nan))(path)
    with opened(path) as session:
        store = SessionStore(session)
        times, values = store.cell_samples("dff", cell)
        assert np.array_equal(values, np.delete(traces[:, 0], index))
        assert np.isfinite(times).all()
        matrix = store.activity("dff").matrix
        assert np.array_equal(matrix.read(250, 350), np.delete(traces, index, 0)[250:350])
        shown = store.heatmap("dff", WINDOW, store.cells_of("dff").tolist())
        assert np.isfinite(shown.values).all()
        assert len(session.dff_traces["dff"].iloc[0]) == len(traces)


def test_camera_frames_without_a_time_are_left_out_of_the_eye(path: Path) -> None:
    edit(f"{EYE}/timestamps", at(200, np.nan))(path)
    with opened(path) as session:
        store = SessionStore(session)
        n_frames, at_30 = len(session.eye_tracking), behavior_at(store, 30.0)["eye"]
        assert len(store.eye_tracking) == n_frames - 1
        times = session.eye_tracking["timestamps"].to_numpy()
        row = session.eye_tracking.iloc[int(np.nanargmin(np.abs(times - 30.0)))]
    assert at_30["pupil"]["width"] == row["pupil_width"]


@pytest.mark.parametrize("gone", [slice(-1, None), slice(0, 1), slice(-500, None)])
def test_bounds_stay_finite_where_the_stimulus_clock_has_no_time(path: Path, gone: slice) -> None:
    with h5py.File(path, "r") as file:
        times = file[f"{STIMULUS}/timestamps"][:]
    edit(f"{STIMULUS}/timestamps", at(gone, np.nan))(path)
    times[gone] = np.nan
    known = times[np.isfinite(times)]
    with opened(path) as session:
        assert SessionStore(session).bounds == (known[0], known[-1])
    assert answers(path)["checks"]["untimed_samples"].value == np.isnan(times).sum()


def test_a_stimulus_clock_that_cannot_be_read_leaves_the_bounds_of_the_wheel(path: Path) -> None:
    with opened(path) as session:
        bounds = SessionStore(session).bounds
    remove(path, STIMULUS)
    with opened(path) as session:
        assert SessionStore(session).bounds == bounds


def test_clocks_in_unix_seconds_are_read(path: Path) -> None:
    start = 1_561_054_695.0
    with h5py.File(path, "r") as file:
        times = file[f"{RUNNING}/timestamps"][:]
    for inside in (f"{RUNNING}/timestamps", f"{STIMULUS}/timestamps"):
        edit(inside, lambda t: t + start)(path)
    with opened(path) as session:
        store = SessionStore(session)
        assert (session.running_speed["timestamps"].to_numpy() == times + start).all()
        shown = store.signal("running_speed", Window(start + 20, start + 30))
        assert len(shown.times)
        assert store.bounds[0] > start


# metadata

STRANGE: dict[str, Any] = {
    "a record": np.zeros(2, [("x", "u4")]),
    "a matrix": np.zeros((2, 2)),
    "bytes that are no text": np.bytes_(b"\xff\xfe"),
    "nothing": h5py.Empty("f8"),
}
KEYS = ("session_type", "project_code", "imaging_depth", "equipment_name", "ophys_session_id")


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("key", KEYS)
def test_a_key_of_a_strange_type_is_none_and_named(path: Path, key: str, kind: str) -> None:
    before, _ = read(path, "metadata")
    with writable(path) as file:
        file["general/metadata"].attrs[key] = STRANGE[kind]
    after, left_out = read(path, "metadata")
    assert after == {**before, key: None}
    assert left_out[0].startswith(f"{key} of metadata")


@pytest.mark.parametrize(
    ("inside", "unknown"),
    [
        ("session_start_time", {"date_of_acquisition"}),
        ("general/subject/age", {"age_in_days"}),
        ("general/optophysiology/imaging_plane_1/imaging_rate", {"ophys_frame_rate"}),
        ("general/optophysiology/imaging_plane_1/location", {"targeted_structure"}),
        ("general/optophysiology/imaging_plane_1/channel_1", {"emission_lambda"}),
    ],
)
def test_metadata_give_what_is_there_and_none_for_the_rest(
    path: Path, inside: str, unknown: set[str]
) -> None:
    before, _ = read(path, "metadata")
    remove(path, inside)
    after, _ = read(path, "metadata")
    assert after == {**before, **dict.fromkeys(unknown)}
    assert answers(path)["summary"]["metadata"]["mouse_id"] == before["mouse_id"]


def test_a_date_that_is_none_is_told_and_costs_no_summary(path: Path) -> None:
    replace(path, "session_start_time", "2020-04")
    metadata, left_out = read(path, "metadata")
    assert metadata["date_of_acquisition"] is None
    assert "'2020-04' is not a date" in left_out[0]
    assert answers(path)["summary"]["metadata"]["date_of_acquisition"] is None


def test_a_file_without_a_subject_is_a_session_of_an_unknown_mouse(tmp_path: Path) -> None:
    path = remove(write_experiment(tmp_path), "general/subject")
    metadata, _ = read(path, "metadata")
    of_mouse = ("mouse_id", "sex", "age_in_days", "full_genotype", "cre_line", "driver_line")
    assert all(metadata[key] is None for key in of_mouse)
    assert metadata["date_of_acquisition"] is not None


def test_a_text_of_metadata_that_is_not_utf8_is_none_and_named(path: Path) -> None:
    with writable(path) as file:
        attributes = file["general/metadata"].attrs
        attributes.create("session_type", b"\xff\xfeOPHYS", dtype=h5py.string_dtype("utf-8"))
    after, left_out = read(path, "metadata")
    assert after["session_type"] is None
    assert left_out[0].startswith("session_type of metadata")
    assert str(after).encode()
