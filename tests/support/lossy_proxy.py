"""A small HTTP proxy on loopback that loses, delays, breaks and replaces answers on demand."""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RESET = struct.pack("ii", 1, 0)  # linger for 0 s: closing the socket resets the connection
HOP_BY_HOP = {"connection", "transfer-encoding", "keep-alive", "content-length"}
ALWAYS = 10**9


@dataclass
class Fault:
    """What happens to the next ``times`` requests whose path, query or body match ``pattern``.

    ``how``: ``reset`` the connection, ``close`` it without an answer, ``cut`` the answer in the
    middle, ``silent`` for ``seconds`` and then close, ``slow`` by ``seconds``, or the status of
    another answer with ``body``. ``hits`` counts the requests that it met. Browsers ask again by
    themselves after a reset of a connection that was used before.
    """

    pattern: str
    how: str | int
    times: int = 1
    seconds: float = 0.0
    body: bytes = b"planted"
    type: str = "text/plain"
    hits: int = 0

    def takes(self, asked: str) -> bool:
        return self.hits < self.times and re.search(self.pattern, asked) is not None


@dataclass
class Proxy:
    """Passes requests on to ``upstream``; ``seen`` has the path and body of each."""

    upstream: str
    url: str = ""
    faults: list[Fault] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def plant(self, pattern: str, how: str | int, times: int = 1, **more: Any) -> Fault:
        """Let ``how`` happen to the next requests that match (see ``Fault``)."""
        fault = Fault(pattern, how, times, **more)
        self.faults.append(fault)
        return fault

    def fault_of(self, asked: str) -> Fault | None:
        with self.lock:
            self.seen.append(asked)
            fault = next((fault for fault in self.faults if fault.takes(asked)), None)
            if fault:
                fault.hits += 1
            return fault

    def asked(self, pattern: str) -> int:
        """How many requests matched so far."""
        return sum(1 for asked in self.seen if re.search(pattern, asked))


@contextmanager
def lossy_proxy(upstream: str) -> Iterator[Proxy]:
    """A proxy in front of the server at ``upstream``; all passes until faults are planted."""
    proxy = Proxy(upstream)
    server = _Server(("127.0.0.1", 0), _handler(proxy))
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Broken connections are what this proxy is for."""


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

        def do_GET(self) -> None:
            _serve(self, proxy)

        def do_POST(self) -> None:
            _serve(self, proxy)

    return Handler


def _serve(handler: BaseHTTPRequestHandler, proxy: Proxy) -> None:
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    fault = proxy.fault_of(f"{handler.path} {body.decode(errors='replace')}")
    if fault and isinstance(fault.how, int):
        return answer(handler, fault.how, [("Content-Type", fault.type)], fault.body)
    if fault and fault.how in ("silent", "slow"):
        time.sleep(fault.seconds)
    if fault and fault.how in ("reset", "close", "silent"):
        return _hang_up(handler, reset=fault.how == "reset")
    try:
        status, headers, content = passed_on(handler, proxy.upstream + handler.path, body)
    except (OSError, HTTPException):
        return _hang_up(handler, reset=True)
    return answer(handler, status, headers, content, cut=bool(fault and fault.how == "cut"))


def passed_on(
    handler: BaseHTTPRequestHandler, url: str, body: bytes
) -> tuple[int, list[tuple[str, str]], bytes]:
    """The status, headers and content of a request that is sent on to ``url``."""
    _, _, host, path = url.split("/", 3)
    connection = HTTPConnection(host, timeout=120)
    connection.request(handler.command, f"/{path}", body or None, dict(handler.headers))
    given = connection.getresponse()
    content = given.read()
    connection.close()
    kept = [(k, v) for k, v in given.getheaders() if k.lower() not in HOP_BY_HOP]
    return given.status, kept, content


def answer(
    handler: BaseHTTPRequestHandler,
    status: int,
    headers: list[tuple[str, str]],
    content: bytes,
    *,
    cut: bool = False,
) -> None:
    """Send an answer; with ``cut`` its first half."""
    with suppress(OSError):
        handler.send_response(status)
        for name, value in headers:
            handler.send_header(name, value)
        if status not in (204, 304):
            handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(content) // 2] if cut else content)
        handler.wfile.flush()
        if cut:
            _hang_up(handler, reset=False)


def _hang_up(handler: BaseHTTPRequestHandler, *, reset: bool) -> None:
    handler.close_connection = True
    with suppress(OSError):
        if reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        else:
            handler.connection.shutdown(socket.SHUT_RDWR)
        handler.connection.close()
