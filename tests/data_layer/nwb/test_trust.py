"""Nothing in a file is trusted: what leads out of it or unpacks to too much is never read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, StreamDamaged, open_session
from data_layer.nwb import tables
from data_layer.nwb.hdf5 import limits
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


def told(path: Path, attribute: str = "running_speed") -> str:
    """What is said about an attribute; all other streams must be readable."""
    with open_session(path) as session:
        assert len(session.trials)
        assert session.has(attribute), "what cannot be read is not absent"
        with pytest.raises(StreamDamaged) as error:
            getattr(session, attribute)
    return str(error.value)


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


def read_alone(path: Path, attribute: str, before: str = "path") -> tuple[str, float]:
    """What a process of its own says about an attribute, and its peak of memory in MB."""
    program = (
        "import data_layer\nfrom tests.support.memory import peak_megabytes\n"
        f"session = data_layer.open_session({str(path)!r})\n"
        f"session.{before}\n"
        f"try: session.{attribute}\n"
        "except data_layer.StreamDamaged as error: print(error)\n"
        "print(peak_megabytes())"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    *words, peak = run.stdout.splitlines() or [run.stderr, "inf"]
    return " ".join(words), float(peak)


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


NAMES = "intervals/trials/initial_image_name"
SUBJECT = "general/subject/genotype"


def put_data(path: Path, inside: str, shape: tuple[int, ...], kind: object, **options: Any) -> None:
    """Put a dataset of ones in the place of another, with its attributes."""
    with writable(path) as file:
        attributes = dict(file[inside].attrs)
        del file[inside]
        stored = file.create_dataset(inside, shape, kind, **options)
        stored.attrs.update(attributes)
        for part in stored.iter_chunks() if stored.chunks else [()]:
            stored[part] = 1


def test_text_of_fixed_length_that_is_longer_than_any_name_is_refused_unread(path: Path) -> None:
    with h5py.File(path) as file:
        n = len(file[NAMES])
    put_data(path, NAMES, (n,), "S3000000", chunks=(1,), compression="gzip")
    words, megabytes = read_alone(path, "trials")
    assert "has 3,000,000 bytes in one value, more than 65,536" in words
    assert megabytes < 400


@pytest.mark.parametrize("kind", [TEXT, "S100000000"])
@pytest.mark.parametrize(
    ("inside", "attribute"), [("identifier", "ophys_experiment_id"), (SUBJECT, "left_out")]
)
def test_one_text_of_a_hundred_megabytes_is_refused_unread(
    path: Path, kind: object, inside: str, attribute: str
) -> None:
    with writable(path) as file:
        del file[inside]
        file.create_dataset(inside, data="A" * 100_000_000, dtype=kind)
    asked = "left_out or session.metadata and print(session.left_out)"
    words, megabytes = read_alone(path, asked if attribute == "left_out" else attribute)
    assert "more than 65,536" in words
    assert megabytes < 400


def test_an_attribute_with_a_text_longer_than_any_is_told(path: Path) -> None:
    with writable(path) as file:
        file["intervals/trials"].attrs["colnames"] = np.array(["A" * 65_000, "B" * 66_000], object)
    with open_session(path) as session, pytest.raises(StreamDamaged, match="text of 66,000 bytes"):
        session.trials  # noqa: B018


def test_an_attribute_of_a_hundred_megabytes_is_read_once_and_not_kept(path: Path) -> None:
    with h5py.File(path, "r+", libver="latest") as file:
        file["intervals/trials"].attrs["colnames"] = "A" * 100_000_000
    asked = "path\nfor _ in range(9):\n  try: session.trials\n  except data_layer.StreamDamaged: 0"
    _, megabytes = read_alone(path, "path", before=asked)
    words, _ = read_alone(path, "trials")
    assert "has a text of 100,000,000 bytes" in words
    assert megabytes < 450


def test_an_attribute_with_more_texts_than_any_is_told(path: Path) -> None:
    with writable(path) as file:
        names = np.array([f"c{i}" for i in range(2000)], object)
        file["intervals/trials"].attrs["colnames"] = names
    with open_session(path) as session, pytest.raises(StreamDamaged, match="has 2,000 texts"):
        session.trials  # noqa: B018


def test_text_in_the_header_of_a_dataset_is_measured_too(path: Path) -> None:
    with writable(path) as file:
        del file[SUBJECT]
        plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plan.set_layout(h5py.h5d.COMPACT)
        space = h5py.h5s.create(h5py.h5s.SCALAR)
        kind = h5py.h5t.py_create(TEXT, logical=True)
        stored = h5py.h5d.create(file.id, SUBJECT.encode(), kind, space, plan)
        h5py.Dataset(stored)[()] = "A" * 70_000
    with open_session(path) as session:
        assert session.metadata["full_genotype"] is None
        assert "has a text of 70,000 bytes, more than 65,536 in one" in " ".join(session.left_out)


@pytest.mark.parametrize(
    ("group", "attribute"),
    [
        ("processing/licking/licks", "licks"),
        ("processing/running/speed", "running_speed"),
        ("processing/rewards/autorewarded", "rewards"),
        ("processing/stimulus/timestamps", "stimulus_timestamps"),
    ],
)
def test_more_samples_than_any_session_has_are_refused_unread(
    path: Path, group: str, attribute: str
) -> None:
    for part in ("data", "timestamps"):
        kind = "f8" if part == "timestamps" else "i8"
        shape = (limits.MOST_SAMPLES + 1,)
        put_data(path, f"{group}/{part}", shape, kind, chunks=(2**20,), compression="gzip")
    words, megabytes = read_alone(path, attribute)
    assert "has 4,194,305 values, more than 4,194,304" in words
    assert megabytes < 400


def test_a_list_that_packs_better_than_a_recording_does_is_refused(path: Path) -> None:
    put_data(path, SPEED, (limits.MOST_SAMPLES,), "f8", chunks=(2**20,), compression="gzip")
    assert "would unpack from" in told(path)


def test_more_events_than_any_session_has_are_told(path: Path) -> None:
    for part in ("data", "timestamps"):
        put_data(path, f"processing/licking/licks/{part}", (limits.MOST_ROWS + 1,), "f8")
    assert "has 131,073 rows, more than 131,072" in told(path, "licks")


def test_more_rows_than_any_table_has_are_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 30)
    with open_session(path) as session, pytest.raises(StreamDamaged, match="40 rows, more than 30"):
        session.trials  # noqa: B018


def test_columns_of_others_beyond_what_a_table_may_have_are_left_out(path: Path) -> None:
    table = "intervals/trials"
    with writable(path) as file:
        n, names = len(file[f"{table}/id"]), list(file[table].attrs["colnames"])
        more = [f"extra_{i}" for i in range(limits.MOST_COLUMNS)]
        for name in more:
            file[f"{table}/{name}"] = np.zeros(n)
        file[table].attrs.create("colnames", [*names, *more], dtype=TEXT)
    with open_session(path) as session:
        assert len(session.trials.columns) <= limits.MOST_COLUMNS + 1
        assert f"columns of /{table}, from extra_" in " ".join(session.left_out)


@pytest.mark.parametrize("limit", ["MOST_PACKED_BYTES", "MOST_FILE_TEXT_BYTES"])
def test_what_is_sound_alone_is_refused_when_all_of_a_file_unpacks_to_too_much(
    path: Path, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, size = ("f8", 10**6) if limit == "MOST_PACKED_BYTES" else ("S30000", 40)
    parts = {"MOST_PACKED_BYTES": ("data", "timestamps")}.get(limit, ())
    texts = () if parts else (NAMES, NAMES.replace("initial", "change"))
    for inside in (*(f"processing/running/speed/{part}" for part in parts), *texts):
        put_data(path, inside, (size,), kind, chunks=(size,), compression="gzip")
    attribute = "running_speed" if parts else "trials"
    with open_session(path) as session:
        assert len(getattr(session, attribute)) == size
    monkeypatch.setattr(limits, limit, size * np.dtype(kind).itemsize * 3 // 2)
    with open_session(path) as session, pytest.raises(StreamDamaged, match="with what was read"):
        getattr(session, attribute)


def test_a_session_ten_times_as_long_is_within_the_limits() -> None:
    minutes, rate = 750, 60
    assert minutes * 60 * rate < limits.MOST_SAMPLES
    assert minutes * 60 * rate * 8 < limits.ANY_RATIO_LIST_BYTES
    assert limits.MOST_PIXELS > 1200 * 1920


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
