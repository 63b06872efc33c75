"""The login with one password for all: a page that leads back to the link, and a signed cookie."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask, Response, redirect, request, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug import Response as AnyResponse

from dashboard.http.access.brake import WITHIN, Brake
from dashboard.http.access.login_page import login_page
from dashboard.http.access.passwords import PasswordFile
from dashboard.http.access.refusals import refusal
from dashboard.http.access.secret_key import secret_key
from dashboard.theme.palettes import TEXT_SIZES, THEMES
from dashboard.urls.pages import EXPLORE
from dashboard.urls.routes import LOGIN, LOGOUT
from dashboard.urls.templates import escaped, link, with_query
from data_layer.errors import BadSetting
from data_layer.settings import Settings

CHOICES = {"theme": tuple(THEMES), "text": tuple(map(str, TEXT_SIZES))}
"""What ``assets/start/theme.js`` keeps in links and cookies."""
STATE = "password"
DAYS = 7
LARGEST_FORM = 16_384  # bytes
FIRST = "Log in first: open the dashboard in the browser and give the password."
WRONG = "This is not the password."
SLOWER = "Too many wrong passwords came from your address. Try again in a minute."
BUSY = "Many people log in just now. Try again in a few seconds."
NO_PASSWORD = (
    "The password file of this server cannot be read, so nobody can come in. Whoever runs it can "
    "write it anew with `vbdash password FILE`."
)


class _Cookies(SecureCookieSessionInterface):
    """Signed cookies that browsers keep for https alone where the login came by https."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


class Login:
    """The routes of the login, and the check that a visitor has logged in."""

    def __init__(self, password: PasswordFile) -> None:
        self.password, self.brake = password, Brake()

    def check(self) -> AnyResponse | None:
        """None for who has logged in; else the way to the login, or a refusal."""
        if request.path in (LOGIN, LOGOUT):
            return None
        try:
            if self._is_known():
                return None
        except BadSetting:
            return refusal(503, NO_PASSWORD)
        return (
            redirect(link(with_query(LOGIN, _next())), 303)
            if _opens_a_page()
            else refusal(401, FIRST)
        )

    def show(self) -> Response:
        """The page that asks for the password."""
        return login_page(chosen=_chosen())

    def enter(self) -> AnyResponse:
        """Check the password of the form; lead to the page that was asked for first."""
        request.max_content_length = LARGEST_FORM
        given = request.form.get("password", "")
        visitor = request.remote_addr or ""
        if not self.brake.may_try(visitor):
            return _slower(SLOWER, int(WITHIN))
        with self.brake.turn() as came:
            if not came:
                return _slower(BUSY, 5)
            try:
                right, state = self.password.accepts(given), self.password.state()
            except BadSetting:
                return refusal(503, NO_PASSWORD)
        if not right:
            return login_page(WRONG, 401, _chosen())
        self.brake.was_right(visitor)
        session.permanent = True
        session[STATE] = state
        return redirect(link(own_path(request.args.get("next", ""))), 303)

    def stay(self) -> AnyResponse:
        """Lead away from the address of the logout, which logs out only when it is posted to."""
        try:
            return redirect(link(EXPLORE if self._is_known() else LOGIN), 303)
        except BadSetting:
            return refusal(503, NO_PASSWORD)

    def leave(self) -> AnyResponse:
        """Forget the visitor."""
        session.clear()
        return redirect(link(LOGIN), 303)

    def _is_known(self) -> bool:
        return bool(session.get(STATE) == self.password.state())


def register(server: Flask, settings: Settings) -> Callable[[], Any]:
    """Add the routes of the login; gives the check for every request.

    Raises:
        BadSetting: the password file holds no hashed password.
    """
    assert settings.password_file is not None
    password = PasswordFile(settings.password_file)
    password.check()
    key = secret_key(settings.work_dir)
    server.secret_key = key
    # Cookies are of a host with all its ports: servers beside each other need names of their own.
    name = hashlib.blake2b(key, digest_size=4).hexdigest()
    server.config.update(
        SESSION_COOKIE_NAME=f"vbdash_{name}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # with Strict, a link from elsewhere would ask anew
        PERMANENT_SESSION_LIFETIME=timedelta(days=DAYS),
        SESSION_REFRESH_EACH_REQUEST=False,  # pictures are kept by browsers without a cookie
    )
    server.session_interface = _Cookies()
    login = Login(password)
    server.add_url_rule(LOGIN, "login", login.show, methods=["GET"])
    server.add_url_rule(LOGIN, "log_in", login.enter, methods=["POST"])
    server.add_url_rule(LOGOUT, "stay", login.stay, methods=["GET"])
    server.add_url_rule(LOGOUT, "logout", login.leave, methods=["POST"])
    return login.check


def _chosen() -> dict[str, str]:
    """The theme and the size of text in the link that was asked for, or else remembered."""
    asked = parse_qs(urlsplit(request.args.get("next", "")).query)
    chosen: dict[str, str] = {}
    for name, known in CHOICES.items():
        given = [*asked.get(name, []), request.cookies.get(f"vbdash_{name}", "")]
        if value := next((one for one in given if one in known), None):
            chosen[name] = value
    return chosen


def own_path(path: str) -> str:
    """The path if it is one of this server, else that of the first page."""
    # Browsers take two slashes for the start of a host name, backslashes for slashes, and leave
    # control characters out.
    is_own = path.startswith("/") and not path.startswith("//")
    if not is_own or "\\" in path or not path.isprintable():
        return EXPLORE
    return EXPLORE if path.partition("?")[0] in (LOGIN, LOGOUT) else path


def _next() -> str:
    return f"next={escaped(request.full_path.removesuffix('?'))}"


def _opens_a_page() -> bool:
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "")


def _slower(sentence: str, seconds: int) -> Response:
    answer = login_page(sentence, 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
