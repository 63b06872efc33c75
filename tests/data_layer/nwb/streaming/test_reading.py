"""A streamed session reads as its file does, and never waits for the network inside HDF5."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import h5py
import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment
from data_layer.errors import FileDamaged, StreamDamaged
from data_layer.nwb.behavior_session import BehaviorSession
from data_layer.nwb.file import NwbFile
from data_layer.nwb.opening import open_session
from data_layer.nwb.sidecars import make_sidecar
from data_layer.remote.streamed import arrived_of, is_streamed
from tests.support.nwb_files import as_first_release, write_behavior, write_experiment
from tests.support.object_store import Asked, Fault
from tests.support.same import assert_same
from tests.support.streaming import Stream, streamed
from tests.support.writable import writable

CELLS = "processing/ophys/image_segmentation/cell_specimen_table"


def attributes_of(session: BehaviorSession) -> list[str]:
    return [
        name
        for kind in type(session).__mro__
        for name, what in vars(kind).items()
        if isinstance(what, property) and name not in {"path", "left_out", "has_changed"}
    ]


@pytest.fixture(params=["experiment", "first release", "behavior"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "behavior":
        return write_behavior(tmp_path)
    path = write_experiment(tmp_path)
    return as_first_release(path) if request.param == "first release" else path


@pytest.mark.parametrize("with_sidecar", [False, True])
def test_every_attribute_is_that_of_the_file(
    file: Path, tmp_path: Path, with_sidecar: bool
) -> None:
    with streamed(file, tmp_path) as stream:
        if with_sidecar:
            assert make_sidecar(stream.elsewhere("maker"))
        with open_session(stream.path) as session, open_session(file) as expected:
            assert type(session) is type(expected)
            for name in attributes_of(expected):
                assert_same(getattr(session, name), getattr(expected, name), name)
            assert session.left_out == expected.left_out


def test_parts_of_matrices_and_masks_are_those_of_the_file(
    stream: Stream, experiment: BehaviorOphysExperiment
) -> None:
    with BehaviorOphysExperiment.from_nwb_path(stream.path) as session:
        for name in ("dff", "events", "filtered_events", "corrected_fluorescence"):
            matrix, expected = session.traces_matrix(name), experiment.traces_matrix(name)
            assert np.array_equal(matrix.read(5, 20), expected.read(5, 20))
            cell = int(expected.cell_roi_ids[1])
            assert np.array_equal(matrix.column(cell), expected.column(cell))
        session.fetch_roi_masks()
        for cell in experiment.cells["cell_roi_id"]:
            assert np.array_equal(session.roi_mask(cell), experiment.roi_mask(cell))


def test_what_is_not_here_yet_is_neither_absent_nor_damaged(stream: Stream) -> None:
    file = stream.store.objects.versions[stream.wanted.key]["v1"]
    assert isinstance(file, Path)
    asks: list[Callable[[NwbFile], object]] = [
        lambda nwb: nwb.has("processing/nothing"),
        lambda nwb: nwb.has("processing/running/speed/data"),
        lambda nwb: nwb.children("processing"),
        lambda nwb: dict(nwb.attributes("the file", "general/metadata")),
        lambda nwb: nwb.scalar("the id", "identifier"),
        lambda nwb: nwb.array("trials", "intervals/trials/id").tolist(),
    ]
    for i, ask in enumerate(asks):
        nwb, local = NwbFile(stream.elsewhere(f"nothing here {i}")), NwbFile(file)
        assert ask(nwb) == ask(local)
        assert not nwb.left_out
        nwb.close()
        local.close()


def test_other_sessions_are_read_while_one_waits_for_the_network(
    stream: Stream, experiment_file: Path
) -> None:
    asked, go_on = Event(), Event()

    def hold(one: Asked, n: int) -> Fault | None:
        asked.set()
        go_on.wait(10)
        return None

    path = stream.path
    with BehaviorSession.from_nwb_path(path) as session:
        stream.store.fault = hold
        thread = Thread(target=lambda: session.stimulus_presentations)
        thread.start()
        assert asked.wait(10)
        with BehaviorSession.from_nwb_path(experiment_file) as other:  # of this process
            assert len(other.licks)
        assert session.path == path
        go_on.set()
        thread.join()


def test_threads_that_want_the_same_bytes_fetch_them_once(stream: Stream) -> None:
    with BehaviorOphysExperiment.from_nwb_path(stream.path) as session:
        stream.store.latency = 0.05
        threads = [
            Thread(target=session.traces_matrix("dff").column, args=(int(roi),))
            for roi in session.cells["cell_roi_id"]
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    spans = [(one.start, one.stop) for one in stream.store.asked if one.method == "GET"]
    assert len(set(spans)) == len(spans)


def test_another_process_uses_what_has_arrived(stream: Stream) -> None:
    path = stream.path
    read = "\n".join(
        (
            "import sys",
            "from data_layer.nwb.opening import open_session",
            "with open_session(sys.argv[1]) as session: session.licks, session.trials",
        )
    )
    with open_session(path) as session:
        assert len(session.licks)
        assert len(session.trials)
        before = len(stream.store.asked)
        subprocess.run([sys.executable, "-c", read, str(path)], check=True)
        assert len(stream.store.asked) == before
    # and one that ends with an open session ends well
    subprocess.run(
        [sys.executable, "-c", f"{read.replace('with ', 's = ').split(' as ')[0]}", str(path)],
        check=True,
    )


def test_a_mask_beside_its_box_is_read_whole(tmp_path: Path) -> None:
    path = write_experiment(tmp_path)
    with writable(path) as file:
        y, height = file[f"{CELLS}/y"], file[f"{CELLS}/height"]
        y[:2], height[2] = y[:2] + 3, 0
        masks = file[f"{CELLS}/image_mask"][()].astype(bool)
        ids = file[f"{CELLS}/id"][()]
    with streamed(path, tmp_path / "s") as stream, open_session(stream.path) as session:
        assert isinstance(session, BehaviorOphysExperiment)
        session.fetch_roi_masks()
        for roi in session.cells["cell_roi_id"]:
            assert np.array_equal(session.roi_mask(roi), masks[ids == roi][0])


def test_a_sidecar_opens_a_file_without_a_request(stream: Stream) -> None:
    assert make_sidecar(stream.elsewhere("maker"))
    assert not make_sidecar(stream.elsewhere("maker"))  # it is there
    path = stream.elsewhere("reader")
    stream.store.forget()
    with open_session(path) as session:
        assert session.metadata
        assert session.identifiers
        assert len(session.rewards)
    assert not stream.store.asked
    assert is_streamed(path)
    assert arrived_of(path)[0] == 0


@pytest.mark.fault
def test_a_broken_sidecar_is_not_used(stream: Stream) -> None:
    make_sidecar(stream.elsewhere("maker"))
    (sidecar,) = (stream.folder / "cars").iterdir()
    content = bytearray(sidecar.read_bytes())
    content[-10] ^= 0xFF
    sidecar.write_bytes(content)
    with open_session(stream.elsewhere("reader")) as session:
        assert len(session.licks)
    assert stream.store.asked


@pytest.mark.fault
def test_an_object_that_is_no_hdf5_is_told_as_damage(stream: Stream, tmp_path: Path) -> None:
    other = tmp_path / "a.nwb"
    other.write_bytes(b"<html>" * 10_000)
    with streamed(other, tmp_path / "o") as html, pytest.raises(FileDamaged, match="HDF5"):
        open_session(html.path)


@pytest.mark.fault
def test_limits_hold_for_a_streamed_file(tmp_path: Path) -> None:
    path = write_experiment(tmp_path)
    with writable(path) as file:
        del file["processing/running/speed/data"]
        file["processing/running/speed/data"] = h5py.ExternalLink("/etc/hosts", "x")
        file["intervals/trials"].attrs["colnames"] = np.array(["c" * 70_000], object)
    with streamed(path, tmp_path / "s") as stream, open_session(stream.path) as session:
        with pytest.raises(StreamDamaged, match="link into another file"):
            session.running_speed  # noqa: B018
        with pytest.raises(StreamDamaged, match="70,000 bytes"):
            session.trials  # noqa: B018
