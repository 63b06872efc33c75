"""Files like those that people have reported, made by the reference material's own tool."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.answers import Answers, ask
from tests.support.reference import shared

pytestmark = [pytest.mark.fault, pytest.mark.reference]

PERFORMANCE = {"reward rate", "rolling performance", "performance"}
OF_DFF = {"dff_traces", "part of dff"}
TOLD: dict[str, set[str]] = {
    "start-date-unknown": set(),
    "no-subject": set(),
    "no-imaging-rate": set(),
    "colnames-twice": set(),
    "no-trials": set(),
    "column-2d": set(),
    "column-ragged": set(),
    "column-compound": set(),
    "foreign-presentations": set(),
    "running-empty": set(),
    "nan-in-running-clock": set(),
    "nan-ends-stimulus-clock": set(),
    "one-bright-cell": set(),
    "image-name-is-markup": set(),
    "licking-damaged": {"licks"},
    "dff-damaged": OF_DFF,
    "storage-outside": {"trials", *PERFORMANCE},
    "virtual-dataset": {"running_speed"},
    "huge-shape": {"running_speed"},
    "another-file-under-this-name": set(),
}
"""What an error of ours is raised for in each file; everything else is read."""
SAME = ("colnames-twice", "column-2d", "column-ragged", "column-compound", "foreign-presentations")
"""Files that read as the sound one in everything."""
NOT_THERE = {"template", "unwarped template"}
"""Pictures have other names in this release."""


def make(name: str, release: Path, folder: Path) -> Path:
    """The file of a case."""
    command = [sys.executable, shared("tools/odd_files.py"), release, folder, name]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{name}.nwb"


@pytest.fixture(scope="module")
def sound(small_release: Path) -> Answers:
    files = small_release.rglob("behavior_ophys_experiment_*.nwb")
    return ask(min(files, key=lambda path: path.stat().st_size))


@pytest.mark.parametrize("name", TOLD)
def test_a_reported_file_costs_only_the_part_that_is_at_fault(
    name: str, small_release: Path, tmp_path: Path, sound: Answers
) -> None:
    found = ask(make(name, small_release, tmp_path))
    outcomes = {n: answer for n, answer in found.by_name.items() if n not in NOT_THERE}
    assert not [n for n, answer in outcomes.items() if answer.outcome == "foreign"]
    assert {n for n, answer in outcomes.items() if answer.outcome == "told"} == TOLD[name]
    if name in SAME:
        assert all(answer.digest == sound.by_name[n].digest for n, answer in outcomes.items())
