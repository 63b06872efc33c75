"""What is longer or larger than any session has is refused before it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from data_layer import StreamDamaged, open_session
from data_layer.nwb import tables
from data_layer.nwb.hdf5 import limits
from data_layer.nwb.hdf5.attributes import read_attribute
from data_layer.nwb.hdf5.faults import Refused
from data_layer.nwb.hdf5.headers import text_lengths
from data_layer.remote.stream import LocalBytes
from tests.data_layer.nwb.telling import read_alone, told
from tests.support.nwb_parts import TEXT
from tests.support.writable import writable

pytestmark = pytest.mark.fault

SPEED = "processing/running/speed/data"
NAMES = "intervals/trials/initial_image_name"
SUBJECT = "general/subject/genotype"


@pytest.fixture
def path(experiment_file: Path, tmp_path: Path) -> Path:
    """A copy of the experiment that may be changed."""
    copy = tmp_path / experiment_file.name
    copy.write_bytes(experiment_file.read_bytes())
    return copy


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


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("name", ["colnames", "description"])
def test_an_attribute_of_a_hundred_megabytes_is_not_read(path: Path, name: str, many: bool) -> None:
    with writable(path) as file:
        table = file["intervals/trials"]
        table.attrs[name] = "A" * 100_000_000
        for i in range(30 if many else 0):  # the header goes on elsewhere in the file
            table.attrs[f"more {i}"] = "B" * 100
    words, megabytes = read_alone(path, "trials.size")
    assert ("has a text of 100,000,000 bytes" in words) == (name == "colnames")
    assert megabytes < 300


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("n", [1, 30])
def test_the_lengths_of_texts_in_attributes_are_found_unread(
    tmp_path: Path, libver: str, n: int
) -> None:
    texts = ["", "\N{GREEK SMALL LETTER DELTA}F/F", "A" * 3000]
    with h5py.File(tmp_path / "a.h5", "w", libver=libver) as file:
        for i in range(n):
            file.attrs.create(f"a{i}", texts, dtype=TEXT)
        file.flush()
        stored = LocalBytes(file.id.get_vfd_handle())
        found = [text_lengths(stored, file, f"a{i}") for i in range(n)]
        assert text_lengths(stored, file, "another") is None
        assert [list(read_attribute(stored, file, f"a{i}")) for i in range(n)] == [texts] * n
    if libver == "latest" and n > 8:  # those are kept where nobody looks
        assert found == [None] * n
    else:
        assert [one.tolist() for one in found if one is not None] == [[0, 5, 3000]] * n


def test_what_the_header_does_not_tell_is_refused_after_reading(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w", libver="latest") as file:
        for i in range(30):
            file.attrs[f"a{i}"] = "A" * 70_000
        with pytest.raises(Refused, match="text of 70,000 bytes"):
            read_attribute(LocalBytes(file.id.get_vfd_handle()), file, "a29")


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
