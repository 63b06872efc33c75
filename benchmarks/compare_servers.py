"""Compares WSGI servers with this application: ``python -m benchmarks.compare_servers CACHE_DIR``.

Servers that are not installed are left out. The numbers in docs/serving.md come from here.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.request import urlopen

from benchmarks.callbacks import UPDATE, body
from benchmarks.memory import resident_memory
from benchmarks.servers import LOOPBACK, free_port, served
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.running import VBDASH

THREADS, CLIENTS, SECONDS = 8, (1, 8, 32), 2.0
N_SLOW, PATIENCE, ASKED = 64, 10.0, 8.0
APP = "dashboard.server:server"
HOST = b"Host: localhost\r\n"
POST = b"POST " + UPDATE.encode() + b" HTTP/1.1\r\n" + HOST
ASSET = "/assets/core/table.css"
JSON = {"Content-Type": "application/json"}
Request = tuple[str, str, str | None]


def commands(port: int, cache_dir: str) -> dict[str, list[str]]:
    """How each server is started on a port."""
    at, threads = f"{LOOPBACK}:{port}", str(THREADS)
    return {
        "vbdash (Waitress)": ["vbdash", "serve", "--cache-dir", cache_dir, "--port", str(port)],
        "gunicorn gthread": ["gunicorn", "--threads", threads, "--bind", at, APP],
        "waitress-serve": ["waitress-serve", "--threads", threads, "--listen", at, APP],
        "granian": [
            *("granian", "--interface", "wsgi", "--blocking-threads", threads),
            *("--host", LOOPBACK, "--port", str(port), APP),
        ],
        "cheroot": ["cheroot", "--bind", at, "--threads", threads, APP],
    }


def requests(url: str, id_: int) -> dict[str, Request]:
    """One request of each kind."""
    with urlopen(f"{url}/_dash-dependencies") as answer:
        dependencies = json.load(answer)
    about = {"address.data": {"kind": "experiment", "id": id_}}
    asked = body(dependencies, "navigator-graph.figure", "address.data", about)
    return {
        "/health": ("GET", "/health", None),
        "asset": ("GET", ASSET, None),
        "callback": ("POST", UPDATE, asked),
    }


def speed(port: int, request: Request, n_clients: int) -> tuple[float, float]:
    """Answers a second, and the 95th percentile of their times (ms)."""
    times: list[float] = []
    until = time.monotonic() + SECONDS

    def ask() -> None:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=60)
        while (began := time.monotonic()) < until:
            connection.request(*request, headers=JSON)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            times.append(time.monotonic() - began)
        connection.close()

    clients = [threading.Thread(target=ask) for _ in range(n_clients)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return len(times) / SECONDS, 1000 * sorted(times)[int(0.95 * len(times))]


def slow_clients(id_: int) -> dict[str, bytes]:
    """What each kind of slow client sends."""
    file = f"GET /data/experiment/{id_}/eye_tracking.csv HTTP/1.1\r\n".encode()
    return {
        "silent": b"",
        "headers": b"GET / HTTP/1.1\r\n" + HOST + b"X-Slow: ",
        "body": POST + b"Content-Length: 1000\r\n\r\n{",
        "unread": file + HOST + b"\r\n",
    }


def worst_health(port: int, said: bytes) -> str:
    """The slowest of the answers of ``/health`` beside 64 slow clients."""
    with ExitStack() as holding:
        for _ in range(N_SLOW):
            client = holding.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.settimeout(PATIENCE)
            with suppress(OSError):
                client.connect((LOOPBACK, port))
                client.sendall(said)
        worst, until = 0.0, time.monotonic() + ASKED
        while time.monotonic() < until and worst < PATIENCE:
            began = time.monotonic()
            with suppress(OSError, http.client.HTTPException):
                urlopen(f"http://{LOOPBACK}:{port}/health", timeout=PATIENCE).read()
            worst = max(worst, time.monotonic() - began)
            time.sleep(0.05)
        return f"> {PATIENCE:g} s" if worst >= PATIENCE else f"{1000 * worst:.0f} ms"


def status_of_chunked_body(port: int) -> str:
    """What a chunked body of 20 MiB is answered."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=60)
    try:
        chunks = iter([b"x" * 2**20] * 20)
        connection.request("POST", UPDATE, chunks, JSON, encode_chunked=True)
        return str(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()


def seconds_to_end(server: int) -> float:
    """How long SIGTERM takes."""
    began = time.monotonic()
    os.kill(server, signal.SIGTERM)
    while time.monotonic() - began < 60 and _is_running(server):
        time.sleep(0.02)
    return time.monotonic() - began


def _is_running(pid: int) -> bool:
    with suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    return False


def measure(port: int, url: str, server: int, id_: int, show: Callable[[str], None]) -> None:
    """Print everything about one running server."""
    for name, request in requests(url, id_).items():
        speed(port, request, 1)
        found = [speed(port, request, n) for n in CLIENTS]
        show(f"{name}: " + ", ".join(f"{rate:.0f}/s p95 {p95:.0f} ms" for rate, p95 in found))
    for name, said in slow_clients(id_).items():
        show(f"64 {name}: worst /health {worst_health(port, said)}")
    show(f"20 MiB chunked: {status_of_chunked_body(port)}")
    show(f"memory {resident_memory(server):.0f} MB")
    show(f"SIGTERM: {seconds_to_end(server):.1f} s")


def main(cache_dir: str) -> None:
    """Measure every server that is installed."""
    cache = VisualBehaviorOphysProjectCache.from_local_cache(Path(cache_dir))
    id_ = min(cache.available("experiment"))
    for name in commands(0, cache_dir):
        port = free_port()
        program, *arguments = commands(port, cache_dir)[name]
        found = shutil.which(program, path=str(VBDASH.parent))
        if found is None:
            print(f"{name}: not installed")
            continue
        with tempfile.TemporaryDirectory() as work_dir:
            environment = {"VBDASH_WORK_DIR": work_dir, "VBDASH_CACHE_DIR": cache_dir}
            environment |= {"VBDASH_PREPARE": "0"}
            with served([found, *arguments], port, environment) as (url, server):
                measure(port, url, server, id_, lambda said: print(f"{name}: {said}", flush=True))  # noqa: B023


if __name__ == "__main__":
    main(sys.argv[1])
