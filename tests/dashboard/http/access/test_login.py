"""The login: password, cookie, the way back to the link, and the brake on guessing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.http.access.brake import MOST_VISITORS, TRIES, WITHIN, Brake, network_of
from dashboard.http.access.login import own_path
from dashboard.http.access.passwords import BadPassword, PasswordFile, write_password
from dashboard.http.access.secret_key import secret_key
from tests.dashboard.http.access.conftest import PASSWORD, Visit

LINK = "/experiment/1?t=12-72&cells=11"
PAGE = {"Accept": "text/html,*/*;q=0.8"}
STATIC = ["/assets/core/dom.js", "/_dash-layout", "/annotations.json", "/tables/experiment.json"]


@pytest.fixture
def client(visit: Visit, password_file: Path) -> FlaskClient:
    return visit(host="0.0.0.0", password_file=password_file)


def log_in(client: FlaskClient, password: str, path: str = "/login") -> TestResponse:
    return client.post(path, data={"password": password})


def test_a_link_leads_to_the_login_and_the_password_back_to_the_link(client: FlaskClient) -> None:
    answer = client.get(LINK, headers=PAGE)
    assert answer.status_code == 303
    assert answer.location.startswith("/login?next=")
    assert client.get(answer.location).status_code == 200
    assert log_in(client, PASSWORD, answer.location).location == LINK
    assert client.get(LINK, headers=PAGE).status_code == 200
    assert client.get("/annotations.json").status_code == 200


def test_the_page_has_the_theme_of_the_link_or_else_the_one_remembered(
    client: FlaskClient,
) -> None:
    assert '<html lang="en">' in client.get("/login").text  # as the system is set
    client.set_cookie("vbdash_theme", "projector")
    client.set_cookie("vbdash_text", 'a"b')
    assert '<html lang="en" data-theme="projector">' in client.get("/login").text
    there = client.get(f"{LINK}&theme=dark&text=130", headers=PAGE).location
    assert '<html lang="en" data-theme="dark" data-text="130">' in client.get(there).text


@pytest.mark.fault
@pytest.mark.parametrize("headers", [PAGE, {}])
def test_a_link_to_the_logout_logs_nobody_out_and_shows_no_page_to_strangers(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    answer = client.get("/logout", headers=headers)
    assert (answer.status_code, answer.location) == (303, "/login")
    log_in(client, PASSWORD)
    answer = client.get("/logout", headers=headers)
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/annotations.json").status_code == 200


@pytest.mark.fault
@pytest.mark.parametrize("path", STATIC)
def test_whoever_has_not_logged_in_gets_nothing_but_health(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 401
    assert "Log in first" in answer.text
    assert client.post("/_dash-update-component", json={}).status_code == 401
    assert client.get("/health").status_code == 200


@pytest.mark.fault
@pytest.mark.parametrize("wrong", ["", "Correct horse", f"{PASSWORD} ", "x" * 2000, "\x00", "ü"])
def test_a_wrong_password_is_told_and_opens_nothing(client: FlaskClient, wrong: str) -> None:
    answer = log_in(client, wrong)
    assert answer.status_code == 401
    assert "not the password" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert client.get("/annotations.json").status_code == 401


@pytest.mark.fault
def test_a_cookie_of_the_visitor_s_own_making_opens_nothing(client: FlaskClient) -> None:
    name = client.application.config["SESSION_COOKIE_NAME"]
    for value in "", "eyJwYXNzd29yZCI6IngifQ.aaaa.bbbb", "x" * 4000:
        client.set_cookie(name, value)
        assert client.get("/annotations.json").status_code == 401


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_connections(
    client: FlaskClient,
) -> None:
    cookie = log_in(client, PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    answer = client.post(
        "/login", data={"password": PASSWORD}, environ_overrides={"wsgi.url_scheme": "https"}
    )
    assert "Secure" in answer.headers["Set-Cookie"]


def test_after_the_logout_the_password_is_asked_for_again(client: FlaskClient) -> None:
    log_in(client, PASSWORD)
    assert client.get("/annotations.json").status_code == 200
    assert client.post("/logout").location == "/login"
    assert client.get("/annotations.json").status_code == 401


@pytest.mark.fault
def test_another_site_can_neither_log_in_nor_out(client: FlaskClient) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post("/login", data={"password": PASSWORD}, headers=foreign)
    assert answer.status_code == 403
    log_in(client, PASSWORD)
    assert client.post("/logout", headers=foreign).status_code == 403
    assert client.get("/annotations.json").status_code == 200


def test_a_new_password_ends_all_logins_without_a_new_start(
    client: FlaskClient, password_file: Path
) -> None:
    log_in(client, PASSWORD)
    write_password(password_file, "battery staple")
    assert client.get("/annotations.json").status_code == 401
    assert log_in(client, PASSWORD).status_code == 401
    assert log_in(client, "battery staple").status_code == 303


@pytest.mark.fault
def test_a_password_file_that_is_gone_lets_nobody_in(
    client: FlaskClient, password_file: Path
) -> None:
    log_in(client, PASSWORD)
    password_file.unlink()
    for answer in client.get("/annotations.json"), client.get("/"), log_in(client, PASSWORD):
        assert answer.status_code == 503
        assert "vbdash password FILE" in answer.text


def test_a_login_outlives_a_new_start(visit: Visit, password_file: Path) -> None:
    before = visit(password_file=password_file)
    name = before.application.config["SESSION_COOKIE_NAME"]
    log_in(before, PASSWORD)
    cookie = before.get_cookie(name)
    assert cookie is not None
    after = visit(password_file=password_file)
    after.set_cookie(name, cookie.value)
    assert after.get("/annotations.json").status_code == 200


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        (LINK, LINK),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\/evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n", "/"),
        ("javascript:alert(1)", "/"),
        ("evil", "/"),
        ("/login?next=/qc", "/"),
        ("/logout", "/"),
        ("/logout?x=1", "/"),
        ("http://[::1", "/"),
    ],
)
def test_the_login_leads_to_no_other_site(asked: str, led_to: str) -> None:
    assert own_path(asked) == led_to


@pytest.mark.fault
def test_after_five_wrong_passwords_even_the_right_one_waits(client: FlaskClient) -> None:
    for _ in range(TRIES):
        assert log_in(client, "wrong").status_code == 401
    answer = log_in(client, PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert "Try again in a minute" in answer.text
    elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
    answer = client.post("/login", data={"password": PASSWORD}, environ_overrides=elsewhere)
    assert answer.status_code == 303


def test_the_brake_loosens_after_a_minute_and_remembers_few_visitors() -> None:
    now = 0.0
    brake = Brake(clock=lambda: now)
    assert [brake.may_try("10.0.0.1") for _ in range(TRIES + 1)] == [True] * TRIES + [False]
    now = WITHIN + 1
    assert brake.may_try("10.0.0.1")
    for number in range(3 * MOST_VISITORS):
        brake.may_try(f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
    assert len(brake._wrong) <= MOST_VISITORS


def test_one_network_of_ipv6_is_one_visitor() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2")
    assert network_of("2001:db8:0:1::1") != network_of("2001:db8::1")
    assert network_of("::ffff:10.0.0.1") != network_of("::ffff:10.0.0.2")
    assert network_of("no address") == "no address"


def test_the_password_is_kept_as_a_hash_that_only_its_owner_reads(password_file: Path) -> None:
    assert stat.S_IMODE(password_file.stat().st_mode) == 0o600
    text = password_file.read_text()
    assert PASSWORD not in text
    assert text.startswith("scrypt:")
    assert PasswordFile(password_file).accepts(PASSWORD)


@pytest.mark.parametrize("unfit", ["", "short", "x" * 1001])
def test_an_unfit_password_is_not_written(tmp_path: Path, unfit: str) -> None:
    with pytest.raises(BadPassword, match="8 to 1,000 characters"):
        write_password(tmp_path / "password", unfit)
    assert list(tmp_path.iterdir()) == []


def test_the_key_of_the_cookies_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "new")
    path = tmp_path / "new" / "secret_key"
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret_key(tmp_path / "new") == key
    path.chmod(0o644)
    assert secret_key(tmp_path / "new") != key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret_key"]


@pytest.mark.fault
def test_where_no_key_can_be_kept_each_start_makes_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keys = {secret_key(tmp_path / "file" / "inside") for _ in range(2)}
    assert len(keys) == 2
