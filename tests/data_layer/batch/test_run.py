"""A task over many files: what is done stays done, whatever becomes of workers and files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_layer.batch import engines
from data_layer.batch.journal import Journal, state_of_file
from data_layer.batch.run import Batch
from data_layer.batch.task import Item, Outcome, Task
from data_layer.preparing.process import NICENESS
from tests.data_layer.batch.tasks import (
    began,
    events,
    items_in,
    next_version,
    task_in,
)
from tests.support.until import is_alive, wait_until


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return task_in(tmp_path)


def run(task: Task, items: Sequence[Item], folder: Path, executor: Executor) -> list[Outcome]:
    """The outcomes, in the order of the items."""
    found = [one for one in Batch(task, items, folder / "journal").run(executor) if one]
    return sorted(found, key=lambda outcome: int(outcome.item.id))


def run_here(task: Task, items: Sequence[Item], folder: Path) -> list[Outcome]:
    with ThreadPoolExecutor(2) as executor:
        return run(task, items, folder, executor)


def states(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def test_each_file_has_its_result_and_a_new_start_does_nothing(task: Task, tmp_path: Path) -> None:
    items = items_in(tmp_path, "a", "b", "c")
    first = run_here(task, items, tmp_path)
    assert [(one.state, one.result) for one in first] == [("done", text) for text in "abc"]
    second = run_here(task, items, tmp_path)
    assert [(one.state, one.result) for one in second] == [("already done", t) for t in "abc"]
    assert [len(pids) for pids in began(task.settings).values()] == [1, 1, 1]


def test_a_changed_file_is_done_again(task: Task, tmp_path: Path) -> None:
    items = items_in(tmp_path, "a", "b")
    run_here(task, items, tmp_path)
    Path(items[1].path).write_text("another")
    assert states(run_here(task, items, tmp_path)) == ["already done", "done"]


def test_another_version_of_the_code_does_all_again(task: Task, tmp_path: Path) -> None:
    items = items_in(tmp_path, "a", "b")
    run_here(task, items, tmp_path)
    assert states(run_here(replace(task, version=next_version), items, tmp_path)) == ["done"] * 2


def test_what_was_removed_is_made_again(task: Task, tmp_path: Path) -> None:
    items = items_in(tmp_path, "a", "b")
    run_here(task, items, tmp_path)
    gone = replace(task, stands=lambda item, _: item.id != 2)
    assert states(run_here(gone, items, tmp_path)) == ["already done", "done"]


def test_a_task_that_keeps_nothing_goes_on_after_a_break_and_begins_anew_after_an_end(
    task: Task, tmp_path: Path
) -> None:
    task = replace(task, keep=False)
    items = items_in(tmp_path, "a", "b")
    with ThreadPoolExecutor(1) as executor:
        batch = Batch(task, items, tmp_path / "journal").run(executor)
        while next(batch) is None:
            pass
        batch.close()
    assert states(run_here(task, items, tmp_path))[0] == "already done"
    assert states(run_here(task, items, tmp_path)) == ["done", "done"]


@pytest.mark.fault
@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_of_a_journal_that_was_cut_off_is_done_again_and_the_rest_is_believed(
    cut: int, task: Task, tmp_path: Path
) -> None:
    items = items_in(tmp_path, "a", "b")
    run_here(task, items, tmp_path)
    path = tmp_path / "journal" / "read" / f"{items[0].key}.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    # A journal that lacks nothing but its last line break is whole.
    assert states(run_here(task, items, tmp_path)) == [
        "already done" if cut == 1 else "done",
        "already done",
    ]
    assert states(run_here(task, items, tmp_path)) == ["already done"] * 2


LINE = st.one_of(
    st.binary(max_size=80),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: st.dictionaries(st.sampled_from(["event", "run", "file", "code"]), inner),
        max_leaves=4,
    ).map(lambda content: json.dumps(content).encode()),
)


@pytest.mark.fault
@settings(max_examples=100, deadline=None)
@given(st.lists(LINE, max_size=5))
def test_a_journal_with_anything_in_it_neither_fails_nor_hides_what_was_done(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (item,) = items_in(folder, "a")
    journal = Journal(folder, "run", "1")
    path = folder / f"{item.key}.jsonl"
    path.write_bytes(b"\n".join(lines))
    assert journal.finished(item) is None
    journal.done(item, item.key, state_of_file(item), {"result": "a"})
    with path.open("ab") as file:
        file.write(b"\n".join(lines))
    done = journal.finished(item)
    assert done is not None
    assert done["result"] == "a"
    assert journal.lost(item) == 0


@pytest.mark.fault
def test_a_damaged_file_is_told_and_not_tried_again(task: Task, tmp_path: Path) -> None:
    items = items_in(tmp_path, "a", "damaged", "c")
    outcomes = run_here(task, items, tmp_path)
    assert states(outcomes) == ["done", "failed", "done"]
    assert outcomes[1].problem == f"{items[1].path}: is damaged. Get another"
    assert outcomes[1].reason == "FileDamaged"
    assert len(began(task.settings)[2]) == 1


class Lost(ThreadPoolExecutor):
    """An executor that takes ``n`` calls and then none any more, as a cluster that is lost."""

    def __init__(self, n: int) -> None:
        super().__init__(1)
        self.left = n

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise RuntimeError("the client is closed")
        return super().submit(*args, **kwargs)


@pytest.mark.fault
@pytest.mark.parametrize("n", range(5))
def test_an_engine_that_takes_no_more_work_is_told_for_each_file_and_what_it_did_is_done(
    task: Task, tmp_path: Path, n: int
) -> None:
    items = items_in(tmp_path, "a", "busy once", "c")
    with Lost(n) as executor:
        found = run(task, items, tmp_path, executor)
    done = {0: [], 1: [1], 2: [1], 3: [1, 3], 4: [1, 2, 3]}[n]
    assert [one.item.id for one in found if one.state == "done"] == done
    lost = [one for one in found if one.state == "failed"]
    assert len(lost) == 3 - len(done)
    assert all("no worker has answered (RuntimeError the client" in one.problem for one in lost)
    assert states(run_here(task, items, tmp_path)).count("already done") == len(done)


@pytest.mark.fault
def test_a_file_that_is_gone_is_told(task: Task, tmp_path: Path) -> None:
    items = items_in(tmp_path, "a", "b")
    Path(items[0].path).unlink()
    outcomes = run_here(task, items, tmp_path)
    assert states(outcomes) == ["failed", "done"]
    assert "No such file" in outcomes[0].problem


@pytest.mark.fault
def test_a_problem_that_passes_is_tried_again(task: Task, tmp_path: Path) -> None:
    items = items_in(tmp_path, "busy once", "b")
    assert states(run_here(task, items, tmp_path)) == ["done", "done"]
    assert len(began(task.settings)[1]) == 2


@pytest.mark.fault
def test_a_journal_that_cannot_be_written_does_not_keep_the_work_from_being_done(
    task: Task, tmp_path: Path
) -> None:
    (tmp_path / "journal").write_text("a file")
    assert states(run_here(task, items_in(tmp_path, "a", "b"), tmp_path)) == ["done", "done"]


@pytest.mark.fault
def test_a_worker_with_another_version_of_the_code_does_nothing(task: Task, tmp_path: Path) -> None:
    versions = iter(["1", "1", "2"])
    (outcome,) = run_here(
        replace(task, version=lambda: next(versions)), items_in(tmp_path, "a"), tmp_path
    )
    assert outcome.state == "failed"
    assert "another version" in outcome.problem
    assert began(task.settings) == {}


# processes


def test_calls_run_in_processes_side_by_side_with_low_priority(tmp_path: Path) -> None:
    task, items = task_in(tmp_path), items_in(tmp_path, "slow", "slow", "c")
    with engines.processes(2) as executor:
        niceness = executor.submit(os.nice, 0)
        assert niceness.result() == min(os.nice(0) + NICENESS, 19)
        thread = Thread(target=run, args=(task, items, tmp_path, executor))
        thread.start()
        wait_until(lambda: len(began(task.settings)) == 2)
        (tmp_path / "go").touch()
        thread.join()
    of = began(task.settings)
    assert of[1] != of[2]
    assert os.getpid() not in {pid for pids in of.values() for pid in pids}


@pytest.mark.fault
def test_a_worker_that_is_killed_loses_the_work_on_its_file_alone(
    task: Task, tmp_path: Path
) -> None:
    items = items_in(tmp_path, "slow", "slow", *"cdefgh")
    found: list[Outcome] = []
    with engines.processes(2) as executor:
        thread = Thread(target=lambda: found.extend(run(task, items, tmp_path, executor)))
        thread.start()
        wait_until(lambda: {1, 2} <= began(task.settings).keys())
        os.kill(began(task.settings)[1][0], signal.SIGKILL)
        wait_until(lambda: len(began(task.settings)[1]) == 2)
        (tmp_path / "go").touch()
        thread.join()
    assert states(found) == ["done"] * 8
    assert {id_: len(pids) for id_, pids in began(task.settings).items()} == {
        id_: 2 if id_ == 1 else 1 for id_ in range(1, 9)
    }
    journal = tmp_path / "journal" / "read"
    assert events(journal, items[0]) == {"started": 2, "done": 1}
    assert all(events(journal, item) == {"started": 1, "done": 1} for item in items[1:])


@pytest.mark.fault
def test_a_file_that_kills_its_workers_is_told_after_two_and_the_others_are_done(
    task: Task, tmp_path: Path
) -> None:
    items = items_in(tmp_path, "kills", "b", "kills once", "d")
    with engines.processes(2) as executor:
        outcomes = run(task, items, tmp_path, executor)
    assert states(outcomes) == ["failed", "done", "done", "done"]
    assert "each of 2 processes that worked on it was lost" in outcomes[0].problem
    assert {id_: len(pids) for id_, pids in began(task.settings).items()} == {
        1: 2,
        2: 1,
        3: 2,
        4: 1,
    }


@pytest.mark.fault
def test_a_batch_that_is_broken_off_ends_its_processes_and_the_next_one_goes_on(
    task: Task, tmp_path: Path
) -> None:
    items = items_in(tmp_path, "a", "b", "slow", "d")
    with pytest.raises(KeyboardInterrupt):
        break_off(task, items, tmp_path)
    assert not is_alive(began(task.settings)[3][0])
    (tmp_path / "go").touch()
    with engines.processes(1) as executor:
        outcomes = run(task, items, tmp_path, executor)
    assert states(outcomes) == ["already done", "already done", "done", "done"]
    # What was in the middle when the batch ended comes last: it may be what ended it.
    assert list(began(task.settings)) == [1, 2, 3, 4]
    assert (tmp_path / "began").read_text().split()[::2][-2:] == ["4", "3"]


def break_off(task: Task, items: Sequence[Item], folder: Path) -> None:
    """End the batch while it works on the third file."""
    with engines.processes(1) as executor:
        for _ in Batch(task, items, folder / "journal").run(executor):
            if 3 in began(task.settings):
                raise KeyboardInterrupt


@pytest.mark.fault
def test_processes_end_with_a_program_that_is_killed(tmp_path: Path) -> None:
    program = [sys.executable, "-c", START_AND_WAIT]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as run_:
        assert run_.stdout is not None
        worker = int(run_.stdout.readline())
        assert is_alive(worker)
        run_.kill()
    wait_until(lambda: not is_alive(worker))


START_AND_WAIT = """
import os, time
from data_layer.batch import engines
if __name__ == "__main__":
    with engines.processes(1) as executor:
        print(executor.submit(os.getpid).result(), flush=True)
        executor.submit(time.sleep, 3600).result()
"""


def test_an_error_of_a_call_is_raised_where_it_was_asked_for() -> None:
    with engines.processes(1) as executor:
        assert isinstance(executor.submit(int, "x").exception(), ValueError)
        assert executor.submit(int, "1").result() == 1
