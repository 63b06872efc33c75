"""Bodies and headers beyond the limits are refused with a sentence, chunked bodies too."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlparse

import pytest

from dashboard.urls.routes import ADD_NOTE, IMPORT_NOTES
from tests.support.running import vbdash

pytestmark = pytest.mark.fault

MEGABYTE = 2**20
UPDATE = "/_dash-update-component"
LIMITS = {"VBDASH_BODY_LIMIT": "1", "VBDASH_IMPORT_LIMIT": "3", "VBDASH_HEADER_LIMIT": "16"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def netloc(small_release: Path) -> Iterator[str]:
    environment = os.environ | LIMITS
    with vbdash("serve", "--cache-dir", small_release, environment=environment) as server:
        yield urlparse(server.url).netloc


def post(netloc: str, path: str, size: int, *, chunked: bool) -> tuple[int, str]:
    """Status and text of the answer to a body of ``size`` bytes that is not JSON."""
    with closing(http.client.HTTPConnection(netloc, timeout=60)) as connection:
        body = iter([b"x" * 2**16] * (size // 2**16)) if chunked else b"x" * size
        connection.request("POST", path, body, JSON, encode_chunked=chunked)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [2 * MEGABYTE, 20 * MEGABYTE])
@pytest.mark.parametrize("path", [UPDATE, ADD_NOTE])
def test_a_body_beyond_the_limit_is_refused_with_a_sentence(
    path: str, size: int, chunked: bool, netloc: str
) -> None:
    status, told = post(netloc, path, size, chunked=chunked)
    assert status == 413
    assert "is larger than" in told


@pytest.mark.parametrize("chunked", [False, True])
def test_an_import_of_notes_beyond_its_own_limit_is_refused_with_a_sentence(
    chunked: bool, netloc: str
) -> None:
    assert post(netloc, IMPORT_NOTES, 2 * MEGABYTE, chunked=chunked)[0] == 400  # no notes, but read
    status, told = post(netloc, IMPORT_NOTES, 5 * MEGABYTE, chunked=chunked)
    assert status == 413
    assert "is larger than 3 MiB" in told


def test_headers_beyond_the_limit_are_refused_with_a_sentence(netloc: str) -> None:
    with closing(http.client.HTTPConnection(netloc, timeout=60)) as connection:
        connection.request("GET", "/", headers={"X-Long": "x" * 20_000})
        answer = connection.getresponse()
        assert answer.status == 431
        assert "16,384 bytes" in answer.read().decode()


@pytest.mark.parametrize(
    "lines",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: nine\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"zz\r\nxx\r\n0\r\n\r\n",
    ],
)
def test_a_request_whose_length_or_headers_are_ambiguous_is_refused_once(
    lines: bytes, netloc: str
) -> None:
    hidden = b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
    with closing(http.client.HTTPConnection(netloc, timeout=60)) as connection:
        connection.connect()
        connection.sock.sendall(lines + hidden)
        said = b"".join(iter(lambda: connection.sock.recv(2**16), b""))
    assert said.count(b"HTTP/1.1 ") == 1
    assert said.split()[1] in {b"400", b"501"}
