"""The prefix: which are taken, what requests lose and links get, whatever a proxy does with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.cli.lanes import Lanes
from dashboard.http.url_prefix import prefix_of
from dashboard.urls import Comparison, experiment_path
from dashboard.urls.prefix import below, inside
from data_layer.errors import BadSetting
from data_layer.settings import Settings
from tests.dashboard.http.access.conftest import PASSWORD, Visit, password_file, visit

__all__ = ["password_file", "visit"]
PREFIX = "/lab/vb-dash"
PAGE = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("given", "prefix"),
    [
        ("", ""),
        ("/", ""),
        ("/lab", "/lab"),
        ("/lab/", "/lab"),
        ("/user/jo%40x.org/vbdash", "/user/jo%40x.org/vbdash"),
        ("/data/user/jo", "/data/user/jo"),  # no recording has such an id
        ("/notes/vbdash", "/notes/vbdash"),
    ],
)
def test_a_path_is_taken(given: str, prefix: str) -> None:
    assert prefix_of(Settings(url_prefix=given)) == prefix


@pytest.mark.fault
@pytest.mark.parametrize(
    "wrong",
    [
        "lab",
        "//lab",
        "/lab//x",
        "/a b",
        "/x/../y",
        "/./x",
        "/a%2Fb",
        "/a%00",
        "/%zz",
        "/a?b",
        "/<b>",
        "/{a}",
        "https://lab.org/x",
        "/ü",
        "/lab\n",
    ],
)
def test_what_is_no_path_is_refused(wrong: str) -> None:
    with pytest.raises(BadSetting, match=r"VBDASH_URL_PREFIX is .* not a path such as /lab/vbdash"):
        prefix_of(Settings(url_prefix=wrong))


@pytest.mark.fault
@pytest.mark.parametrize(
    "own", ["/qc", "/notes/", "/assets", "/experiment", "/session/5", "/cell/x", "/_dash-layout"]
)
def test_a_path_of_the_dashboard_itself_is_refused(own: str) -> None:
    with pytest.raises(BadSetting, match="has pages or files there itself"):
        prefix_of(Settings(url_prefix=own))


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/lab", "/"),
        ("/lab/", "/"),
        ("/lab/qc", "/qc"),
        ("/qc", "/qc"),
        ("/", "/"),
        ("", "/"),
        ("/labor", "/labor"),
        ("/lab/lab/x", "/lab/x"),
    ],
)
def test_requests_lose_the_prefix(path: str, known: str) -> None:
    assert inside(path, "/lab") == known


def test_escapes_of_the_prefix_are_those_of_a_decoded_path() -> None:
    assert inside("/jo x/\xc3\xbc/qc", "/jo%20x/%C3%BC") == "/qc"


def test_links_get_the_prefix_while_it_holds() -> None:
    with below("/lab"):
        assert experiment_path(5, 12) == "/lab/experiment/5?cells=12"
        assert Comparison((1, 2)).path() == "/lab/compare?ids=1,2"
    assert experiment_path(5) == "/experiment/5"


@pytest.fixture
def client(visit: Visit) -> FlaskClient:
    return visit(url_prefix=PREFIX)


@pytest.mark.parametrize("place", ["", PREFIX])
def test_pages_and_files_are_answered_with_and_without_the_prefix(
    client: FlaskClient, place: str
) -> None:
    assert client.get(f"{place}/health").json["name"] == "visual-behavior-dashboard"
    page = client.get(f"{place}/").text
    own = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(own) > 10
    assert not [url for url in own if not url.startswith(f"{PREFIX}/")]
    for url in own[0], own[-1]:
        assert client.get(url).status_code == 200
        assert client.get(url.removeprefix(PREFIX)).status_code == 200
    assert f'"requests_pathname_prefix":"{PREFIX}/"' in page.replace(": ", ":").replace(
        "\\u002f", "/"
    )
    assert f'"health":"{PREFIX}/health"' in page


@pytest.mark.parametrize("place", ["", PREFIX])
def test_the_login_leads_below_the_prefix_and_its_cookie_stays_there(
    visit: Visit, password_file: Path, place: str
) -> None:
    client = visit(url_prefix=PREFIX, password_file=password_file)
    answer = client.get(f"{place}/experiment/1?t=1-2", headers=PAGE)
    assert answer.location.startswith(f"{PREFIX}/login?next=")
    entered = client.post(answer.location, data={"password": PASSWORD})
    assert entered.location == f"{PREFIX}/experiment/1?t=1-2"
    assert f"Path={PREFIX}/" in entered.headers["Set-Cookie"]
    assert client.get(f"{PREFIX}/logout", headers=PAGE).location == f"{PREFIX}/"
    assert client.post(f"{PREFIX}/logout").location == f"{PREFIX}/login"


@pytest.mark.parametrize("path", ["/health", f"{PREFIX}/health", f"{PREFIX}/assets/x.js"])
def test_what_is_quick_has_its_lane_below_the_prefix_too(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lanes = Lanes(0, PREFIX)
    taken: list[Asked] = []
    monkeypatch.setattr(lanes._quick, "add_task", taken.append)
    lanes.add_task(channel := Asked(path))
    assert taken == [channel]
    lanes._quick.shutdown()


class Asked:
    """A connection with one request."""

    error = None

    def __init__(self, path: str) -> None:
        self.path, self.requests = path, [self]
