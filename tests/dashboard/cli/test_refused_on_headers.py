"""What the server refuses before the body has arrived, in a sentence and with all headers."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest

from dashboard.http.access.headers import of_every_answer
from dashboard.urls.routes import IMPORT_NOTES
from data_layer.settings import Settings
from tests.support.running import vbdash

pytestmark = pytest.mark.fault

LIMITS = {"VBDASH_BODY_LIMIT": "1", "VBDASH_IMPORT_LIMIT": "3", "VBDASH_HEADER_LIMIT": "16"}
UPDATE = "/_dash-update-component"
CHUNKED = "Transfer-Encoding: chunked"
SECONDS = 10  # the request's own time is longer: an answer that needs the body would not come


@pytest.fixture(scope="module")
def server(small_release: Path) -> Iterator[tuple[str, int]]:
    environment = os.environ | LIMITS
    with vbdash("serve", "--cache-dir", small_release, environment=environment) as running:
        parts = urlparse(running.url)
        assert parts.hostname
        assert parts.port
        yield parts.hostname, parts.port


def answer(server: tuple[str, int], *lines: str, body: bytes = b"") -> tuple[int, str]:
    """Status and text of the answer to a request whose body never ends."""
    with socket.create_connection(server, timeout=SECONDS) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        said = b""
        while b"\r\n\r\n" not in said or not said.split(b"\r\n\r\n", 1)[1]:
            part = connection.recv(2**16)
            assert part, said
            said += part
    head, _, text = said.decode().partition("\r\n\r\n")
    return int(head.split()[1]), f"{head}\r\n\r\n{text}"


def post(path: str, *headers: str, host: str = "localhost") -> tuple[str, ...]:
    return (f"POST {path} HTTP/1.1", f"Host: {host}", *headers)


@pytest.mark.parametrize("digits", ["9" * 12, "9" * 400, "9" * 5000])
def test_a_content_length_of_many_digits_is_refused_in_a_sentence(
    server: tuple[str, int], digits: str
) -> None:
    status, told = answer(server, *post(UPDATE, f"Content-Length: {digits}"))
    assert status in {400, 413}
    assert "This request" in told


def test_an_address_that_cannot_be_taken_apart_is_refused_in_a_sentence(
    server: tuple[str, int],
) -> None:
    status, told = answer(server, "GET http://[localhost/ HTTP/1.1", "Host: localhost")
    assert status == 400
    assert "cannot be read" in told


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("GET / HTTP/1.1", "Host: localhost", "X-Long: " + "x" * 20_000), 431),
        (post(UPDATE, "Content-Length: 2000000"), 413),
        (post(UPDATE, "Content-Length: nine"), 400),
        (post(UPDATE, "Transfer-Encoding: gzip"), 501),
        (post(UPDATE, "Content-Length: 9", host="evil.example"), 421),
    ],
)
def test_an_answer_of_the_http_server_itself_has_the_headers_of_every_answer(
    server: tuple[str, int], lines: tuple[str, ...], status: int
) -> None:
    given, told = answer(server, *lines)
    assert given == status
    for name, value in of_every_answer(Settings()).items():
        assert told.count(f"\r\n{name}: {value}\r\n") == 1


@pytest.mark.parametrize("sent", ["Content-Length: 2500000", CHUNKED])
@pytest.mark.parametrize("path", [UPDATE, IMPORT_NOTES])
def test_a_foreign_host_name_is_refused_before_the_body_has_arrived(
    server: tuple[str, int], path: str, sent: str
) -> None:
    status, told = answer(server, *post(path, sent, host="evil.example"))
    assert status == 421
    assert "does not answer to the host name 'evil.example'" in told


@pytest.mark.parametrize("expect", ["X-Odd: 1", "Expect: 100-continue"])
def test_a_body_beyond_the_limit_is_refused_before_it_has_arrived_unless_notes_are_imported(
    server: tuple[str, int], expect: str
) -> None:
    status, told = answer(server, *post(UPDATE, "Content-Length: 2000000", expect))
    assert status == 413
    assert "larger than 1 MiB" in told
    asked = post(IMPORT_NOTES, "Content-Length: 2000000", "Expect: 100-continue")
    with socket.create_connection(server, timeout=SECONDS) as connection:
        connection.sendall("\r\n".join([*asked, "", ""]).encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 100 ")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost@evil.example", "user@localhost"]
)
def test_an_address_that_names_a_foreign_host_is_refused_as_a_foreign_host_name(
    server: tuple[str, int], host: str
) -> None:
    status, _ = answer(server, f"GET http://{host}/health HTTP/1.1", "Host: localhost")
    assert status == 421
    status, _ = answer(server, "GET http://localhost/health HTTP/1.1", "Host: localhost")
    assert status == 200


@pytest.mark.parametrize(
    "lines",
    [
        post(UPDATE, CHUNKED, "Content-Length: 5"),
        post(UPDATE, "Content-Length: 5", CHUNKED),
        ("POST / HTTP/1.0", "Host: localhost", CHUNKED, "Content-Length: 5"),
        ("POST / HTTP/1.0", "Host: localhost", CHUNKED),
    ],
)
def test_a_request_with_two_lengths_is_refused_and_its_connection_closed(
    server: tuple[str, int], lines: tuple[str, ...]
) -> None:
    status, told = answer(server, *lines, body=b"0\r\n\r\n")
    assert status == 400
    assert "Connection: close" in told
    assert "both a Content-Length and a Transfer-Encoding" in told


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"5;" + b"a" * 3000, 400),
        (b"5" * 3000, 400),
        (b"0\r\nX-Odd: " + b"a" * 3000, 400),
        (b"fffffffff\r\n", 413),
        (b"200000\r\n", 413),
        (b"5\r\nabcde\r\nfffffffff0\r\n", 413),
    ],
)
def test_a_chunk_that_never_begins_or_ends_is_refused_at_once(
    server: tuple[str, int], body: bytes, status: int
) -> None:
    given, told = answer(server, *post(UPDATE, CHUNKED), body=body)
    assert given == status
    assert "This request" in told
