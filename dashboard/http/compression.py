"""Answers in brotli or gzip, static files compressed once and kept by browsers."""

from __future__ import annotations

from threading import Lock

from cachetools import LRUCache
from flask import Flask, Request, Response, request
from flask_compress import Compress

STATIC = ("/assets/", "/_dash-component-suites/")
KEPT = 48 * 2**20  # bytes of compressed static files in memory; there are about 3 MB
YEAR = 365 * 24 * 3600  # s
SETTINGS = {
    "COMPRESS_REGISTER": False,
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 5,  # 1 MB of a figure in about 25 ms; higher levels gain few per cent
    "COMPRESS_STREAMS": False,  # what is streamed is made while it is sent
    "COMPRESS_MIN_SIZE": 1000,
}


class _Kept:
    """The compressed static files by algorithm and address."""

    def __init__(self) -> None:
        self._files: LRUCache[str, bytes] = LRUCache(KEPT, getsizeof=len)
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            return self._files.get(key)

    def set(self, key: str, value: bytes) -> None:
        with self._lock:
            self._files[key] = value


def register(server: Flask) -> None:
    """Compress the answers of a server. Must be registered first, so that it comes last."""
    server.config.update(SETTINGS)
    static, dynamic = Compress(), Compress()
    static.init_app(server)
    dynamic.init_app(server)
    static.cache, static.cache_key = _Kept(), _address

    @server.after_request
    def compressed(answer: Response) -> Response:
        if answer.status_code != 200 or request.method == "HEAD":  # a part, say
            return answer
        if not request.path.startswith(STATIC):
            return dynamic.after_request(answer)
        _keep(answer)
        _read(answer)
        return static.after_request(answer)


def _address(asked: Request) -> str:
    return asked.full_path


def _read(answer: Response) -> None:
    """Take a file's content into the answer, which is sent from the file otherwise."""
    file = answer.response
    answer.direct_passthrough = False
    answer.set_data(answer.get_data())
    if hasattr(file, "close"):
        file.close()


def _keep(answer: Response) -> None:
    """Let browsers keep a file whose address changes with its content."""
    if request.args.get("m"):
        answer.cache_control.max_age = YEAR
        answer.cache_control.public = answer.cache_control.immutable = True
        answer.cache_control.no_cache = None
