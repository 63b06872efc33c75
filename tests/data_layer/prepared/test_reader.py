"""What a prepared store answers is what the NWB file answers; what is broken in it is noticed."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path
from typing import Any

import fsspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer import open_session
from data_layer.errors import StoreDamaged
from data_layer.levels import matrix_levels
from data_layer.prepared import stored_traces
from data_layer.prepared.arrays import StoredArray, open_arrays
from data_layer.prepared.label import LABEL
from data_layer.prepared.reader import PreparedStore
from data_layer.prepared.writer import StoreWriter
from data_layer.preparing.build import build_store
from data_layer.store.cell_order import change_response
from data_layer.store.eye import eye_range, pupil_centres
from data_layer.store.moment import behavior_at
from data_layer.store.session_store import SessionStore
from data_layer.values.window import Window
from tests.support import prepared
from tests.support.nwb_files import garble, remove, replace, write_experiment
from tests.support.same import assert_same
from tests.support.writable import writable

SINGLE = "dff of", "events of"
"""Cells' traces are kept as float32; everything else as it is."""
OPHYS_TIMES = "processing/ophys/dff/traces/timestamps"


def build(path: Path, folder: Path) -> PreparedStore:
    folder.mkdir()
    with open_session(path) as session:
        build_store(SessionStore(session), folder, "state")
    return PreparedStore(str(folder))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_experiment(tmp_path_factory.mktemp("file"), n_trials=15, n_cells=3)


@pytest.fixture(scope="module")
def folder(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The prepared store of ``file``."""
    folder = tmp_path_factory.mktemp("built") / "store"
    build(file, folder)
    return folder


class Planted:
    """Unpickling it creates a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> Any:
        return (Path.touch, (self.file,))


@pytest.mark.fault
def test_an_array_that_names_a_codec_of_pickles_is_told_as_damage_and_nothing_is_run(
    tmp_path: Path,
) -> None:
    chunk = tmp_path / "arrays" / "dff" / "0"
    chunk.parent.mkdir(parents=True)
    chunk.write_bytes(pickle.dumps(Planted(tmp_path / "run")))
    metadata = {
        "zarr_format": 2,
        "shape": [1],
        "chunks": [1],
        "dtype": "|O",
        "fill_value": None,
        "order": "C",
        "compressor": None,
        "filters": [{"id": "pickle", "protocol": 5}],
    }
    with pytest.raises(StoreDamaged):
        StoredArray(str(tmp_path), open_arrays(str(tmp_path)), "dff", metadata)[:]
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("kind", prepared.KINDS)
def test_a_prepared_store_answers_as_the_file_does(kind: Any, tmp_path: Path) -> None:
    path = prepared.write(kind, tmp_path)
    assert_answers_alike(path, build(path, tmp_path / "store"))


def test_a_store_built_in_many_blocks_is_the_same(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (stored_traces, matrix_levels):
        monkeypatch.setattr(module, "BLOCK_FRAMES", 512)
    built = build(file, tmp_path / "store")
    monkeypatch.undo()
    assert_answers_alike(file, built)


def assert_answers_alike(path: Path, built: PreparedStore) -> None:
    """Every answer of a prepared store is that of the file."""
    with open_session(path) as session:
        plain, fast = SessionStore(session), SessionStore(session, built)
        want, got = prepared.everything(plain), prepared.everything(fast)
        assert (fast.source.prepared, fast.source.damage) == (built, None)
    assert want.keys() == got.keys()
    for what, answer in want.items():
        assert_same(got[what], answer, what, single=what.startswith(SINGLE))


@pytest.mark.parametrize("kind", ["imaging", "imaging of 2021"])
def test_tables_answer_to_the_names_of_both_releases(kind: str, tmp_path: Path) -> None:
    path = prepared.write(kind, tmp_path)
    built = build(path, tmp_path / "store")
    with open_session(path) as session:
        plain, fast = SessionStore(session), SessionStore(session, built)
        for table, alias in [
            ("presentations", "image_set"),
            ("presentations", "stop_time"),
            ("trials", "stimulus_change"),
            ("reward_table", "autorewarded"),
        ]:
            assert_same(getattr(fast, table)[alias], getattr(plain, table)[alias], alias)


def test_what_was_prepared_needs_the_file_no_more(file: Path, folder: Path) -> None:
    with open_session(file) as session:
        store = SessionStore(session, PreparedStore(str(folder)))
        cells = store.cells["cell_roi_id"].tolist()
        middle, whole = sum(store.bounds) / 2, Window(*store.bounds, pixels=300)
        activities = [store.activity(name) for name in prepared.ACTIVITIES]
    for table in (store.presentations, store.trials, store.lick_table, store.reward_table):
        assert len(table)
    for name in prepared.signal_names(store):
        assert len(store.signal(name, whole).times) > 50
        low, high = store.usual_range(name)
        assert low < high
    assert len(store.likely_blinks.starts)
    assert eye_range(store) is not None
    assert len(pupil_centres(store))
    assert behavior_at(store, middle)["eye"]["frame"] > 0
    for activity in activities:
        assert np.isfinite(activity.heatmap(whole, np.array(cells)).values).any()
    for name in ("dff", "events"):
        assert len(store.cell_samples(name, cells[0])[1])
    assert len(store.outlines) == len(cells)
    assert np.isfinite(change_response(store)).all()


@pytest.mark.parametrize("scheme", ["file", "memory"])
def test_a_store_behind_a_url_is_the_same(scheme: str, file: Path, folder: Path) -> None:
    url = f"file://{folder}"
    if scheme == "memory":
        url = "memory://shelf/store"
        fsspec.filesystem("memory").put(str(folder), "/shelf/store", recursive=True)
    with open_session(file) as session:
        near = SessionStore(session, PreparedStore(str(folder)))
        far = SessionStore(session, PreparedStore(url))
        want, got = prepared.everything(near), prepared.everything(far)
        assert far.source.damage is None
    for what, answer in want.items():
        assert_same(got[what], answer, what)


def test_a_trace_that_the_plane_lacks_is_no_other_cells_trace(file: Path, folder: Path) -> None:
    with open_session(file) as session:
        for store in (SessionStore(session), SessionStore(session, PreparedStore(str(folder)))):
            with pytest.raises(KeyError, match="No cell_roi_id 7 "):
                store.cell_samples("dff", 7)


def test_an_array_that_cannot_be_filled_leaves_nothing(tmp_path: Path) -> None:
    writer = StoreWriter(tmp_path)
    with pytest.raises(OSError, match="full"), writer.filling("a/b", (4,), "int8", (4,), (2,)):
        raise OSError("full")
    assert not writer.has("a/b")
    assert not (tmp_path / "arrays" / "a" / "b").exists()


@pytest.mark.parametrize(
    ("inside", "attribute"),
    [
        ("processing/running", "running_speed"),
        ("intervals/trials", "trials"),
        ("processing/ophys/dff", "dff_traces"),
        ("acquisition/EyeTracking", None),
    ],
)
def test_a_missing_stream_is_left_out(inside: str, attribute: str | None, tmp_path: Path) -> None:
    path = remove(write_experiment(tmp_path), inside)
    built = build(path, tmp_path / "store")
    assert built.has("presentations")
    assert built.has("activity/events/mean")
    assert not any(built.has(name) for name in {attribute, f"signals/{attribute}"})
    assert built.has("activity/dff/mean") == (attribute != "dff_traces")


def test_a_trace_matrix_that_breaks_off_is_left_out_whole(tmp_path: Path) -> None:
    path, inside = write_experiment(tmp_path), "processing/ophys/dff/traces/data"
    with writable(path) as file:
        frames = file[inside][:]
        del file[inside]
        file.create_dataset(inside, data=frames, chunks=(len(frames), 1), compression="gzip")
    built = build(garble(path, inside), tmp_path / "store")
    assert not [name for name in built.facts["arrays"] if "dff" in name]
    assert not list((tmp_path / "store").rglob("dff"))
    assert built.has("traces/events")


def test_frames_that_do_not_match_their_times_are_left_out(tmp_path: Path) -> None:
    path = write_experiment(tmp_path)
    built = build(replace(path, OPHYS_TIMES, np.arange(10.0)), tmp_path / "store")
    assert not [name for name in built.facts["arrays"] if name.startswith("activity/dff")]
    assert built.has("signals/running_speed")


# damage


def contents(store: PreparedStore) -> dict[str, Any]:
    """Everything that lies in a store, read."""
    return {name: store.array(name)[:] for name in store.facts["arrays"]} | {
        name: store.table(name) for name in store.facts["tables"]
    }


def part_of(store: PreparedStore, path: Path) -> Any:
    """What of a store comes from one of its files."""
    if path.name == LABEL:
        return store.facts
    if path.suffix == ".parquet":
        return store.table(path.stem)
    name = path.relative_to(store.folder).as_posix().removeprefix("arrays/").partition("/c/")[0]
    return store.array(name)[:]


@pytest.mark.parametrize("kind", [LABEL, "*.parquet", "[0-9]*"])
@given(data=st.data())
def test_a_broken_byte_is_an_error_or_changes_nothing(folder: Path, kind: Any, data: Any) -> None:
    paths = sorted(path for path in folder.rglob(kind) if path.is_file())
    path = data.draw(st.sampled_from(paths))
    original, want = path.read_bytes(), part_of(PreparedStore(str(folder)), path)
    place = data.draw(st.integers(0, len(original) - 1))
    broken = bytearray(original)
    broken[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(broken)
    try:
        got = part_of(PreparedStore(str(folder)), path)
    except StoreDamaged:
        return
    finally:
        path.write_bytes(original)
    assert_same(got, want, f"{path} at {place}")


@pytest.fixture(scope="module")
def whole_contents(folder: Path) -> dict[str, Any]:
    return contents(PreparedStore(str(folder)))


BREAKABLE = [
    "arrays/times/eye/c/0",
    "arrays/signals/pupil_area/c/0",
    "arrays/extremes/running_speed/c/0/0",
    "arrays/activity/dff/mean/c/0/0",
    "arrays/activity/events/max/c/0/0",
    "arrays/traces/dff/c/0/0",
    "arrays/eye/c/0/0",
    "pupil_centres.parquet",
    "presentations.parquet",
    "trials.parquet",
    "licks.parquet",
    "rewards.parquet",
    "small.arrow",
    "cells.parquet",
]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


@pytest.fixture(scope="module")
def from_the_file(file: Path) -> dict[str, Any]:
    with open_session(file) as session:
        return prepared.everything(SessionStore(session))


@pytest.mark.parametrize(
    ("part", "harm"),
    [
        *((part, harm) for part in BREAKABLE for harm in (flip, Path.unlink)),
        (BREAKABLE[0], cut),
        ("trials.parquet", cut),
        ("arrays/traces/dff/c/0/0", cut),
    ],
)
def test_a_damaged_part_is_read_from_the_file_and_said_in_one_line(
    part: Any, harm: Any, file: Path, copy: Path, from_the_file: dict[str, Any]
) -> None:
    harm(copy / part)
    with open_session(file) as session:
        store = SessionStore(session, PreparedStore(str(copy)))
        got = prepared.everything(store)
        damage, set_aside = store.source.damage, store.source.set_aside
    for what, answer in from_the_file.items():
        assert_same(got[what], answer, what, single=what.startswith(SINGLE))
    name = part.removeprefix("arrays/").partition("/c/")[0].removesuffix(".parquet")
    assert f" is damaged at {name}, " in str(damage)
    assert "\n" not in str(damage)
    assert set_aside.built == PreparedStore(str(copy)).built


@pytest.mark.parametrize("harm", [flip, cut, Path.unlink], ids=["flipped", "cut", "gone"])
def test_a_store_with_a_damaged_label_cannot_be_opened(harm: Any, copy: Path) -> None:
    harm(copy / LABEL)
    with pytest.raises(StoreDamaged, match="is damaged at its label, "):
        PreparedStore(str(copy))


def test_the_metadata_of_arrays_is_on_the_label(copy: Path, whole_contents: dict[str, Any]) -> None:
    """Other readers of Zarr need the files; a store that has lost them is still whole."""
    for path in copy.rglob("zarr.json"):
        path.unlink()
    assert_same(contents(PreparedStore(str(copy))), whole_contents, "contents")
