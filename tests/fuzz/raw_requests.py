"""Requests as bytes, with what an HTTP client library would not send."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from urllib.parse import quote

from tests.fuzz.odd_values import TEXTS

END = b"Host: localhost\r\nConnection: close\r\n\r\n"
JSON = b"Content-Type: application/json\r\n"
UPDATE = b"POST /_dash-update-component HTTP/1.1\r\n"
RAW = (
    b"GET / HTTP/1.1\r\n" + END,
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + END,
    b"GET /?" + b"q=1&" * 20_000 + b" HTTP/1.1\r\n" + END,
    b"GET /\x00 HTTP/1.1\r\n" + END,
    b"GET /\xff\xfe HTTP/1.1\r\n" + END,
    b"GET //evil.example/x HTTP/1.1\r\n" + END,
    b"GET http://evil.example/health HTTP/1.1\r\n" + END,
    b"GET * HTTP/1.1\r\n" + END,
    b"GET /assets/..%2f..%2fapp.py HTTP/1.1\r\n" + END,
    b"GET /assets/../../etc/passwd HTTP/1.1\r\n" + END,
    b"GET /_dash-component-suites/dash/..%2f..%2f HTTP/1.1\r\n" + END,
    b"GET /health HTTP/9.9\r\n" + END,
    b"GET /health\r\n\r\n",
    b"ODD /health HTTP/1.1\r\n" + END,
    b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"",
    b"GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET /health HTTP/1.1\r\n" + b"X-Odd: 1\r\n" * 500 + END,
    b"GET /health HTTP/1.1\r\nX-Odd: " + b"a" * 100_000 + b"\r\n" + END,
    UPDATE + JSON + b"Content-Length: 5\r\n" + END + b"{",
    UPDATE + JSON + b"Content-Length: -5\r\n" + END,
    UPDATE + JSON + b"Content-Length: 9\r\nContent-Length: 2\r\n" + END + b"{}",
    UPDATE + JSON + b"Content-Length: five\r\n" + END,
    UPDATE + JSON + b"Transfer-Encoding: chunked\r\n" + END + b"zz\r\n",
    UPDATE + JSON + b"Transfer-Encoding: chunked\r\n" + END + b"2\r\n{}\r\n0\r\n\r\n",
    UPDATE + JSON + b"Transfer-Encoding: odd\r\n" + END,
    UPDATE + JSON + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n" + END + b"{}",
    UPDATE + JSON + b"Content-Length: 100000\r\n" + END + b"[" * 100_000,
    UPDATE + b"Content-Type: \xff\r\nContent-Length: 2\r\n" + END + b"{}",
)
PLACES = (
    "/moment/experiment/{}?t=1",
    "/moment/experiment/1?t={}",
    "/data/experiment/{}/licks.csv",
    "/picture/experiment/1/{}.png?width={}",
    "/prepared/{}/1",
    "/tables/{}.json",
    "/annotations.json?subject={}",
    "/_dash-component-suites/{}/{}",
    "/assets/{}",
    "/{}",
)


def raw_requests(random: Random, number: int) -> Iterator[bytes]:
    """Requests for our routes with odd texts, escaped or as they are."""
    for _ in range(number):
        text = random.choice(TEXTS)
        if random.random() < 0.7:
            text = quote(text, safe=random.choice(("", "/.")))
        path = random.choice(PLACES).replace("{}", text).encode("utf-8", "replace")
        if random.random() < 0.1:
            path = bytes(random.choice((byte, random.randrange(256))) for byte in path)
        yield b"GET " + path + b" HTTP/1.1\r\n" + END
