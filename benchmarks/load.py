"""Simulates users who zoom at a fixed rate, each over a separate connection."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlparse
from urllib.request import urlopen

from benchmarks.callbacks import UPDATE, zoom_body
from benchmarks.memory import resident_memory

PATIENCE = 30  # s
HEADERS = {"Content-Type": "application/json"}


@dataclass
class Load:
    """The latencies (s) and errors of users, and the server's memory as (time in s, MB)."""

    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)


def run_load(
    url: str, server: int, task: dict[str, Any], *, n_users: int, every: float, seconds: float
) -> Load:
    """Let ``n_users`` zoom once ``every`` seconds, and record the memory of the server."""
    with urlopen(f"{url}/_dash-dependencies") as answer:
        dependencies = json.load(answer)
    windows = [window for spans in zip(*task["windows"].values(), strict=True) for window in spans]
    random.Random(0).shuffle(windows)
    bodies = [zoom_body(dependencies, task, window) for window in windows]
    load = Load()
    with closing(_connection(url)) as connection:
        _ask(connection, bodies[0])
    began = time.monotonic()
    users = [
        threading.Thread(
            target=_zoom,
            args=(url, bodies[i::n_users], load),
            kwargs={
                "start": began + i * every / n_users,
                "every": every,
                "stop": began + seconds,
            },
        )
        for i in range(n_users)
    ]
    for user in users:
        user.start()
    while any(user.is_alive() for user in users):
        load.memory.append((time.monotonic() - began, resident_memory(server)))
        time.sleep(0.5)
    return load


def _zoom(
    url: str, bodies: Sequence[str], load: Load, *, start: float, every: float, stop: float
) -> None:
    with closing(_connection(url)) as connection:
        for number, body in enumerate(bodies):
            at = start + number * every
            if at > stop:
                break
            time.sleep(max(at - time.monotonic(), 0))
            try:
                _ask(connection, body)
                # From the planned time, so that waiting for the previous answer counts.
                load.latencies.append(time.monotonic() - at)
            except (OSError, http.client.HTTPException, ValueError) as error:
                load.errors.append(f"{type(error).__name__}: {error}")
                connection.close()


def _connection(url: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlparse(url).netloc, timeout=PATIENCE)


def _ask(connection: http.client.HTTPConnection, body: str) -> None:
    status, data = _answer(connection, body)
    if status != 200 or b'"data-state":"error"' in data:
        raise ValueError(f"status {status}: {data[:200]!r}")


def _answer(connection: http.client.HTTPConnection, body: str) -> tuple[int, bytes]:
    """Status and content; a connection that the server has closed is opened again.

    Servers close idle connections, sometimes just when they are used again; browsers retry too.
    """
    is_reused = connection.sock is not None
    try:
        return _exchange(connection, body)
    except ConnectionError:
        if not is_reused:
            raise
        connection.close()
        return _exchange(connection, body)


def _exchange(connection: http.client.HTTPConnection, body: str) -> tuple[int, bytes]:
    connection.request("POST", UPDATE, body, HEADERS)
    answer = connection.getresponse()
    return answer.status, answer.read()
