"""Who may come in: this machine only, who knows the password, who the proxy knows, or anyone."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, request

from dashboard.http.access import login, proxy
from dashboard.http.access.hosts import is_loopback
from dashboard.http.access.passwords import PasswordFile
from dashboard.http.access.refusals import refusal
from dashboard.urls.routes import HEALTH
from data_layer.errors import DataLayerError
from data_layer.settings import Settings, option_of

CHOICES = ("password_file", "behind_proxy", "allow_anyone")
STRANGER = (
    "This server is only for the machine that it runs on. To share it, start it with "
    "--password-file, --behind-proxy or --allow-anyone (docs/sharing.md)."
)
Check = Callable[[], Response | None]


class NotProtected(DataLayerError):
    """Other machines could reach the server, and nothing says who may come in."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host

    def __str__(self) -> str:
        return (
            f"{self.host} is an address that other machines can reach. Say who may come in: "
            "--password-file FILE (who knows the password; `vbdash password FILE` writes it), "
            "--behind-proxy HEADER (who a reverse proxy lets in), or --allow-anyone."
        )


class TwoAdmissions(DataLayerError):
    """More than one setting says who may come in."""

    def __init__(self, chosen: list[str]) -> None:
        super().__init__(chosen)
        self.chosen = chosen

    def __str__(self) -> str:
        options = " and ".join(map(option_of, self.chosen))
        return f"{options} exclude each other. Keep one of them."


def register(server: Flask, settings: Settings) -> None:
    """Ask every request for what the settings demand; only ``/health`` is open.

    Raises:
        NotProtected: other machines could reach the server, and nothing says who may come in.
        TwoAdmissions: more than one setting says who may come in.
        BadSetting: the password file or the header's name cannot be used.
    """
    check = _check_of(server, settings)
    server.before_request(lambda: None if request.path == HEALTH else check())


def _check_of(server: Flask, settings: Settings) -> Check:
    match choice(settings):
        case "password_file":
            return login.register(server, settings)
        case "behind_proxy":
            return proxy.check_of(settings)
        case "allow_anyone":
            return lambda: None
        case _:
            return _only_this_machine


def _only_this_machine() -> Response | None:
    # The address may be bound by another program than ours, such as gunicorn, so that the setting
    # says nothing about it. A socket of Unix has no address: it is of this machine.
    visitor = request.remote_addr
    return None if not visitor or is_loopback(visitor) else refusal(403, STRANGER)


def choice(settings: Settings) -> str | None:
    """The setting that says who may come in; None if the server is for this machine only.

    Raises:
        NotProtected: other machines could reach the server, and nothing says who may come in.
        TwoAdmissions: more than one setting says who may come in.
    """
    chosen = [name for name in CHOICES if getattr(settings, name)]
    if len(chosen) > 1:
        raise TwoAdmissions(chosen)
    if not chosen and not is_loopback(settings.host):
        raise NotProtected(settings.host)
    return chosen[0] if chosen else None


def sentence(settings: Settings) -> str:
    """What a server with these settings says about it on start; ``""`` for this machine only.

    Raises:
        DataLayerError: as ``register``, so that a command can check before it does anything.
    """
    match choice(settings):
        case "password_file":
            assert settings.password_file is not None
            file = PasswordFile(settings.password_file)
            file.check()
            return f"Who comes in is asked for the password in {file.path}."
        case "behind_proxy":
            return (
                "Who comes in is known by the proxy: requests without the header "
                f"{proxy.header_of(settings)} are refused. The proxy must replace this header in "
                "what clients send, and only the proxy may reach this port."
            )
        case "allow_anyone":
            return "Anyone who reaches this port may read everything and write notes."
        case _:
            return ""
