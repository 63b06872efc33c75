"""What a file lacks costs one part of its page, and that part says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment
from data_layer.around_events.times import event_times
from data_layer.quality.session_checks import quality
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import UNNAMED
from tests.dashboard.pages.session.conftest import EXPERIMENT
from tests.dashboard.pages.session.opened_page import OpenedPage
from tests.dashboard.pages.session.reading import text
from tests.support.damage import blot
from tests.support.faulty_files import CELLS, edit, image_table
from tests.support.nwb_files import remove, replace, write_behavior
from tests.support.writable import writable

pytestmark = pytest.mark.fault
Spoil = Callable[[Path], object]
Opened = Callable[[Spoil], OpenedPage]


@pytest.fixture
def opened(experiment_file: Path, tmp_path: Path) -> Opened:
    """Opens a copy of the experiment once it is spoiled."""

    def make(spoil: Spoil) -> OpenedPage:
        path = tmp_path / experiment_file.name
        shutil.copyfile(experiment_file, path)
        spoil(path)
        return OpenedPage(path, tmp_path / "work")

    return make


def test_a_plane_without_a_valid_roi_has_a_heatmap_that_says_so(opened: Opened) -> None:
    page = opened(edit(f"{CELLS}/valid_roi", np.zeros_like))
    row = page.rows()[f"activity:{EXPERIMENT}"]
    assert row["absent"] == "no valid cells in this plane"
    assert page.rows()["running_speed"]
    assert {name for name, (state, *_) in page.panels().items() if state == "error"} == set()


@pytest.mark.parametrize("attribute", ["dff_traces", "events", "corrected_fluorescence_traces"])
def test_a_csv_of_the_traces_of_no_cell_has_only_its_header(opened: Opened, attribute: str) -> None:
    answer = opened(edit(f"{CELLS}/valid_roi", np.zeros_like)).csv(attribute)
    assert answer.status_code == 200
    assert answer.text == "frame,timestamps\n"


# presentations


def presentation_tables(path: Path) -> list[str]:
    with h5py.File(path, "r") as file:
        return [f"intervals/{name}" for name in file["intervals"] if name != "trials"]


def without_tables(path: Path) -> None:
    for table in presentation_tables(path):
        remove(path, table)


def without_rows(path: Path) -> None:
    for table in presentation_tables(path):
        with writable(path) as file:
            for name, stored in list(file[table].items()):
                kept, attributes = stored[:0], dict(stored.attrs)
                del file[table][name]
                made = file[table].create_dataset(name, data=kept, dtype=stored.dtype)
                made.attrs.update(attributes)


def with_names_that_are_no_text(path: Path) -> None:
    table = image_table(path)
    with h5py.File(path, "r") as file:
        n_rows = len(file[table]["id"])
    with writable(path) as file:
        attributes = dict(file[table]["image_name"].attrs)
        del file[table]["image_name"]
        names = np.full(n_rows, b"\xff\xfe69", "S12")
        file[table].create_dataset("image_name", data=names).attrs.update(attributes)


def with_starts_of_two_numbers(path: Path) -> None:
    inside = f"{image_table(path)}/start_time"
    with h5py.File(path, "r") as file:
        starts = file[inside][:]
    replace(path, inside, np.stack([starts, starts], axis=1))


LACKING: dict[str, tuple[Spoil, str, str]] = {
    "no table": (without_tables, "empty", "has no stimulus_presentations"),
    "no row": (without_rows, "ready", "tables of presentations have no rows"),
    "odd names": (with_names_that_are_no_text, "error", "stimulus_presentations cannot be read"),
    "odd times": (with_starts_of_two_numbers, "error", "stimulus_presentations cannot be read"),
}


@pytest.mark.parametrize("kind", LACKING)
def test_a_file_without_usable_presentations_lacks_its_stimuli_only(
    opened: Opened, kind: str
) -> None:
    spoil, state, said = LACKING[kind]
    page = opened(spoil)
    rows, panels = page.rows(), page.panels()
    assert said in rows["stimulus"]["absent"]
    assert not any(row.get("absent") for name, row in rows.items() if name != "stimulus")
    assert f"activity:{EXPERIMENT}" in rows
    assert panels["stimuli"][0] == state
    assert said in panels["stimuli"][1] + panels["stimuli"][2]
    others = {name: state for name, (state, *_) in panels.items() if name not in BY_STIMULI}
    assert set(others.values()) == {"ready"}, others


BY_STIMULI = ("stimuli", "events")
"""Panels of what was shown; the events are image changes at first."""


@pytest.mark.parametrize("kind", LACKING)
def test_a_session_without_usable_presentations_has_a_strip_that_says_so(
    opened: Opened, kind: str
) -> None:
    state, _, figure = opened(LACKING[kind][0]).panel("navigator")
    assert state == "ready"
    assert "gray screen" not in figure
    assert ("presentations" in figure) == (kind != "no row")
    assert "hit" in figure


def without_column(*columns: str) -> Spoil:
    def spoil(path: Path) -> None:
        table = image_table(path)
        with writable(path) as file:
            names = [name for name in file[table].attrs["colnames"] if name not in columns]
            file[table].attrs["colnames"] = names
            for column in columns:
                del file[table][column]

    return spoil


def columns_of(path: Path, *columns: str) -> list[np.ndarray]:
    with h5py.File(path, "r") as file:
        return [file[image_table(path)][name][:] for name in columns]


def without_names_of_omissions(path: Path) -> None:
    """Neither a column nor a name tells that a flash was omitted."""
    without_column("omitted")(path)
    with h5py.File(path, "r") as file:
        names = file[f"{image_table(path)}/image_name"].asstr()[:]
    replace(path, f"{image_table(path)}/image_name", np.where(names == "omitted", "im0", names))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without_names_of_omissions, "The file does not say which flashes were omitted."),
        (without_column("omitted"), "The file has no column omitted; omissions are the images"),
    ],
)
def test_a_file_without_the_column_of_omissions_has_presentations_and_says_so(
    opened: Opened, spoil: Spoil, said: str
) -> None:
    page = opened(spoil)
    panels = page.panels()
    assert panels["stimuli"][0] == "ready"
    assert said in panels["stimuli"][2]
    assert not any(row.get("absent") for row in page.rows().values())


def test_images_without_names_are_flashes_that_change_where_the_file_says_so(
    opened: Opened, experiment_file: Path
) -> None:
    starts, changed, omitted = columns_of(experiment_file, "start_time", "is_change", "omitted")
    page = opened(without_column("image_name"))
    panels = page.panels()
    said = f"{int((omitted == 0).sum()):,} flashes without a name, {int(changed.sum()):,} changes"
    assert "The file does not name the images." in panels["stimuli"][2]
    assert said in panels["stimuli"][2]
    assert page.rows()["stimulus"]["absent"] == "The file does not name the images."
    assert page.stored("landmarks")["change"]
    assert {name for name, (state, *_) in panels.items() if state != "ready"} == set()
    with BehaviorOphysExperiment.from_nwb_path(page.path) as session:
        store = SessionStore(session)
        spans = store.presentation_spans
        assert np.array_equal(spans.starts[spans.flags["is_change"]], starts[changed == 1])
        assert np.array_equal(spans.starts[spans.labels == UNNAMED], starts[omitted == 0])
        assert np.array_equal(event_times(store, "image").times, starts[omitted == 0])
        checks = {check.name: check for check in quality(store)}
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        before = {check.name: check for check in quality(SessionStore(session))}
    same = ("flash_duration", "blank_duration", "omitted_flashes", "change_alignment")
    assert [checks[name] for name in same] == [before[name] for name in same]


def test_images_without_names_or_flags_do_not_change(opened: Opened) -> None:
    page = opened(without_column("image_name", "is_change"))
    assert ", 0 changes, " in page.panel("stimuli")[2]


# metadata


def with_odd_keys(path: Path) -> None:
    with writable(path) as file:
        keys = file["general/metadata"].attrs
        for name in list(keys):
            keys[name] = np.array([np.nan, 1.0])


METADATA: dict[str, Spoil] = {
    "no group": lambda path: remove(path, "general/metadata"),
    "no id": lambda path: remove(path, "general/metadata@behavior_session_id"),
    "damaged group": lambda path: blot(path, "general/metadata"),
    "odd keys": with_odd_keys,
}


@pytest.mark.parametrize("kind", METADATA)
def test_a_file_whose_metadata_lack_its_behavior_session_is_opened(
    opened: Opened, kind: str
) -> None:
    page = opened(METADATA[kind])
    assert (page.kind, page.id) == ("experiment", EXPERIMENT)
    assert not any(row.get("absent") for row in page.rows().values())
    assert {name for name, (state, *_) in page.panels().items() if state != "ready"} == set()


@pytest.mark.parametrize(
    ("name", "id_", "words"),
    [("behavior_session_77.nwb", 77, "77"), ("mine.nwb", 0, "unknown")],
)
def test_a_file_without_any_id_has_that_of_its_name_or_an_unknown_one(
    tmp_path: Path, name: str, id_: int, words: str
) -> None:
    path = write_behavior(tmp_path).rename(tmp_path / name)
    remove(remove(path, "general/metadata"), "identifier")
    page = OpenedPage(path, tmp_path / "work")
    assert (page.kind, page.id) == ("behavior", id_)
    assert f"behavior_session_id  {words}" in text(page.layout)
    assert page.panel("trials")[0] == "ready"


# licks


def test_licks_that_only_the_trials_have_are_told_as_missing_from_the_file(opened: Opened) -> None:
    page = opened(lambda path: remove(path, "processing/licking"))
    said = "has no licks (/processing/licking is not in the file)"
    state, _, content = page.panel("trials")
    assert state == "ready"
    assert said in content
    assert "The mouse did not lick" not in content
    assert said in page.rows()["licks"]["absent"]
    assert page.csv("licks").status_code == 404


def test_a_session_whose_trials_have_no_lick_either_is_one_without_licks(tmp_path: Path) -> None:
    path = write_behavior(tmp_path)
    remove(path, "processing/licking")
    remove(path, "intervals/trials/lick_times_index")
    replace(path, "intervals/trials/lick_times", np.array([""], object))
    page = OpenedPage(path, tmp_path / "work")
    assert "The mouse did not lick" in page.panel("trials")[2]
    assert page.csv("licks").text == "timestamps,frame\n"
