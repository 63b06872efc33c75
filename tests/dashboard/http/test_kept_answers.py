"""Answers that are kept: the same for whoever asks the same, never for another file or question."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dashboard.app import create_app
from dashboard.http.kept_answers import code_state
from data_layer.errors import BadSetting
from data_layer.project_cache.single_file import SingleFile
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
    entry.write_bytes(content.replace(b"navigator-graph", b"navigator-grape"))


def test_the_next_who_asks_gets_what_the_first_got(file, settings):
    first = ask(file, settings)
    assert len(kept(settings)) == 1
    assert ask(file, settings).data == first.data
    spoil(settings)  # so that it shows from where the answer came
    assert b"navigator-grape" in ask(file, settings).data


def test_a_file_that_changed_is_asked_anew(file, settings, tmp_path):
    ask(file, settings)
    spoil(settings)
    (tmp_path / "other").mkdir()
    other = write_experiment(tmp_path / "other", n_trials=7, n_cells=2)
    shutil.copy(other, file)
    os.utime(file, (1, 1))
    assert b"navigator-grape" not in ask(file, settings).data


def test_other_code_does_not_take_over_answers(file, settings, monkeypatch):
    ask(file, settings)
    spoil(settings)
    state = code_state()
    assert len(state) > 20
    monkeypatch.setattr("dashboard.http.kept_answers.code_state", lambda: "another")
    assert b"navigator-grape" not in ask(file, settings).data


def test_an_error_is_not_kept(file, settings):
    answer = ask(file, settings, id=5)
    assert answer.json["response"]["panel-navigator"]["data-state"] == "error"
    assert not (settings.work_dir / "answers").exists() or not kept(settings)


def test_redis_without_its_client_is_one_sentence(file, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    settings = Settings(work_dir=tmp_path, redis_url="redis://127.0.0.1:1/0")
    with pytest.raises(BadSetting, match=r"VBDASH_REDIS_URL is 'redis://.*package redis"):
        create_app(SingleFile(file), settings)
