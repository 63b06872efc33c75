"""Answers that are kept: the same for whoever asks the same, never for another file or question."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
from dash import no_update
from werkzeug.test import TestResponse

from dashboard.app import create_app
from dashboard.components.answering import Question
from dashboard.http.caching import FolderCache
from dashboard.http.kept_answers import KeptAnswers, code_state
from data_layer.errors import BadSetting, RemoteUnreachable
from data_layer.project_cache.single_file import SingleFile
from data_layer.remote.errors import StreamUnreachable
from data_layer.settings import Settings
from tests.support.nwb_files import write_experiment

OUTPUT = "..navigator-graph.figure...panel-navigator.data-state...message-navigator.children.."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return write_experiment(tmp_path / "files", n_trials=6, n_cells=2)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(work_dir=tmp_path / "work", prepare=0)


def ask(file: Path, settings: Settings, **address: Any) -> TestResponse:
    single = SingleFile(file)
    known = {"kind": "experiment", "id": min(single.available("experiment"))}
    ids = [part.rpartition(".") for part in OUTPUT.strip(".").split("...")]
    body = {
        "output": OUTPUT,
        "outputs": [{"id": id_, "property": prop} for id_, _, prop in ids],
        "inputs": [{"id": "address", "property": "data", "value": known | address}],
        "changedPropIds": ["address.data"],
    }
    client = create_app(single, settings).server.test_client()
    return client.post(
        "/_dash-update-component", data=json.dumps(body), content_type="application/json"
    )


def kept(settings: Settings) -> list[Path]:
    """The entries of the cache; flask-caching keeps a count beside them."""
    files = (settings.work_dir / "answers").iterdir()
    return [path for path in files if path.stat().st_size > 500]


def spoil(settings: Settings) -> None:
    """Put another answer in the place of the one that is kept."""
    (entry,) = kept(settings)
    content = entry.read_bytes()
    assert b'"trials"' in content
    entry.write_bytes(content.replace(b'"trials"', b'"grapes"'))


def test_the_next_who_asks_gets_what_the_first_got(file: Path, settings: Settings) -> None:
    first = ask(file, settings)
    assert len(kept(settings)) == 1
    assert ask(file, settings).data == first.data
    spoil(settings)  # so that it shows from where the answer came
    assert b'"grapes"' in ask(file, settings).data


def test_a_file_that_changed_is_asked_anew(file: Path, settings: Settings, tmp_path: Path) -> None:
    ask(file, settings)
    spoil(settings)
    (tmp_path / "other").mkdir()
    other = write_experiment(tmp_path / "other", n_trials=7, n_cells=2)
    shutil.copy(other, file)
    os.utime(file, (1, 1))
    assert b'"grapes"' not in ask(file, settings).data


def test_other_code_does_not_take_over_answers(
    file: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(file, settings)
    spoil(settings)
    state = code_state()
    assert len(state) > 20
    monkeypatch.setattr("dashboard.http.kept_answers.code_state", lambda: "another")
    assert b'"grapes"' not in ask(file, settings).data


def test_an_error_is_not_kept(file: Path, settings: Settings) -> None:
    answer = ask(file, settings, id=5)
    assert answer.json["response"]["panel-navigator"]["data-state"] == "error"
    assert not (settings.work_dir / "answers").exists() or not kept(settings)


def asked(first: bool = True, **choices: Any) -> Question:
    values = {"address.data": {"kind": "experiment", "id": 1}}
    return Question(
        **{
            "panel": "timeline",
            "values": values | {"request.data": {"start": 0, "stop": 9, "first": first}},
            "changed": ("address.data",),
        }
        | choices
    )


@pytest.fixture
def keeper(tmp_path: Path) -> KeptAnswers:
    cache = FolderCache(tmp_path / "answers", 10**6)
    return KeptAnswers(cache, lambda address: [str(address["id"])])


def counted(keeper: KeptAnswers, question: Question, answer: list[Any]) -> int:
    """How often the answer is computed where it is asked for twice."""
    computed = 0

    def compute() -> list[Any]:
        nonlocal computed
        computed += 1
        return answer

    for _ in range(2):
        assert len(keeper.answer(question, compute)) == len(answer)
    return computed


READY_ANSWER = [{"data": []}, no_update, "ready", None]


def test_only_first_windows_and_answers_that_are_ready_are_kept(keeper: KeptAnswers) -> None:
    assert counted(keeper, asked(first=False), READY_ANSWER) == 2
    assert counted(keeper, asked(), [no_update, no_update, "empty", "No trials."]) == 2
    assert counted(keeper, asked(values={}), READY_ANSWER) == 2
    assert counted(keeper, asked(), READY_ANSWER) == 1
    assert counted(keeper, asked(), READY_ANSWER) == 0


def test_another_question_has_another_answer(keeper: KeptAnswers) -> None:
    others = [{"panel": "trials"}, {"changed": ("request.data",)}]
    others += [{"values": asked().values | {"address.data": {"kind": "experiment", "id": 2}}}]
    for choices in ({}, *others):
        assert counted(keeper, asked(**choices), READY_ANSWER) == 1


def test_what_a_panel_leaves_as_it_is_stays_so_when_it_is_kept(keeper: KeptAnswers) -> None:
    for _ in range(2):
        got = keeper.answer(asked(), lambda: READY_ANSWER)
        assert got[1] is no_update
        assert json.loads(orjson.dumps(got[0])) == {"data": []}
        assert json.loads(orjson.dumps(got[2:])) == ["ready", None]


def test_redis_without_its_client_is_one_sentence(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    settings = Settings(work_dir=tmp_path, redis_url="redis://127.0.0.1:1/0")
    with pytest.raises(BadSetting, match=r"VBDASH_REDIS_URL is 'redis://.*package redis"):
        create_app(SingleFile(file), settings)


@pytest.mark.fault
def test_an_answer_made_while_object_storage_did_not_answer_is_not_kept(tmp_path: Path) -> None:
    keeper = KeptAnswers(FolderCache(tmp_path, 10**6), lambda address: ["file"])
    question = Question("panel", {"address.data": {"id": 1}, "request.data": None}, ())
    error = RemoteUnreachable("store", "it is away")

    def in_part() -> list[Any]:
        str(StreamUnreachable("a.nwb", error))  # a row of the panel says so
        return ["one row is lacking", "ready", None]

    def whole() -> list[Any]:
        return ["all rows", "ready", None]

    assert keeper.answer(question, in_part)[0] == "one row is lacking"
    assert b"all rows" in orjson.dumps(keeper.answer(question, whole))
    assert b"all rows" in orjson.dumps(keeper.answer(question, in_part))
