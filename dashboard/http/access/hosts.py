"""Answers only requests for known host names.

A page of a foreign site can make its own name point to this machine (DNS rebinding); a browser
then takes the dashboard for a part of that site and lets it read everything. The browser still
sends the foreign name, so names that are not known are refused. ``X-Forwarded-Host`` is never
read, because every client can send it.
"""

from __future__ import annotations

import ipaddress
import socket
from functools import partial

from flask import Flask, Response, request
from werkzeug.sansio.utils import host_is_trusted

from dashboard.http.access.refusals import refusal
from data_layer.errors import BadSetting
from data_layer.settings import Settings, items

MISDIRECTED = 421
ANY = "*"
WANTED = "host names separated by commas, such as lab.example.org, or .example.org for all below it"
REFUSED = (
    "This server does not answer to the host name {name!r}. Whoever runs it can allow the name "
    "with --allowed-hosts or VBDASH_ALLOWED_HOSTS."
)
LONGEST_NAME = 253


def register(server: Flask, settings: Settings) -> None:
    """Refuse requests for unknown host names, before anything else sees them."""
    server.before_request(partial(_check, allowed_names(settings)))


def _check(allowed: frozenset[str]) -> Response | None:
    # Not ``request.host``: without the header it is the address that the server listens on.
    header = request.headers.get("Host", "")
    if is_allowed(name_of(header), allowed):
        return None
    return refusal(MISDIRECTED, REFUSED.format(name=header[:LONGEST_NAME]))


def allowed_names(settings: Settings) -> frozenset[str]:
    """The names besides loopback names that are answered; ``.example.org`` is all below it.

    These are the configured names and the address that the server listens on. If it listens on
    every address, the name of this machine is among them. ``*`` stands for every name, for hubs
    that do not tell theirs: on loopback alone, below a prefix.

    Raises:
        BadSetting: a configured name is not the name of a host.
    """
    given = items(settings.allowed_hosts)
    host = settings.host
    is_of_hub = bool(settings.url_prefix) and is_loopback(host)
    names = {name if name == ANY and is_of_hub else _configured(name) for name in given}
    if not is_loopback(host):
        own = socket.gethostname() if is_every_address(host) else host
        names.add(_plain(own))
    return frozenset(names)


def _configured(text: str) -> str:
    dot = "." if text.startswith(".") else ""
    name = name_of(_bracketed(text.removeprefix(".")))
    if not name:
        raise BadSetting("VBDASH_ALLOWED_HOSTS", text, WANTED)
    return dot + name


def name_of(host: str) -> str:
    """The name in a ``Host`` header ``name:port`` in lower case; ``""`` if it is not valid."""
    if not host_is_trusted(host):  # without a list it checks the characters and the port
        return ""
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return _plain(name)


def is_allowed(name: str, allowed: frozenset[str]) -> bool:
    """Whether a name from ``name_of`` is a loopback name or one of the allowed."""
    if ANY in allowed:
        return bool(name)
    parents = {name[i:] for i, letter in enumerate(name) if letter == "."}
    return is_loopback(name) or name in allowed or not allowed.isdisjoint(parents)


def is_loopback(host: str) -> bool:
    """Whether a name or an address always means this machine itself."""
    name = _plain(host)
    try:
        return _address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def is_every_address(host: str) -> bool:
    """Whether listening on this address is listening on all addresses of the machine."""
    try:
        return not host or _address(_plain(host)).is_unspecified
    except ValueError:
        return False


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    address = ipaddress.ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address


def _plain(name: str) -> str:
    # A name may end with the dot of the DNS's root.
    return name.strip("[]").lower().removesuffix(".")


def _bracketed(text: str) -> str:
    return f"[{text}]" if text.count(":") > 1 and not text.startswith("[") else text
