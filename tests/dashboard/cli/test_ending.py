"""SIGINT and SIGTERM end every command without a word of Python, whatever it is doing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from data_layer.demo.release import demo_folder
from data_layer.preparing.shelf import Shelf
from tests.support.until import children_of, wait_until

pytestmark = pytest.mark.fault

VBDASH = (sys.executable, "-m", "dashboard.cli")
SIGNALS = [signal.SIGINT, signal.SIGTERM]
WORDS_OF_PYTHON = re.compile(r"Traceback|Exception|Error\b|Warning|resource_tracker|File \"")
ENDS_WITHIN = 15.0  # s


class Run:
    """A command in a session of its own, what it has said, and its end."""

    def __init__(self, arguments: Sequence[str | Path], work_dir: Path) -> None:
        self.said = (work_dir / "said.txt").open("w+")
        self.work_dir = work_dir
        environment = os.environ | {"VBDASH_WORK_DIR": str(work_dir), "PYTHONUNBUFFERED": "1"}
        environment["PYTHONWARNINGS"] = "default"
        self.process = subprocess.Popen(
            [*VBDASH, *arguments],
            stdout=self.said,
            stderr=self.said,
            env=environment,
            start_new_session=True,
        )

    @property
    def text(self) -> str:
        self.said.seek(0)
        return self.said.read()

    @property
    def url(self) -> str:
        wait_until(lambda: "http://" in self.text or self.process.poll() is not None)
        found = re.search(r"http://\S+", self.text)
        assert found, self.text
        return found[0]

    def wait_for_main(self) -> None:
        """Until the command's own code runs: a SIGINT while Python starts is Python's to tell."""
        wait_until(lambda: self._catches(signal.SIGINT), every=0.001)
        wait_until(lambda: not self._catches(signal.SIGINT), every=0.001)

    def _catches(self, number: int) -> bool:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        caught = re.search(r"SigCgt:\s*(\w+)", status)
        return caught is not None and bool(int(caught[1], 16) >> (number - 1) & 1)

    def ended_by(self, number: int) -> int:
        """Send a signal; the status, once it and its children have ended in silence."""
        children = children_of(self.process.pid)
        self.process.send_signal(number)
        status = self.process.wait(timeout=ENDS_WITHIN)
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))
        assert not WORDS_OF_PYTHON.search(self.text), self.text
        return status


@contextmanager
def running(work_dir: Path, *arguments: str | Path) -> Iterator[Run]:
    run = Run(arguments, work_dir)
    try:
        yield run
    finally:
        run.process.kill()
        run.process.wait()
        run.said.close()


@pytest.fixture(autouse=True, scope="module")
def _interruptible() -> None:
    """SIGINT ends commands as from a terminal, also where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def serve(small_release: Path) -> tuple[str | Path, ...]:
    return ("serve", "--cache-dir", small_release, "--port", "0")


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("after", [0.0, 0.3, 0.6, 1.0, 1.6])
def test_a_signal_while_it_starts_ends_it_at_once(
    after: float, number: int, serve: tuple[str | Path, ...], tmp_path: Path
) -> None:
    with running(tmp_path, *serve) as run:
        run.wait_for_main()
        time.sleep(after)
        assert run.ended_by(number) in {0, 128 + number, -number}


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_while_a_server_waits_ends_it_with_success(
    number: int, serve: tuple[str | Path, ...], tmp_path: Path
) -> None:
    with running(tmp_path, *serve) as run:
        urlopen(f"{run.url}health")
        assert run.ended_by(number) == 0


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_while_a_file_is_shown_and_prepared_ends_the_server_and_the_preparation(
    number: int, small_experiment: Path, tmp_path: Path
) -> None:
    with running(tmp_path, "open", small_experiment, "--port", "0") as run:
        page = run.url
        base = page.partition("/experiment")[0]
        id_ = page.rpartition("/")[2]
        urlopen(f"{base}/data/experiment/{id_}/trials.csv").read()
        wait_until(lambda: any((tmp_path / "store").glob(".*.building")))
        assert run.ended_by(number) == 0
    shelf = Shelf(tmp_path / "store", 10**9)
    assert shelf.look_up(small_experiment).reason == "missing"


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_while_requests_are_answered_ends_the_server(
    number: int, small_experiment: Path, tmp_path: Path
) -> None:
    with running(tmp_path, "open", small_experiment, "--port", "0") as run:
        base, _, id_ = run.url.rpartition("/experiment/")
        asked = threading.Event()

        def ask() -> None:
            for name in ("eye_tracking", "dff_traces", "running_speed") * 20:
                with suppress(OSError):
                    urlopen(f"{base}/data/experiment/{id_}/{name}.csv", timeout=30).read()
                asked.set()

        clients = [threading.Thread(target=ask) for _ in range(4)]
        for client in clients:
            client.start()
        asked.wait()
        assert run.ended_by(number) == 0
        for client in clients:
            client.join()


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_while_the_demo_is_built_leaves_nothing_half_built(
    number: int, tmp_path: Path
) -> None:
    folder = demo_folder(tmp_path)
    with running(tmp_path, "demo", "--port", "0") as run:
        wait_until(lambda: any(folder.parent.glob(f".{folder.name}-*/**/*.nwb")))
        assert run.ended_by(number) == 128 + number
    assert not folder.exists()
    assert not list(folder.parent.glob(f".{folder.name}-*"))


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("moment", ["import", "build"])
def test_a_signal_while_sessions_are_prepared_ends_their_processes_and_leaves_no_store(
    moment: str, number: int, small_release: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    with running(tmp_path, "prepare", "--cache-dir", small_release, "--all") as run:
        if moment == "import":
            wait_until(lambda: bool(children_of(run.process.pid)))
        else:
            wait_until(lambda: any(store.glob(".*.building")))
        assert run.ended_by(number) == 128 + number
    assert not list(store.glob(".*.building"))
    half = [path for path in store.glob("[!.]*") if not (path / "last_used").exists()]
    assert not half
