"""Every check passes on a sound file and fails when its fault is put into it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_layer import open_session
from data_layer.errors import SessionClosed
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.quality.checks.check import Check, judged
from data_layer.quality.checks.rules import FAMILIES, FROM_FILE, FROM_TABLES, RULES
from data_layer.quality.checks.tables import table_checks
from data_layer.quality.checks.thresholds import LIMITS
from data_layer.quality.session_checks import from_rows, quality, to_rows
from data_layer.store.session_store import SessionStore
from tests.support import prepared, recordings
from tests.support.faulty_files import FAULTS, INDEX, ONLY_A_LOOK
from tests.support.nwb_files import garble, remove, truncate, write_experiment

GUESSING = "dprime"
"""The mouse of test files answers changes and catch trials alike."""


def checks_of(path: Path) -> dict[str, Check]:
    with open_session(path) as session:
        checks = quality(SessionStore(session))
    assert tuple(check.name for check in checks) == FROM_FILE
    return {check.name: check for check in checks}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    return write_experiment(folder, n_cells=4, n_invalid=0, field_of_view=(60, 50), seed=2)


@pytest.fixture
def file(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy2(sound, tmp_path / sound.name))


def test_a_sound_file_passes(sound: Path) -> None:
    checks = checks_of(sound)
    assert {name for name, check in checks.items() if check.verdict != "pass"} == {GUESSING}
    assert checks[GUESSING].verdict == "look"


@pytest.mark.parametrize("name", FROM_FILE)
def test_a_check_fails_when_its_fault_is_there(name: str, file: Path) -> None:
    if name == GUESSING:
        assert judged(name, 0.0).verdict == "look"
        return
    FAULTS[name](file)
    assert checks_of(file)[name].verdict == ("look" if name in ONLY_A_LOOK else "fail")


@pytest.mark.parametrize(
    ("name", "clock"),
    [
        ("stimulus_gap", "stimulus"),
        ("encoder_jumps", "stimulus"),
        ("running_flat", "stimulus"),
        ("motion_jump", "ophys"),
        ("motion_range", "ophys"),
        ("ophys_gap", "ophys"),
    ],
)
def test_a_fault_is_found_where_it_is(name: str, clock: str, file: Path) -> None:
    with open_session(file) as session:
        assert isinstance(session, BehaviorOphysExperiment)
        times = session.stimulus_timestamps if clock == "stimulus" else session.ophys_timestamps
        there = float(times[INDEX])
    FAULTS[name](file)
    at = checks_of(file)[name].at
    assert at == pytest.approx(there, abs=0.5)


def test_two_rois_of_one_trace_are_named(file: Path) -> None:
    FAULTS["duplicate_traces"](file)
    with open_session(file) as session:
        ids = SessionStore(session).cells["cell_roi_id"].tolist()
    check = checks_of(file)["duplicate_traces"]
    assert check.cell_roi_id in {ids[0], ids[-1]}
    assert all(str(i) in check.note for i in (ids[0], ids[-1]))


@pytest.mark.parametrize("kind", prepared.KINDS)
def test_no_kind_of_session_fails_for_what_it_is(kind: str, tmp_path: Path) -> None:
    checks = checks_of(prepared.write(kind, tmp_path))
    fails = {name for name, check in checks.items() if check.verdict == "fail"}
    assert fails == ({"missing_samples"} if kind == "gaps in everything" else set())
    for check in checks.values():
        assert (check.value is None) == (check.verdict == "not applicable")
        assert check.note or check.value is not None


@pytest.mark.parametrize(
    ("kind", "families"),
    [("training", {"eye", "motion", "traces", "cells", "pictures"}), ("no eye tracking", {"eye"})],
)
def test_what_a_session_cannot_have_is_not_applicable(
    kind: str, families: set[str], tmp_path: Path
) -> None:
    checks = checks_of(recordings.write(kind, tmp_path))
    for family in families:
        verdicts = {c.verdict for c in checks.values() if c.family == family}
        assert verdicts == {"not applicable"}, family


def test_a_passive_session_has_no_checks_of_licks_and_rewards(tmp_path: Path) -> None:
    checks = checks_of(recordings.write("passive", tmp_path))
    absent = {name for name, c in checks.items() if c.note.startswith("The mouse viewed passively")}
    assert absent == {
        "lick_order",
        "reward_order",
        "lick_count",
        "reward_after_lick",
        "hits_rewarded",
        "rewards_per_trial",
        "aborted_fraction",
        "engaged_time",
        "dprime",
    }
    assert checks["trial_overlap"].verdict == "pass"


STREAMS = {
    "processing/running": "encoder_jumps",
    "processing/running/speed_unfiltered": "running_flat",
    "intervals/trials": "catch_fraction",
    "general/task_parameters": "flash_duration",
    "processing/stimulus": "dropped_frames",
    "processing/ophys/dff": "noise",
    "processing/ophys/event_detection": "event_rate",
    "processing/ophys/corrected_fluorescence": "bleaching",
    "processing/ophys/ophys_motion_correction_x": "motion_jump",
    "processing/ophys/images": "dark_projection",
    "processing/ophys/image_segmentation/cell_specimen_table/image_mask": "border_rois",
    "acquisition/EyeTracking": "blink_fraction",
}


@pytest.mark.parametrize("inside", STREAMS)
def test_a_missing_stream_is_a_sentence(inside: str, file: Path) -> None:
    check = checks_of(remove(file, inside))[STREAMS[inside]]
    assert check.verdict == "not applicable"
    assert check.note.endswith(".")
    assert str(file.parent) not in check.note


def test_a_stream_that_cannot_be_read_is_a_sentence(file: Path) -> None:
    checks = checks_of(garble(file, "processing/ophys/event_detection/data"))
    assert checks["event_rate"].verdict == "not applicable"
    assert "Events cannot be read" in checks["event_rate"].note
    assert checks["noise"].verdict == "pass"


def test_a_closed_session_is_no_quality(sound: Path) -> None:
    with open_session(sound) as session:
        store = SessionStore(session)
    with pytest.raises(SessionClosed):
        quality(store)


def test_a_truncated_file_is_not_opened_for_it(file: Path) -> None:
    with pytest.raises(Exception, match="truncated"):
        checks_of(truncate(file))


# rules, thresholds, tables


def test_every_rule_has_a_threshold_with_its_reason_and_a_family() -> None:
    assert set(RULES) == set(LIMITS) == {*FROM_FILE, *FROM_TABLES}
    for name, rule in RULES.items():
        assert rule.family in FAMILIES
        assert rule.rule.endswith(".")
        assert LIMITS[name].reason.endswith(".")
        (low, high), (least, greatest) = LIMITS[name].good, LIMITS[name].bearable
        assert least <= low <= high <= greatest


def test_every_fault_is_of_a_check() -> None:
    assert {*FAULTS, GUESSING} == set(FROM_FILE)


@pytest.mark.parametrize("name", FROM_FILE)
def test_checks_are_kept_as_they_were_measured(name: str) -> None:
    for value in (None, 0.0, 1.5, float("inf")):
        check = judged(name, value, 12.5, 1234, "A note.")
        assert from_rows(to_rows([check])) == (check,)
    assert judged(name, float("nan")).verdict == "not applicable"


FILE = {
    "ophys_experiment_id": 900,
    "behavior_session_id": 870,
    "mouse_id": "457841",
    "session_type": "OPHYS_1_images_A",
}


@pytest.mark.parametrize(
    ("row", "differing"),
    [
        (FILE | {"image_set": "A"}, set()),
        (FILE | {"image_set": "images_A", "mouse_id": 457841}, set()),
        (FILE | {"image_set": "B"}, {"table_image_set"}),
        (FILE | {"mouse_id": "457842", "image_set": "A"}, {"table_mouse"}),
        (FILE | {"behavior_session_id": np.int64(871), "image_set": "A"}, {"table_ids"}),
        (
            FILE | {"session_type": "OPHYS_4_images_B", "image_set": "B"},
            {"table_session_type", "table_image_set"},
        ),
        (FILE | {"ophys_experiment_id": [900, 901], "image_set": "A"}, set()),
    ],
)
def test_tables_and_file_are_compared(row: Any, differing: Any) -> None:
    checks = table_checks(FILE, row)
    assert {check.name for check in checks if check.verdict == "fail"} == differing
    assert all(" in the file, " in c.note for c in checks if c.name in differing)
