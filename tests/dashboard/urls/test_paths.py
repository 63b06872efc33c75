"""One template gives links, rules of Flask and templates of Dash that belong together."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from dashboard.urls import Address, experiment_path
from dashboard.urls.routes import DATA, FOR_BROWSER, PICTURE, data_url, image_url, picture_url
from dashboard.urls.templates import dash_template, fill, flask_rule

ROOT = Path(__file__).resolve().parents[3]
PLACES = "picture|data|moment|prepared|tables|annotations|quality"
PATH = re.compile(rf"(?<!`)[\"'`](/(?:{PLACES})\b[^\"'`]*)")


def matched(template: str, url: str) -> dict[str, Any]:
    """What a view registered for a template is given when a URL is asked for."""
    server = Flask("test")
    server.add_url_rule(flask_rule(template), "view", lambda **parts: parts)
    with server.test_request_context(url):
        from flask import request

        return request.view_args or {}


@given(st.text(st.characters(categories=["L", "N", "P"], exclude_characters="/"), min_size=1))
def test_flask_is_given_what_was_filled_in(name: str) -> None:
    source = Address("experiment", 951980471)
    assert matched(PICTURE, picture_url(source, name)) == {
        "kind": "experiment",
        "id_": 951980471,
        "name": name,
    }


def test_the_picture_of_an_image_is_asked_for_under_its_own_name() -> None:
    url = image_url(Address("behavior", 7), "gratings_90.0", "warped", 160)
    assert url == "/picture/behavior/7/template-gratings_90.0-warped.png?width=160"
    assert matched(PICTURE, url)["name"] == "template-gratings_90.0-warped"


def test_one_cell_of_an_attribute_is_asked_for_in_the_query() -> None:
    source = Address("experiment", 5)
    assert data_url(source, "events") == "/data/experiment/5/events.csv"
    assert data_url(source, "events", 12) == "/data/experiment/5/events.csv?cell=12"
    assert matched(DATA, data_url(source, "events", 12))["attribute"] == "events"


def test_dash_is_told_the_names_of_the_layouts_arguments() -> None:
    assert dash_template("/{kind}/{id}", kind="session") == "/session/<id_>"
    assert dash_template("/mouse/{mouse_id}") == "/mouse/<mouse_id>"


def test_a_link_with_a_cell_selects_it() -> None:
    assert experiment_path(5) == "/experiment/5"
    assert experiment_path(5, 12) == "/experiment/5?cells=12"


def test_a_part_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("/moment/{kind}/{id}", kind="session")


def test_paths_are_written_in_one_place_only() -> None:
    files = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "assets").rglob("*.js")]
    assert files
    elsewhere = [
        (path.name, found)
        for path in files
        if path.parent.name not in ("urls", "vendor")
        for found in PATH.findall(path.read_text())
    ]
    assert not elsewhere


@pytest.mark.parametrize("name", FOR_BROWSER)
def test_the_scripts_ask_for_every_path_they_are_sent(name: Any) -> None:
    scripts = " ".join(path.read_text() for path in (ROOT / "assets").rglob("*.js"))
    assert f'vbd.url("{name}"' in scripts
