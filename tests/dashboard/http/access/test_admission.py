"""Who may come in: what servers refuse to start with, and whom they refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.http.access import check
from dashboard.http.access.admission import NotProtected, TwoAdmissions
from data_layer.errors import BadSetting
from data_layer.settings import Settings
from tests.dashboard.http.access.conftest import Visit

ELSEWHERE = {"REMOTE_ADDR": "10.0.0.9"}
PATHS = ["/", "/annotations.json", "/assets/core/dom.js", "/_dash-layout", "/experiment/1"]


@pytest.mark.fault
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "10.0.0.7", "lab.example.org"])
def test_a_server_for_other_machines_that_names_nobody_who_may_come_in_does_not_start(
    visit: Visit, host: str
) -> None:
    with pytest.raises(NotProtected) as caught:
        check(Settings(host=host))
    for option in "--password-file", "--behind-proxy", "--allow-anyone":
        assert option in str(caught.value)
    with pytest.raises(NotProtected):
        visit(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_a_server_for_this_machine_needs_nothing_and_says_nothing(host: str) -> None:
    assert check(Settings(host=host)) == ""


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"allow_anyone": True}, "Anyone who reaches this port may read everything and write"),
        ({"behind_proxy": "X-Remote-User"}, "requests without the header X-Remote-User are"),
        ({"password_file": True}, "is asked for the password in"),
    ],
)
def test_a_server_says_on_start_who_comes_in_and_which_names_it_answers(
    settings: dict[str, Any], words: str, password_file: Path
) -> None:
    if "password_file" in settings:
        settings = {"password_file": password_file}
    told = check(Settings(host="0.0.0.0", allowed_hosts="lab.example.org", **settings))
    assert words in told
    assert "lab.example.org" in told.splitlines()[-1]


@pytest.mark.fault
def test_two_ways_in_at_once_are_refused(password_file: Path) -> None:
    settings = Settings(allow_anyone=True, password_file=password_file)
    with pytest.raises(TwoAdmissions, match="--password-file and --allow-anyone exclude"):
        check(settings)


@pytest.mark.fault
@pytest.mark.parametrize("text", [None, "", "secret", "scrypt:1:1:1$salt", "plain:x$y$00", "$$"])
def test_a_password_file_without_a_hash_keeps_the_server_from_starting(
    tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "password"
    if text is not None:
        path.write_text(text)
    with pytest.raises(BadSetting, match="vbdash password FILE"):
        check(Settings(password_file=path))


@pytest.mark.fault
@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_from_another_machine_is_refused_where_the_address_was_bound_by_others(
    visit: Visit, path: str
) -> None:
    client = visit()
    answer = client.get(path, environ_overrides=ELSEWHERE)
    assert answer.status_code == 403
    assert "--password-file" in answer.text
    assert client.get("/health", environ_overrides=ELSEWHERE).status_code == 200
    assert client.get(path, environ_overrides={"REMOTE_ADDR": "::1"}).status_code != 403
    assert client.get(path, environ_overrides={"REMOTE_ADDR": ""}).status_code != 403  # a socket


def test_anyone_comes_in_where_that_is_said(visit: Visit) -> None:
    client = visit(host="0.0.0.0", allow_anyone=True)
    assert client.get("/", environ_overrides=ELSEWHERE).status_code == 200


@pytest.mark.fault
@pytest.mark.parametrize("path", PATHS)
def test_a_request_that_did_not_come_through_the_proxy_is_refused(visit: Visit, path: str) -> None:
    client = visit(host="0.0.0.0", behind_proxy="X-Remote-User")

    def ask(**headers: str) -> int:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(path, headers=given, environ_overrides=ELSEWHERE).status_code

    assert ask() == ask(X_Remote_User=" ") == ask(X_Other_User="ada") == 403
    assert ask(X_Remote_User="ada") != 403
    assert ask(X_Remote_User="eve,ada") == 403  # the client's and the proxy's
    assert client.get("/health", environ_overrides=ELSEWHERE).status_code == 200


@pytest.mark.parametrize("name", ["Cookie", "host", "Authorization", "X Remote", "X:Y", "ü"])
def test_a_header_that_clients_send_themselves_proves_no_login(name: str) -> None:
    with pytest.raises(BadSetting, match="VBDASH_BEHIND_PROXY"):
        check(Settings(host="0.0.0.0", behind_proxy=name))
