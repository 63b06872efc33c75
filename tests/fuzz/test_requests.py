"""Hostile requests end in an answer or in words of ours, never in an error of 5xx."""

from __future__ import annotations

import http.client
import socket
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.outcomes import Outcomes
from tests.fuzz.raw_requests import RAW, raw_requests
from tests.fuzz.request_answers import Answer, Judge
from tests.fuzz.requests import run
from tests.support.running import vbdash

pytestmark = pytest.mark.fault

CASES, SEED = 2000, 20260725
OVER_SOCKETS = 300
NOT_SPOKEN = (b"501", b"505")  # a transfer coding or version of HTTP that the server does not know


def ended_well(outcomes: Outcomes, judge: Judge) -> None:
    assert not judge.bad, "\n\n".join(judge.bad[:3])
    assert not outcomes.bad


def test_hostile_requests_are_answered_or_refused_in_words(small_release: Path) -> None:
    judge = Judge()
    outcomes = run(CASES, SEED, release=small_release, judge=judge)
    ended_well(outcomes, judge)
    assert outcomes.total() == CASES
    assert outcomes["right"] > CASES / 10
    assert outcomes["told"] > CASES / 10


def test_equal_seeds_send_equal_requests(small_release: Path) -> None:
    assert run(100, 1, release=small_release) == run(100, 1, release=small_release)


def test_hostile_bytes_over_a_socket_are_answered_or_refused(
    small_release: Path, tmp_path: Path
) -> None:
    arguments = "serve", "--cache-dir", small_release, "--work-dir", tmp_path, "--prepare", "0"
    with vbdash(*arguments) as server:
        address = server.url.removeprefix("http://").strip("/").split(":")
        host, port = address[0], int(address[1])
        requests = [*RAW, *raw_requests(Random(SEED), OVER_SOCKETS - len(RAW))]
        outcomes, judge = Outcomes(), Judge()
        for request in requests:
            outcomes[judge.outcome(repr(request[:500]), exchange(host, port, request))] += 1
        ended_well(outcomes, judge)
        assert "Traceback" not in server.printed
        with closing(http.client.HTTPConnection(host, port, timeout=5)) as connection:
            connection.request("GET", "/health")
            assert connection.getresponse().read()


def exchange(host: str, port: int, request: bytes) -> Answer:
    """Send bytes and read what comes back; a connection that the server ends counts as refused."""
    begin, received = time.perf_counter(), b""
    try:
        with socket.create_connection((host, port), timeout=6) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                received += part
    except TimeoutError:
        return Answer(200, "", 60.0)
    except OSError:
        pass  # the server has had enough before all was sent
    seconds = time.perf_counter() - begin
    head, _, body = received.partition(b"\r\n\r\n")
    status = head.split()[1:2]
    if not status:
        return Answer(400, "The server ended the connection.", seconds)
    text = body.decode("utf-8", "replace") or head.decode("latin-1")
    code = 400 if status[0] in NOT_SPOKEN else int(status[0])
    return Answer(code, text.replace("<html", "<HTML"), seconds)
