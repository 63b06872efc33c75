"""A part of ``make fuzz`` in every run: hypothesis chooses stream, damage and layout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import h5py
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.answers import QUESTIONS, ask, judge, worst
from tests.fuzz.damages import DAMAGES
from tests.fuzz.file_case import LAYOUTS, Case, write_sound
from tests.fuzz.files import cases_of, run
from tests.fuzz.outcomes import BAD
from tests.fuzz.workers import Worker
from tests.support.faulty_files import at, edit

pytestmark = pytest.mark.fault

PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # a case is small; to shrink it takes long
CHOSEN = settings(
    max_examples=6,
    deadline=None,
    phases=PHASES,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as one:
        yield one


@pytest.mark.parametrize("damage", DAMAGES)
@CHOSEN
@given(layout=st.sampled_from(LAYOUTS), seed=st.integers(0, 10**9))
def test_every_attribute_of_a_damaged_file_is_the_sound_one_or_an_error_of_ours(
    worker: Worker, damage: str, layout: str, seed: int
) -> None:
    case = Case(damage, layout, str(seed))
    result = worker.run(case)
    assert result.outcome not in BAD, f"{case}: {result}"


def test_a_changed_value_without_a_word_would_be_found_as_silent(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "sound")["earliest"]
    sound = ask(path)
    assert {answer.outcome for answer in sound.by_name.values()} == {"right"}
    edit("processing/running/speed/data", at(7, 0.0))(path)
    verdicts = judge(sound, ask(path))
    assert {name for name, (outcome, _) in verdicts.items() if outcome != "right"} == {
        "running_speed"
    }
    assert worst(verdicts) == "silent"


def test_the_newest_layout_of_hdf5_reads_the_same(tmp_path: Path) -> None:
    plain, newest = write_sound(tmp_path / "sound").values()
    verdicts = judge(ask(plain), ask(newest))
    assert {name for name, (outcome, _) in verdicts.items() if outcome != "right"} == set()


def test_a_process_that_ends_is_counted_and_the_next_case_has_a_new_one(
    worker: Worker,
) -> None:
    ended = worker.run(Case("no such damage", "earliest", "1"))
    assert ended.outcome == "crashed"
    assert worker.run(Case("delete", "earliest", "1")).outcome in {"right", "told"}


def test_the_cases_of_a_seed_are_the_same_each_time_and_all_damages_come() -> None:
    assert cases_of(50, 3) == cases_of(50, 3) != cases_of(50, 4)
    assert {case.damage for case in cases_of(50, 3)} == set(DAMAGES)


def test_fuzzing_files_counts_every_case() -> None:
    outcomes = run(cases=len(DAMAGES), seed=1)
    assert outcomes.total() == len(DAMAGES)
    assert outcomes.bad == 0
    assert outcomes["told"]


def test_every_public_attribute_is_asked_for() -> None:
    assert {"licks", "events", "metadata", "stimulus_templates", "cells"} <= set(QUESTIONS)


def test_a_damage_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "sound")["earliest"]
    content = path.read_bytes()
    words = set()
    for _ in range(2):
        path.write_bytes(content)
        words.add(DAMAGES["blot"](path, Random("7")).words)
    assert len(words) == 1
    assert h5py.is_hdf5(path)
