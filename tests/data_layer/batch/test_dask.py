"""The same tasks on a real Dask cluster of processes on loopback, some of which are killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from distributed import Client, LocalCluster

from data_layer.batch import engines
from data_layer.batch.attempt import Attempt
from data_layer.batch.cluster import Cluster
from data_layer.batch.errors import NoCluster
from data_layer.batch.journal import Journal
from data_layer.batch.preparing import prepare_task
from data_layer.batch.run import Batch
from data_layer.batch.task import Item, Outcome
from data_layer.preparing.shelf import Shelf
from tests.data_layer.batch.tasks import began, events, items_in, task_in
from tests.support.nwb_files import truncate, write_behavior, write_experiment
from tests.support.until import wait_until


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The scheduler of two workers with one thread each."""
    options = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **options) as cluster:
        yield cluster.scheduler_address


def run(batch: Batch, address: str) -> list[Outcome]:
    with engines.dask(address) as executor:
        found = [outcome for outcome in batch.run(executor) if outcome]
    return sorted(found, key=lambda outcome: int(outcome.item.id))


@pytest.mark.fault
def test_a_worker_of_a_cluster_that_is_killed_loses_the_work_on_its_file_alone(
    address: str, tmp_path: Path
) -> None:
    task, items = task_in(tmp_path), items_in(tmp_path, "slow", "slow", *"cdefghij")
    batch = Batch(task, items, tmp_path / "journal")
    with ThreadPoolExecutor(1) as aside:
        found = aside.submit(run, batch, address)
        wait_until(lambda: found.done() or {1, 2} <= began(task.settings).keys())
        os.kill(began(task.settings)[1][0], signal.SIGKILL)
        wait_until(lambda: found.done() or len(began(task.settings)[1]) == 2)
        (tmp_path / "go").touch()
    assert [outcome.state for outcome in found.result()] == ["done"] * 10
    journal = tmp_path / "journal" / "read"
    assert events(journal, items[0]) == {"started": 2, "done": 1}
    assert all(events(journal, item) == {"started": 1, "done": 1} for item in items[1:])


@pytest.mark.fault
def test_a_file_that_kills_workers_of_a_cluster_is_told_after_two(
    address: str, tmp_path: Path
) -> None:
    task, items = task_in(tmp_path), items_in(tmp_path, "kills", "b", "c")
    outcomes = run(Batch(task, items, tmp_path / "journal"), address)
    assert [outcome.state for outcome in outcomes] == ["failed", "done", "done"]
    assert "each of 2 processes that worked on it was lost" in outcomes[0].problem
    assert len(began(task.settings)[1]) == 2


@pytest.mark.fault
def test_what_a_lost_worker_had_finished_is_not_done_again(address: str, tmp_path: Path) -> None:
    task, (item,) = task_in(tmp_path), items_in(tmp_path, "a")
    attempt = Attempt(task, item, item.key, Journal(tmp_path / "journal", "run", "1"))
    with engines.dask(address) as executor:
        first = executor.submit(attempt).result()
        second = executor.submit(attempt).result()  # as a scheduler does that has lost the answer
    assert [(one.state, one.result) for one in (first, second)] == [("done", "a"), ("done", "a")]
    assert len(began(task.settings)[1]) == 1


@pytest.mark.fault
def test_sessions_are_prepared_on_a_cluster_and_a_damaged_one_is_told(
    address: str, tmp_path: Path
) -> None:
    written = [write_experiment(tmp_path), write_behavior(tmp_path, n_trials=10)]
    (tmp_path / "other").mkdir()
    written.append(truncate(write_behavior(tmp_path / "other", n_trials=10)))
    shelf = Shelf(tmp_path / "store", 10**9)
    items = [
        Item(kind, int(path.stem.rpartition("_")[2]), str(path))
        for kind, path in zip(("experiment", "behavior", "behavior"), written, strict=True)
    ]
    for expected in ("done", "already done"):
        batch = Batch(prepare_task(shelf), items, shelf.journals)
        state_of = {outcome.item: outcome.state for outcome in run(batch, address)}
        assert state_of == dict(zip(items, [expected, expected, "failed"], strict=True))
    assert [shelf.look_up(path).reason for path in written] == ["hit", "hit", "missing"]
    assert len(shelf.summaries()) == 2


@pytest.mark.fault
@pytest.mark.parametrize("address_", ["tcp://127.0.0.1:9", "node1", "other://node1:5"])
def test_a_scheduler_that_does_not_answer_is_told_in_a_sentence(
    address_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "CONNECT_WITHIN", 0.5)
    with pytest.raises(NoCluster, match=f"{address_} cannot run the work: no scheduler"):
        engines.dask(address_).__enter__()


class AnswerLost:
    """A client whose calls end on their worker, and whose answers then do not arrive."""

    def submit(self, fn: Any, *args: Any, pure: bool) -> Any:
        assert not pure
        fn(*args)
        return self

    def add_done_callback(self, do: Any) -> None:
        do(self)

    def result(self, timeout: float) -> Any:
        raise OSError(f"the connection was closed within {timeout} s")


@pytest.mark.fault
def test_an_answer_that_is_lost_on_its_way_ends_its_call_and_the_journal_has_the_result(
    tmp_path: Path,
) -> None:
    task, items = task_in(tmp_path), items_in(tmp_path, "a")
    cluster = Cluster(cast(Client, AnswerLost()), 1.0)
    with pytest.raises(OSError, match="closed within 1"):
        cluster.submit(str).result(timeout=5)
    outcomes = [one for one in Batch(task, items, tmp_path / "journal").run(cluster) if one]
    assert [(one.state, one.result) for one in outcomes] == [("done", "a")]


@contextmanager
def scheduler_and_worker() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A scheduler as a process of its own, with one worker, and its address."""
    dask = [sys.executable, "-m", "dask"]
    words = [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as scheduler:
        assert scheduler.stderr is not None
        lines = iter(scheduler.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"tcp://[\d.:]+", line)))
        words = [*dask, "worker", address, "--nthreads", "3", "--no-dashboard", "--no-nanny"]
        with subprocess.Popen(words, stderr=subprocess.DEVNULL) as worker:
            try:
                yield scheduler, address
            finally:
                worker.kill()
                scheduler.kill()


@pytest.mark.fault
def test_a_scheduler_that_is_lost_is_told_for_each_file_and_another_engine_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "CONNECT_WITHIN", 10.0)  # a busy machine answers late
    task, items = task_in(tmp_path), items_in(tmp_path, "a", "slow", "slow")
    batch, journal = Batch(task, items, tmp_path / "journal"), tmp_path / "journal" / "read"
    with scheduler_and_worker() as (scheduler, address), ThreadPoolExecutor(1) as aside:
        running = aside.submit(run, batch, address)
        wait_until(lambda: running.done() or {1, 2, 3} <= began(task.settings).keys())
        wait_until(lambda: running.done() or events(journal, items[0])["done"] == 1)
        scheduler.kill()
        found = running.result()
    assert [outcome.state for outcome in found] == ["done", "failed", "failed"]
    assert all("no worker has answered" in outcome.problem for outcome in found[1:])
    (tmp_path / "go").touch()
    with engines.threads() as executor:
        again = [one for one in Batch(task, items, tmp_path / "journal").run(executor) if one]
    assert {one.item.id: one.state for one in again} == {1: "already done", 2: "done", 3: "done"}
