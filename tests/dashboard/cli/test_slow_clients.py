"""Clients that send or read too slowly stop nobody else, and are closed after a limit."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import urlopen

import pytest
from flask import Flask, Response

from dashboard.cli.listening import listen
from dashboard.cli.local_server import look_once, patient_server
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from tests.support.running import vbdash

pytestmark = pytest.mark.fault

N_SLOW, N_ASKED = 40, 10
ANSWERED_WITHIN = 1.0  # s
IDLE, WHOLE = 3, 4  # s
HOST = b"Host: localhost\r\n"
POST = b"POST /_dash-update-component HTTP/1.1\r\n" + HOST
BEGINNINGS = {
    "nothing": b"",
    "part of a line": b"GET / HT",
    "part of the headers": b"GET / HTTP/1.1\r\n" + HOST + b"X-Slow: ",
    "part of the body": POST + b"Content-Length: 1000\r\n\r\n{",
    "part of a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n3e8\r\n{",
}


@pytest.fixture(scope="module")
def address(small_release: Path) -> Iterator[tuple[str, int]]:
    """Where a server with short limits listens."""
    limits = {"IDLE_SECONDS": IDLE, "REQUEST_SECONDS": WHOLE, "ANSWER_BUFFER": 1}
    environment = os.environ | {f"VBDASH_{name}": str(value) for name, value in limits.items()}
    with vbdash("serve", "--cache-dir", small_release, environment=environment) as server:
        url = urlparse(server.url)
        assert url.hostname is not None
        assert url.port is not None
        yield url.hostname, url.port


def seconds_for(address: tuple[str, int], path: str) -> float:
    began = time.monotonic()
    with urlopen(f"http://{address[0]}:{address[1]}{path}", timeout=60) as answer:
        answer.read()
    return time.monotonic() - began


def connected(holding: ExitStack, address: tuple[str, int], said: bytes) -> socket.socket:
    client = holding.enter_context(socket.create_connection(address, timeout=60))
    client.sendall(said)
    return client


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_clients_that_do_not_finish_their_request_stop_nobody_and_are_closed(
    beginning: str, address: tuple[str, int]
) -> None:
    with ExitStack() as holding:
        slow = [connected(holding, address, BEGINNINGS[beginning]) for _ in range(N_SLOW)]
        assert max(seconds_for(address, "/health") for _ in range(N_ASKED)) < ANSWERED_WITHIN
        assert seconds_for(address, "/") < ANSWERED_WITHIN
        assert {client.recv(1) for client in slow} == {b""}


def test_csv_files_that_nobody_reads_stop_no_page(
    address: tuple[str, int], small_cache: VisualBehaviorOphysProjectCache
) -> None:
    id_ = min(small_cache.available("experiment"))
    path = f"/data/experiment/{id_}/eye_tracking.csv"
    ask = f"GET {path} HTTP/1.1\r\n".encode() + HOST + b"\r\n"
    with ExitStack() as holding:
        for _ in range(N_SLOW):
            connected(holding, address, ask)
        assert max(seconds_for(address, "/health") for _ in range(N_ASKED)) < ANSWERED_WITHIN
        assert seconds_for(address, "/") < ANSWERED_WITHIN


def test_a_request_that_arrives_byte_by_byte_for_ever_is_closed(address: tuple[str, int]) -> None:
    with ExitStack() as holding:
        client = connected(holding, address, BEGINNINGS["part of the headers"])
        client.settimeout(0.2)
        began = time.monotonic()
        while is_open(client):
            assert time.monotonic() - began < 10 * WHOLE


def is_open(client: socket.socket) -> bool:
    """Send one more byte and see whether the server has closed the connection."""
    try:
        client.sendall(b"x")
        return client.recv(1) != b""
    except TimeoutError:
        return True
    except ConnectionError:
        return False


class Endless:
    """A server whose ``/big`` never ends, run in a thread, and how many answers of it are open."""

    def __init__(self) -> None:
        self.n_open, self.ended = 0, threading.Event()
        flask = Flask("endless")
        flask.add_url_rule("/big", "big", lambda: Response(self.big()))
        flask.add_url_rule("/health", "health", lambda: "well")
        flask.add_url_rule("/page", "page", lambda: "a page")
        self.listener = listen("127.0.0.1", 0)
        self.address = self.listener.getsockname()
        limits: dict[str, Any] = {"idle_seconds": IDLE, "answer_buffer": 1}
        self.server = patient_server(flask, self.listener, Settings(**limits))
        self.thread = threading.Thread(target=self.run)

    def big(self) -> Iterable[bytes]:
        self.n_open += 1
        try:
            while True:
                yield b"x" * 2**16
        finally:
            self.n_open -= 1

    def run(self) -> None:
        while not self.ended.is_set():
            look_once(self.server)

    def __enter__(self) -> Endless:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        self.server.pull_trigger()
        self.thread.join()
        self.listener.close()


def test_downloads_that_nobody_reads_keep_the_quick_answers_and_are_closed() -> None:
    with Endless() as endless, ExitStack() as holding:
        ask = b"GET /big HTTP/1.1\r\n" + HOST + b"\r\n"
        slow = [connected(holding, endless.address, ask) for _ in range(N_SLOW)]
        assert max(seconds_for(endless.address, "/health") for _ in range(N_ASKED)) < 1
        assert seconds_for(endless.address, "/page") < 10 * IDLE  # once threads are free again
        for client in slow:
            client.close()
        assert until(lambda: endless.n_open == 0, seconds=5 * IDLE)


def test_a_download_that_is_left_unread_is_closed() -> None:
    with Endless() as endless, ExitStack() as holding:
        connected(holding, endless.address, b"GET /big HTTP/1.1\r\n" + HOST + b"\r\n")
        assert until(lambda: endless.n_open == 1, seconds=10)
        assert until(lambda: endless.n_open == 0, seconds=5 * IDLE)


def until(true: Any, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False
