"""Many costly requests at once: the rest is answered in time, and each costly one gets a word."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from benchmarks.callbacks import UPDATE, body
from dashboard.limits.turns import TAB
from dashboard.pages.session.ids import Ids
from dashboard.urls import EVENT_OPTIONS
from data_layer.annotations.annotation import Annotation
from data_layer.annotations.database import AnnotationDatabase
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.running import vbdash

pytestmark = pytest.mark.fault

WITHIN = 1.0  # s
READY, BUSY = "ready", "error"
WIDEST = {"event": "image", "around": "-60, 60", "band": "bootstrap", "signal": "running_speed"}


class Asked:
    """A running server of the small release, and what tests ask it."""

    def __init__(self, url: str, id_: int) -> None:
        self.url, self.id = url.rstrip("/"), id_
        self.dependencies = json.loads(self.get("/_dash-dependencies"))

    def get(self, path: str) -> bytes:
        with urlopen(self.url + path, timeout=120) as answer:
            return bytes(answer.read())

    def seconds(self, path: str) -> float:
        began = time.monotonic()
        self.get(path)
        return time.monotonic() - began

    def panel(self, tab: str = "", **options: str) -> tuple[str, str]:
        """State and message of the panel around events; ``superseded`` where none is sent."""
        chosen = EVENT_OPTIONS | options
        values: dict[str, Any] = {f"option-{name}.value": said for name, said in chosen.items()}
        values |= {
            f"{Ids.ADDRESS}.data": {"kind": "experiment", "id": self.id},
            f"{Ids.SELECTION}.data": {"cells": []},
            f"{Ids.TABS}.active_tab": "events",
        }
        asked = body(self.dependencies, "events-graph.figure", "option-event.value", values)
        headers = {"Content-Type": "application/json"} | ({TAB: tab} if tab else {})
        request = Request(self.url + UPDATE, asked.encode(), headers)
        with urlopen(request, timeout=120) as answer:
            if answer.status == 204:
                return "superseded", ""
            said = json.loads(answer.read())["response"]
        message = said["message-events"]["children"] or ""
        return said["panel-events"]["data-state"], message

    def worst_while(self, n: int, tabs: list[str]) -> tuple[list[tuple[str, str]], float, float]:
        """The answers to ``n`` bootstraps at once, and the slowest answers of others meanwhile."""
        with ThreadPoolExecutor(n) as clients:
            # windows that differ, so that nothing is computed once for all
            spans = [f"-{i + 1}, 0" for i in range(n)]
            asked = [
                clients.submit(self.panel, tabs[i % len(tabs)], **WIDEST, baseline=span)
                for i, span in enumerate(spans)
            ]
            health, page = [0.0], [0.0]
            while not all(one.done() for one in asked):
                health.append(self.seconds("/health"))
                page.append(self.seconds("/_dash-layout"))
            return [one.result() for one in asked], max(health), max(page)


@contextmanager
def served(release: Path, work_dir: Path, **limits: object) -> Iterator[Asked]:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(release)
    given = {f"VBDASH_{name.upper()}": str(value) for name, value in limits.items()}
    environment = os.environ | given | {"VBDASH_WORK_DIR": str(work_dir), "VBDASH_PREPARE": "0"}
    with vbdash("serve", "--cache-dir", release, environment=environment) as server:
        yield Asked(server.url, min(cache.available("experiment")))


def test_eight_bootstraps_of_wide_windows_are_all_answered_and_delay_nobody(
    small_release: Path, tmp_path: Path
) -> None:
    with served(small_release, tmp_path) as asked:
        answers, health, page = asked.worst_while(8, tabs=["one", "two", "three", "four"])
    assert Counter(state for state, _ in answers)[BUSY] == 0
    assert health < WITHIN
    assert page < WITHIN


def test_thirty_bootstraps_are_answered_or_told_that_the_server_is_busy_and_delay_nobody(
    small_release: Path, tmp_path: Path
) -> None:
    with served(small_release, tmp_path) as asked:
        answers, health, page = asked.worst_while(30, tabs=[f"tab {i}" for i in range(30)])
    states = Counter(state for state, _ in answers)
    assert states.keys() == {READY, BUSY}
    assert states[READY] >= 12
    assert all(
        "busy with other costly requests" in said for state, said in answers if state == BUSY
    )
    assert health < WITHIN
    assert page < WITHIN


def test_what_one_tab_asks_anew_drops_what_still_waits(small_release: Path, tmp_path: Path) -> None:
    with served(small_release, tmp_path, costly_at_once=1) as asked:
        answers, _, _ = asked.worst_while(8, tabs=["only"])
    states = Counter(state for state, _ in answers)
    assert states["superseded"] >= 1
    assert states[READY] >= 1
    assert states.keys() == {READY, "superseded"}


def test_a_figure_of_too_many_values_is_refused_with_the_numbers(
    small_release: Path, tmp_path: Path
) -> None:
    with served(small_release, tmp_path, event_moments=1) as asked:
        state, said = asked.panel(event="image", around="-120, 120", signal="running_speed")
    assert state == BUSY
    assert "more than the 1,000,000 that this server allows" in said


def test_a_download_beyond_the_turns_is_refused_with_a_sentence_and_a_time(
    small_release: Path, tmp_path: Path
) -> None:
    limits = {"downloads_at_once": 1, "answer_buffer": 1, "costly_seconds": 1}
    with served(small_release, tmp_path, **limits) as asked:
        path = f"/data/experiment/{asked.id}/eye_tracking.csv"
        with ThreadPoolExecutor(12) as clients:
            answers = list(clients.map(lambda _: answer_to(asked.url + path), range(12)))
    assert {(status, retry) for status, _, retry, _ in answers} == {(200, None), (503, "10")}
    assert all("is busy" in text for status, text, _, _ in answers if status == 503)


def answer_to(url: str) -> tuple[int, str, str | None, float]:
    """Status, text, Retry-After and seconds."""
    began = time.monotonic()
    try:
        answer = urlopen(url, timeout=60)
    except HTTPError as error:
        answer = error
    with answer:
        text = answer.read().decode()
        return answer.status, text, answer.headers["Retry-After"], time.monotonic() - began


def test_a_locked_database_of_notes_is_told_within_two_seconds_and_delays_nobody(
    small_release: Path, tmp_path: Path
) -> None:
    path = tmp_path / "annotations.sqlite"
    AnnotationDatabase(path).add([Annotation("session", 7, "note", "Ada", "first")])
    with (
        served(small_release, tmp_path) as asked,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        ThreadPoolExecutor(30) as clients,
    ):
        other.execute("BEGIN EXCLUSIVE")
        notes = [clients.submit(answer_to, f"{asked.url}/annotations.json") for _ in range(30)]
        others = [asked.seconds(path) for path in ("/health", "/_dash-layout") * 10]
        answers = [one.result() for one in notes]
        other.execute("COMMIT")
        assert {status for status, *_ in answers} == {503}
        assert all("another process is writing" in text for _, text, *_ in answers)
        assert max(seconds for *_, seconds in answers) < 2.5
        assert max(others) < WITHIN
        time.sleep(0.1)
        assert json.loads(asked.get("/annotations.json"))
