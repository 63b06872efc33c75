"""Answers in brotli or gzip; static files compressed once, and kept by browsers."""

from __future__ import annotations

from flask import Flask, Request, Response, request
from flask_compress import Compress

from dashboard.http.caching import ByteCache
from dashboard.http.page_files.copies import SMALLEST, Copies, Copy
from dashboard.urls.routes import FILE

FILES = FILE.partition("{")[0]
STATIC = (FILES, "/assets/", "/_dash-component-suites/")
YEAR = 365 * 24 * 3600  # s
CODINGS = ("br", "gzip")
SETTINGS = {
    "COMPRESS_REGISTER": False,
    "COMPRESS_ALGORITHM": list(CODINGS),
    "COMPRESS_BR_LEVEL": 5,  # 1 MB of a figure in about 25 ms; higher levels gain few per cent
    "COMPRESS_STREAMS": False,  # what is streamed is made while it is sent
    "COMPRESS_MIN_SIZE": SMALLEST,
}


def register(server: Flask, kept: ByteCache) -> Copies:
    """Compress the answers of a server. Must be registered first, so that it comes last.

    Args:
        server: the Flask application.
        kept: keeps the best copies of static files.
    """
    server.config.update(SETTINGS)
    dynamic, copies = Compress(), Copies(kept)
    dynamic.init_app(server)

    @server.after_request
    def compressed(answer: Response) -> Response:
        is_whole = answer.status_code == 200 and request.method != "HEAD"
        if not is_whole or answer.content_encoding:
            return answer
        if not request.path.startswith(STATIC):
            return dynamic.after_request(answer)
        _read(answer)
        return _kept(copies, answer) if _has_version(request) else dynamic.after_request(answer)

    return copies


def answer_from_memory(server: Flask, copies: Copies) -> None:
    """Answer what is in memory before anything is read. Must be registered after all checks."""

    @server.before_request
    def from_memory() -> Response | None:
        coding = _coding(request)
        if not coding or request.method != "GET" or request.range or not _has_version(request):
            return None
        copy = copies.get(request.full_path, coding)
        return _answer(copy) if copy else None


def _has_version(asked: Request) -> bool:
    """Whether the address of a static file changes with its content."""
    is_static = asked.path.startswith(STATIC)
    return is_static and (asked.path.startswith(FILES) or bool(asked.args.get("m")))


def _coding(asked: Request) -> str:
    """The first of our codings that the browser reads; ``""`` for none."""
    return next((coding for coding in CODINGS if asked.accept_encodings.quality(coding) > 0), "")


def _kept(copies: Copies, answer: Response) -> Response:
    coding, content = _coding(request), answer.get_data()
    if coding and len(content) > SMALLEST:
        copy = copies.make(request.full_path, coding, answer.content_type, content)
        _compress(answer, copy)
    return _keep(answer)


def _answer(copy: Copy) -> Response:
    answer = _compress(Response(content_type=copy.mimetype), copy)
    _keep(answer).make_conditional(request)
    return answer


def _compress(answer: Response, copy: Copy) -> Response:
    answer.set_data(copy.body)
    answer.content_encoding = copy.coding
    answer.set_etag(f"{copy.hash}-{copy.coding}")
    return answer


def _keep(answer: Response) -> Response:
    """Let browsers keep a file without ever asking again."""
    answer.cache_control.max_age = YEAR
    answer.cache_control.public = answer.cache_control.immutable = True
    answer.cache_control.no_cache = None
    answer.vary.add("Accept-Encoding")
    return answer


def _read(answer: Response) -> None:
    """Take a file's content into the answer, which is sent from the file otherwise."""
    file = answer.response
    answer.direct_passthrough = False
    answer.set_data(answer.get_data())
    if hasattr(file, "close"):
        file.close()
