"""Host names: which are answered, and what the others are told."""

from __future__ import annotations

import socket

import pytest

from dashboard.http.access.headers import frame_ancestors
from dashboard.http.access.hosts import allowed_names, is_allowed, is_every_address, name_of
from data_layer.errors import BadSetting
from data_layer.settings import Settings
from tests.dashboard.http.access.conftest import Visit

LOOPBACK = [
    "localhost",
    "localhost:8050",
    "LocalHost:8050",
    "localhost.",
    "vbdash.localhost",
    "127.0.0.1:1",
    "127.8.9.10",
    "[::1]",
    "[::1]:8050",
    "[0:0:0:0:0:0:0:1]:8050",
    "[::ffff:127.0.0.1]:80",
]
FOREIGN = [
    "",
    "evil.example",
    "evil.example:8050",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "notlocalhost",
    "0.0.0.0:8050",
    "[::]",
    "10.0.0.7:8050",
    "169.254.169.254",
    "[2001:db8::1]",
    "2130706433",
    "127.1",
    "localhost:",
    "localhost:99999",
    "localhost:8050:8050",
    "localhost@evil.example",
    "evil.example, localhost",
    "localhost/evil",
    "[::1",
    "localhost\x00",
    "ｌocalhost",
]
ROUTES = ["/", "/health", "/annotations.json", "/assets/core/dom.js", "/_dash-layout", "/nowhere"]


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_names_are_answered_with_any_port(host: str) -> None:
    assert is_allowed(name_of(host), frozenset())


@pytest.mark.parametrize("host", FOREIGN)
def test_other_names_are_not(host: str) -> None:
    assert not is_allowed(name_of(host), frozenset())


@pytest.mark.fault
@pytest.mark.parametrize("path", ROUTES)
def test_a_foreign_host_name_is_refused_with_how_to_allow_it(visit: Visit, path: str) -> None:
    client = visit()
    for method in "GET", "POST", "HEAD":
        answer = client.open(path, method=method, headers={"Host": "rebound.example:8050"})
        assert answer.status_code == 421
    answer = client.get(path, headers={"Host": "rebound.example:8050"})
    assert "rebound.example" in answer.text
    assert "--allowed-hosts" in answer.text
    assert len(answer.text.splitlines()) == 1


@pytest.mark.fault
def test_a_note_from_a_page_whose_name_was_rebound_to_this_machine_is_not_written(
    visit: Visit,
) -> None:
    client = visit()
    note = {"subject": "experiment", "subject_id": 7, "label": "good", "author": "Eve"}
    answer = client.post("/annotations", json=note, headers={"Host": "rebound.example"})
    assert answer.status_code == 421
    assert client.get("/annotations.json").json == {"annotations": []} or not (
        client.get("/annotations.json").json or {}
    ).get("annotations")


@pytest.mark.fault
def test_a_forwarded_host_name_is_not_believed(visit: Visit) -> None:
    client = visit()
    forwarded = {"X-Forwarded-Host": "localhost", "Forwarded": "host=localhost"}
    answer = client.get("/", headers=forwarded | {"Host": "rebound.example"})
    assert answer.status_code == 421
    answer = client.get("/", headers={"X-Forwarded-Host": "rebound.example"})
    assert answer.status_code == 200
    assert "rebound.example" not in answer.text


def test_a_request_without_a_host_name_is_refused(visit: Visit) -> None:
    assert visit().get("/", environ_overrides={"HTTP_HOST": ""}).status_code == 421


@pytest.mark.parametrize(
    ("allowed", "host", "answered"),
    [
        ("lab.example.org", "LAB.example.org:443", True),
        ("lab.example.org", "lab.example.org.", True),
        ("lab.example.org", "other.example.org", False),
        ("a.example, .lab.example", "x.y.lab.example", True),
        (".lab.example", "lab.example", False),
        (".lab.example", "evillab.example", False),
        ("10.0.0.7", "10.0.0.7:8050", True),
        ("2001:db8::1", "[2001:db8::1]:8050", True),
        ("[2001:db8::1]", "[2001:db8::1]", True),
        ("lab.example.org:8443", "lab.example.org", True),
    ],
)
def test_configured_names_are_answered(allowed: str, host: str, answered: bool) -> None:
    assert is_allowed(name_of(host), allowed_names(Settings(allowed_hosts=allowed))) is answered


@pytest.mark.parametrize("wrong", ["*", "http://lab.example", "lab.example/x", "a b", "lab,*"])
def test_what_is_no_host_name_is_not_allowed_by_mistake(wrong: str) -> None:
    with pytest.raises(BadSetting, match="VBDASH_ALLOWED_HOSTS"):
        allowed_names(Settings(allowed_hosts=wrong))


def test_the_address_listened_on_is_answered_and_the_own_name_on_every_address() -> None:
    assert allowed_names(Settings(host="10.0.0.7")) == {"10.0.0.7"}
    assert allowed_names(Settings(host="127.0.0.1")) == frozenset()
    own = socket.gethostname().lower()
    for every in "0.0.0.0", "::", "":
        assert is_every_address(every)
        assert allowed_names(Settings(host=every)) == {own}


def test_every_name_is_answered_on_loopback_below_a_prefix_alone() -> None:
    allowed = allowed_names(Settings(allowed_hosts="*", url_prefix="/user/jo/vbdash"))
    assert is_allowed(name_of("hub.example.org:8000"), allowed)
    assert not is_allowed(name_of("no name"), allowed)
    with pytest.raises(BadSetting, match="VBDASH_ALLOWED_HOSTS"):
        allowed_names(Settings(allowed_hosts="*", url_prefix="/lab", host="0.0.0.0"))


def test_a_site_on_any_port_may_have_the_frame() -> None:
    assert frame_ancestors("http://localhost:*") == "http://localhost:*"
    with pytest.raises(BadSetting, match="VBDASH_EMBED_IN"):
        frame_ancestors("http://localhost:*1")
