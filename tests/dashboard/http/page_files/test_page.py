"""The files that a page names, and what lies at their addresses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import assets_folder
from dashboard.http.page_files.head import sources
from dashboard.http.page_files.joined import joined

ALONE = {"vendor", "start"}


@pytest.fixture(scope="module")
def named(client: FlaskClient) -> list[str]:
    """The addresses of the scripts and stylesheets of a page."""
    return sources(client.get("/").text)


@pytest.fixture(scope="module")
def late(client: FlaskClient) -> dict[str, str]:
    """The addresses of what is loaded later."""
    found = re.search(r'id="vbd-late-files">(.*?)</script>', client.get("/").text)
    assert found
    return dict(json.loads(found[1])["addresses"])


def ours(suffix: str) -> list[Path]:
    paths = assets_folder().rglob(f"*{suffix}")
    return [p for p in paths if not ALONE & set(p.relative_to(assets_folder()).parts)]


@pytest.mark.parametrize("name", ["page.js", "page.css"])
def test_ours_are_one_file_with_all_code_of_each(
    client: FlaskClient, named: list[str], name: str
) -> None:
    (address,) = [address for address in named if address.endswith(name)]
    content = client.get(address).text
    files = ours(Path(name).suffix)
    assert len(files) > 20
    for path in files:
        assert joined([path]).decode() in content, path


def test_everything_is_kept_for_ever_and_is_there(
    client: FlaskClient, named: list[str], late: dict[str, str]
) -> None:
    assert len(named) > 8
    for address in [*named, *late.values()]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.cache_control.immutable, address


def test_what_a_script_loads_from_beside_it_is_kept_too(
    client: FlaskClient, late: dict[str, str]
) -> None:
    beside = late["grid"].replace("dash_ag_grid.min.js", "async-community.js")
    answer = client.get(beside)
    assert answer.status_code == 200
    assert answer.cache_control.immutable


def test_large_scripts_that_not_every_page_needs_are_not_among_the_tags(named: list[str]) -> None:
    assert not [address for address in named if re.search("ag_grid|plotly|dash_table", address)]


@pytest.mark.parametrize(
    "name",
    ["0/page.js", "v1/dash/nothing.js", "v1/dash/dash.py", "v1/../app.py", "v1/os/path.py", "v1/x"],
)
def test_nothing_else_lies_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/files/{name}").status_code == 404


@pytest.mark.parametrize(
    ("path", "soon"), [("/", "ag_grid"), ("/qc", "ag_grid"), ("/notes", ""), ("/mouse/1", "plotly")]
)
def test_what_a_page_needs_first_is_fetched_ahead(
    client: FlaskClient, path: str, soon: str
) -> None:
    ahead = re.findall(r'as="script" fetchpriority="low" href="([^"]+)"', client.get(path).text)
    assert len(ahead) == bool(soon)
    assert all(soon in address for address in ahead)
