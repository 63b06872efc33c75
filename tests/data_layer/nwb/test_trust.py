"""Nothing in a file is trusted: what leads out of it or unpacks to too much is never read."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, StreamDamaged, open_session
from data_layer.nwb.hdf5 import limits
from tests.data_layer.nwb.telling import read_alone, told
from tests.fuzz.damages import BOMBS
from tests.support.nwb_parts import TEXT
from tests.support.writable import writable

pytestmark = pytest.mark.fault

SPEED = "processing/running/speed/data"
SECRET = b"the secret of this machine"


@pytest.fixture
def path(experiment_file: Path, tmp_path: Path) -> Path:
    """A copy of the experiment that may be changed."""
    copy = tmp_path / experiment_file.name
    copy.write_bytes(experiment_file.read_bytes())
    return copy


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file of the machine that is no part of the experiment."""
    file = tmp_path / "outside.h5"
    with writable(file, "w") as other:
        other["data"] = np.arange(5000.0)
    return file


def put(path: Path, link: object, inside: str = SPEED) -> None:
    with writable(path) as file:
        del file[inside]
        file[inside] = link


def test_a_link_into_another_file_is_refused(path: Path, outside: Path) -> None:
    put(path, h5py.ExternalLink(str(outside), "/data"))
    assert "is a link into another file" in told(path)


def test_a_soft_link_that_goes_through_a_link_into_another_file_is_refused(
    path: Path, outside: Path
) -> None:
    with writable(path) as file:
        file["door"] = h5py.ExternalLink(str(outside), "/")
    put(path, h5py.SoftLink("/door/data"))
    assert "is a link into another file" in told(path)


def test_a_group_on_the_way_that_is_a_link_into_another_file_is_refused(
    path: Path, outside: Path
) -> None:
    put(path, h5py.ExternalLink(str(outside), "/"), "processing/running")
    assert "is a link into another file" in told(path)


def test_values_in_another_file_are_refused_and_never_read(path: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(SECRET.ljust(32) * 100)
    names = "intervals/trials/initial_image_name"
    with writable(path) as file:
        n = len(file["intervals/trials/id"])
        del file[names]
        place = [(str(secret), 0, h5py.h5f.UNLIMITED)]
        file.create_dataset(names, (n,), "S32", external=place)
    with open_session(path) as session, pytest.raises(StreamDamaged) as error:
        session.trials  # noqa: B018
    assert "has its values in another file" in str(error.value)
    assert SECRET.decode() not in str(error.value)


@pytest.mark.parametrize("source", [".", "outside.h5"])
def test_a_dataset_put_together_from_others_is_refused(path: Path, source: str) -> None:
    with writable(path) as file:
        n = len(file[SPEED])
        del file[SPEED]
        layout = h5py.VirtualLayout((n,), "f8")
        layout[:] = h5py.VirtualSource(source, SPEED, (n,))
        file.create_virtual_dataset(SPEED, layout)
    assert "is put together from other datasets" in told(path)


def test_a_filter_that_hdf5_would_load_as_a_plugin_is_refused(path: Path) -> None:
    with writable(path) as file:
        n = len(file[SPEED])
        del file[SPEED]
        plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plan.set_chunk((n,))
        plan.set_filter(32_015, h5py.h5z.FLAG_OPTIONAL, (1,))
        space = h5py.h5s.create_simple((n,))
        name = SPEED.encode()
        stored = h5py.h5d.create(file.id, name, h5py.h5t.NATIVE_DOUBLE, space, plan)
        stored.write(h5py.h5s.ALL, h5py.h5s.ALL, np.zeros(n))
    assert "is packed with a filter that is not part of HDF5 (32015)" in told(path)


def test_a_type_in_the_place_of_a_dataset_is_told(path: Path) -> None:
    put(path, np.dtype("f8"))
    assert "is a type, expected a dataset" in told(path)


def test_references_in_the_place_of_numbers_are_not_followed(path: Path) -> None:
    with writable(path) as file:
        n, target = len(file[SPEED]), file["processing"].ref
        del file[SPEED]
        file.create_dataset(SPEED, data=np.full(n, target, h5py.ref_dtype), dtype=h5py.ref_dtype)
    assert "expected numbers" in told(path)


@pytest.mark.parametrize("link", ["/nowhere/at/all", f"/{SPEED}", "speed/data"])
def test_a_link_to_nothing_or_in_a_circle_is_damage(path: Path, link: str) -> None:
    put(path, h5py.SoftLink(link))
    assert "is a link" in told(path)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_few_bytes_that_unpack_to_many_are_refused_within_the_memory(
    path: Path, bomb: str
) -> None:
    inside = "intervals/trials/initial_image_name" if "text" in bomb else SPEED
    with writable(path) as file:
        shape, attributes = file[inside].shape, dict(file[inside].attrs)
        del file[inside]
        BOMBS[bomb](file, inside, shape, np.dtype("f8"))
        file[inside].attrs.update(attributes)
    attribute = "trials" if "text" in bomb else "running_speed"
    words, megabytes = read_alone(path, attribute)
    assert "cannot be read" in words
    assert megabytes < 400


def test_more_text_than_allowed_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_TEXT_BYTES", 100)
    with open_session(path) as session, pytest.raises(StreamDamaged, match="bytes of text"):
        session.trials  # noqa: B018


@pytest.mark.parametrize("filters", [{}, {"compression": "gzip", "shuffle": True}])
def test_text_in_chunks_is_measured_too(
    path: Path, filters: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = "intervals/trials/initial_image_name"
    with writable(path) as file:
        values = file[names].asstr()[:]
        del file[names]
        file.create_dataset(names, data=values, dtype=TEXT, chunks=(7,), **filters)
    with open_session(path) as session:
        assert list(session.trials["initial_image_name"]) == list(values)
    monkeypatch.setattr(limits, "MOST_TEXT_BYTES", 100)
    with open_session(path) as session, pytest.raises(StreamDamaged, match="bytes of text"):
        session.trials  # noqa: B018


def test_too_little_memory_is_told_as_damage_of_that_part(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    with open_session(path) as session:
        monkeypatch.setattr(h5py.Dataset, "__getitem__", full)
        with pytest.raises(StreamDamaged, match="needs more memory than there is"):
            session.running_speed  # noqa: B018


def test_what_packs_well_and_is_no_larger_than_real_files_is_read(path: Path) -> None:
    masks = "processing/ophys/image_segmentation/cell_specimen_table/image_mask"
    with writable(path) as file:
        n = len(file[masks])
        attributes = dict(file[masks].attrs)
        del file[masks]
        stored = file.create_dataset(
            masks, (n, 512, 512), bool, chunks=(1, 512, 512), compression="gzip", compression_opts=9
        )
        stored[:] = False
        stored.attrs.update(attributes)
        assert stored.id.get_storage_size() * limits.MOST_RATIO < stored.nbytes
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        assert session.segmentation_mask_image.data.shape == (512, 512)


def test_a_matrix_of_a_file_of_full_size_is_within_the_limits() -> None:
    assert limits.MOST_BYTES > 666 * 140_296 * 8
    assert limits.ANY_RATIO_BYTES > 8 * 1200 * 1920 * 8
