"""A link that exists and cannot be opened is damage, never absence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, StreamDamaged
from data_layer.quality.session_checks import quality
from data_layer.store.attributes import is_stored, rows_of
from data_layer.store.session_store import SessionStore
from data_layer.store.signals import SIGNALS
from tests.support.damage import blot
from tests.support.nwb_files import replace, write_experiment
from tests.support.writable import writable

pytestmark = pytest.mark.fault

opened = BehaviorOphysExperiment.from_nwb_path

GROUPS = {
    "processing/licking": "licks",
    "processing/rewards": "rewards",
    "processing/rewards/volume": "rewards",
    "processing/running": "running_speed",
    "processing/stimulus": "stimulus_timestamps",
    "acquisition/EyeTracking": "eye_tracking",
    "processing/eye_tracking_rig_metadata": "eye_tracking_rig_geometry",
    "stimulus/templates": "stimulus_templates",
    "intervals/trials": "trials",
    "intervals": "stimulus_presentations",
    "general/task_parameters": "task_parameters",
    "processing/ophys/dff": "dff_traces",
    "processing/ophys/demixed_trace": "demixed_traces",
    "processing/ophys/neuropil_trace": "neuropil_traces",
    "processing/ophys/event_detection": "events",
    "processing/ophys/image_segmentation": "cell_specimen_table",
    "processing/ophys/images": "max_projection",
}


@pytest.fixture
def path(experiment_file: Path, tmp_path: Path) -> Path:
    """A copy of the experiment that may be broken."""
    copy = tmp_path / experiment_file.name
    copy.write_bytes(experiment_file.read_bytes())
    return copy


@pytest.mark.parametrize("inside", GROUPS)
def test_a_group_that_cannot_be_opened_is_told_as_damage(path: Path, inside: str) -> None:
    blot(path, inside)
    with opened(path) as session:
        assert session.has(GROUPS[inside])
        with pytest.raises(StreamDamaged, match="bad object header"):
            getattr(session, GROUPS[inside])


def test_a_damaged_list_of_names_does_not_prove_that_the_mouse_never_licked(path: Path) -> None:
    content = path.read_bytes()
    name = content.index(b"licking\0rewards\0")  # the names of the modules, as stored
    with path.open("r+b") as stream:
        stream.seek(name)
        stream.write(b"\0" * 7)
    with (
        opened(path) as session,
        pytest.raises(StreamDamaged, match=r"list of names|invalid link name"),
    ):
        session.licks  # noqa: B018


def test_licks_that_cannot_be_read_are_told_by_details_checks_and_signals(path: Path) -> None:
    blot(path, "processing/licking")
    with opened(path) as session:
        store = SessionStore(session)
        assert is_stored(store, "licks")
        with pytest.raises(StreamDamaged, match="licks cannot be read"):
            rows_of(store, "licks")
        with pytest.raises(StreamDamaged, match="licks cannot be read"):
            SIGNALS["licks_per_second"].read(session)
        notes = {check.name: check.note for check in quality(store)}
    assert "cannot be read" in notes["lick_count"]


def test_eye_tracking_that_cannot_be_read_is_not_said_to_be_absent(path: Path) -> None:
    blot(path, "acquisition/EyeTracking")
    with opened(path) as session:
        checks = {check.name: check for check in quality(SessionStore(session))}
    assert checks["blink_fraction"].verdict == "not applicable"
    assert "cannot be read" in checks["blink_fraction"].note


def test_damaged_dff_costs_no_other_trace_and_not_the_clock(path: Path) -> None:
    with opened(path) as session:
        times, neuropil = session.ophys_timestamps, session.traces_matrix("neuropil").read()
    blot(path, "processing/ophys/dff")
    with opened(path) as session:
        assert (session.ophys_timestamps == times).all()
        assert (session.traces_matrix("neuropil").read() == neuropil).all()
        assert len(session.events) == 4
        with pytest.raises(StreamDamaged):
            session.dff_traces  # noqa: B018


DFF = "processing/ophys/dff/traces"


SHORTER = [("data", 10), ("data", 5000), ("timestamps", 10), ("timestamps", 5000)]


@pytest.mark.parametrize(("part", "n"), SHORTER)
def test_a_clock_of_another_length_than_its_trace_costs_that_trace_and_no_other(
    path: Path, part: str, n: int
) -> None:
    with opened(path) as session:
        times, neuropil = session.ophys_timestamps, session.traces_matrix("neuropil").read()
    with writable(path) as file:
        values = file[f"{DFF}/{part}"][:]
    replace(path, f"{DFF}/{part}", values[: max(len(values) - n, 0)])
    with opened(path) as session:
        assert np.array_equal(session.ophys_timestamps, times)
        assert (session.traces_matrix("neuropil").read() == neuropil).all()
        with pytest.raises(StreamDamaged, match=r"frames, but \d+ (ophys_)?timestamps"):
            session.dff_traces  # noqa: B018
        with pytest.raises(StreamDamaged, match=r"frames, but \d+ (ophys_)?timestamps"):
            session.traces_matrix("dff").timestamps  # noqa: B018


PICTURES = {
    "processing/ophys/images/max_projection": "max_projection",
    "processing/ophys/images/average_image": "average_projection",
    "processing/ophys/image_segmentation/cell_specimen_table/image_mask": "cell_specimen_table",
    "stimulus/templates/{}/unwarped": "stimulus_templates",
    "stimulus/templates/{}/data": "stimulus_templates",
}


@pytest.mark.parametrize("side", [0, 5000])
@pytest.mark.parametrize("inside", PICTURES)
def test_a_picture_without_a_pixel_or_larger_than_any_screen_is_told(
    path: Path, inside: str, side: int
) -> None:
    with writable(path) as file:
        place = inside.format(*file["stimulus/templates"])
        first, attributes = file[place].shape[:-2], dict(file[place].attrs)
        del file[place]
        data = np.zeros((*first, side, side), np.uint8)
        file.create_dataset(place, data=data).attrs.update(attributes)
    with opened(path) as session, pytest.raises(StreamDamaged, match="has pictures of"):
        getattr(session, PICTURES[inside])


def test_values_that_were_never_written_are_told(path: Path) -> None:
    with writable(path) as file:
        speed = file["processing/running/speed"]
        n = len(speed["data"])
        del speed["data"]
        speed.create_dataset("data", (n,), "f8")
    with (
        opened(path) as session,
        pytest.raises(StreamDamaged, match="none were written"),
    ):
        session.running_speed  # noqa: B018


def test_chunks_that_are_not_there_are_told_and_not_read_as_zeros(path: Path) -> None:
    with writable(path) as file:
        speed = file["processing/running/speed"]
        values = speed["data"][:]
        del speed["data"]
        speed.create_dataset("data", values.shape, "f8", chunks=(100,))
        speed["data"][:1000] = values[:1000]
    with (
        opened(path) as session,
        pytest.raises(StreamDamaged, match="10 of its"),
    ):
        session.running_speed  # noqa: B018


def test_a_session_without_licks_still_has_an_empty_table(tmp_path: Path) -> None:
    with opened(write_experiment(tmp_path, licks_per_trial=0)) as session:
        assert session.licks.empty
