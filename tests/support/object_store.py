"""An object store on loopback for tests: versions, ranges and listings, with faults on demand.

It answers as S3 does for ``GET``, ``HEAD`` and listings, path-style. A test chooses the delay
and the speed of the line and which requests fail, and reads how many requests and bytes it cost.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import SSLContext
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BLOCK = 64 * 1024


@dataclass
class Asked:
    """One request: the object's key, its byte range, its version, and the bytes sent."""

    method: str
    key: str
    start: int = 0
    stop: int = 0
    version: str = ""
    sent: int = 0


@dataclass
class Fault:
    """What happens to a request instead of the right answer.

    ``status`` answers so, with S3's ``code`` of an error; ``cut`` closes the connection after so
    many bytes of the body; ``flip`` changes the byte at this place of the range; ``whole`` ignores
    the range; ``wait`` (s) passes before the first byte; ``shift`` sends the bytes beside those
    asked for.
    """

    status: int = 0
    code: str = "Planted"
    cut: int | None = None
    flip: int | None = None
    whole: bool = False
    wait: float = 0.0
    shift: int = 0
    headers: dict[str, str] = field(default_factory=dict)


Chooser = Callable[[Asked, int], Fault | None]
"""Called with a request and the number of requests so far; returns its fault, if it has one."""


@dataclass
class Objects:
    """The contents of one bucket; every object has one or more versions, the last is current."""

    bucket: str
    versions: dict[str, dict[str, Path | bytes]] = field(default_factory=dict)

    def put(self, key: str, content: Path | bytes, version: str = "1") -> None:
        """Add a version of an object: the bytes, or the file that has them."""
        self.versions.setdefault(key, {})[version] = content

    def find(self, key: str, version: str) -> tuple[str, Path | bytes] | None:
        """The version that is asked for, or the current one; None if there is none."""
        versions = self.versions.get(key, {})
        chosen = version or next(reversed(versions), "")
        return (chosen, versions[chosen]) if chosen in versions else None

    def size(self, key: str) -> int:
        """The size of the current version in bytes."""
        content = next(reversed(self.versions[key].values()))
        return _size(content)


@dataclass
class ObjectStore:
    """A running store: its address, and what has been asked of it."""

    url: str
    objects: Objects
    latency: float = 0.0
    bytes_per_second: float | None = None
    fault: Chooser | None = None
    keys_a_page: int = 1000
    asked: list[Asked] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """The bytes of all bodies sent so far."""
        return sum(one.sent for one in self.asked)

    def forget(self) -> None:
        """Count from zero again."""
        self.asked.clear()


@contextmanager
def object_store(bucket: str, tls: SSLContext | None = None) -> Iterator[ObjectStore]:
    """Run an empty store on a free port of this machine, with ``tls`` over https."""
    store = ObjectStore("", Objects(bucket))
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"store": store}))
    if tls:  # each connection shakes hands in its own thread
        server.socket = tls.wrap_socket(server.socket, True, do_handshake_on_connect=False)
    store.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a client that does not read must not hold up the end of a test
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error of a test."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: ObjectStore

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        time.sleep(self.store.latency)
        parts = urlsplit(self.path)
        given = parse_qs(parts.query, keep_blank_values=True)
        query = {name: values[0] for name, values in given.items()}
        bucket, _, key = unquote(parts.path).removeprefix("/").partition("/")
        start = int((re.findall(r"bytes=(\d+)-", self.headers.get("Range", "")) or [0])[0])
        asked = Asked(self.command, key, start, version=query.get("versionId", ""))
        self.store.asked.append(asked)
        fault = self.store.fault and self.store.fault(asked, len(self.store.asked))
        fault = fault or Fault()
        time.sleep(fault.wait)
        if fault.status:
            error = f"<Error><Code>{fault.code}</Code></Error>"
            self._send(fault.status, error.encode(), fault.headers)
        elif bucket != self.store.objects.bucket:
            self._send(404, b"<Error><Code>NoSuchBucket</Code></Error>")
        elif not key and "list-type" in query:
            self._send(200, self._listing(query))
        elif not key and "versions" in query:
            self._send(200, self._versions(query.get("prefix", "")))
        else:
            self._object(asked, fault)

    def _object(self, asked: Asked, fault: Fault) -> None:
        found = self.store.objects.find(asked.key, asked.version)
        if found is None:
            self._send(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        version, content = found
        size = _size(content)
        span = None if fault.whole else _span(self.headers.get("Range"), size)
        if span and span[0] >= span[1]:
            self._send(416, b"<Error><Code>InvalidRange</Code></Error>")
            return
        asked.start, asked.stop = span or (0, size)
        headers = {"ETag": f'"{version}-{size}"', "x-amz-version-id": version}
        headers |= {"Last-Modified": "Wed, 01 Nov 2023 00:00:00 GMT", "Accept-Ranges": "bytes"}
        if span:
            headers["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{size}"
        self._head(206 if span else 200, asked.stop - asked.start, headers | fault.headers)
        if self.command == "GET":
            self._body(asked, content, fault)

    def _body(self, asked: Asked, content: Path | bytes, fault: Fault) -> None:
        if isinstance(content, Path) and fault == Fault() and not self.store.bytes_per_second:
            with content.open("rb") as file:  # as quick as this machine: clients are measured
                asked.sent = self.connection.sendfile(file, asked.start, asked.stop - asked.start)
            return
        began = time.perf_counter()
        for at in range(asked.start, asked.stop, BLOCK):
            block = _read(content, at + fault.shift, min(at + BLOCK, asked.stop) + fault.shift)
            place = asked.start + (fault.flip if fault.flip is not None else -1)
            if fault.flip is not None and at <= place < at + len(block):
                block = bytearray(block)
                block[place - at] ^= 0xFF
            if fault.cut is not None and asked.sent + len(block) > fault.cut:
                self.wfile.write(block[: fault.cut - asked.sent])
                asked.sent = fault.cut
                self.wfile.flush()
                self.close_connection = True
                return
            self.wfile.write(block)
            asked.sent += len(block)
            if self.store.bytes_per_second:
                due = began + asked.sent / self.store.bytes_per_second
                time.sleep(max(due - time.perf_counter(), 0.0))

    def _listing(self, query: dict[str, str]) -> bytes:
        """One page of ListObjectsV2; the token of the next page is the last key of this one."""
        objects, prefix = self.store.objects, query.get("prefix", "")
        after = query.get("continuation-token", "")
        keys = sorted(key for key in objects.versions if key.startswith(prefix) and key > after)
        shown = keys[: self.store.keys_a_page]
        more = len(keys) > len(shown)
        entries = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{objects.size(key)}</Size>"
            "<LastModified>2023-11-01T00:00:00.000Z</LastModified></Contents>"
            for key in shown
        )
        last = escape(shown[-1]) if more else ""
        token = f"<NextContinuationToken>{last}</NextContinuationToken>" * more
        text = (
            '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>'
            f"<Name>{objects.bucket}</Name><Prefix>{escape(prefix)}</Prefix>"
            f"<KeyCount>{len(shown)}</KeyCount><MaxKeys>{self.store.keys_a_page}</MaxKeys>"
            f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}{entries}</ListBucketResult>"
        )
        return text.encode()

    def _versions(self, prefix: str) -> bytes:
        """ListObjectVersions, of which AllenSDK reads the size."""
        entries = "".join(
            f"<Version><Key>{escape(key)}</Key><VersionId>{escape(version)}</VersionId>"
            f"<Size>{_size(content)}</Size></Version>"
            for key, versions in sorted(self.store.objects.versions.items())
            for version, content in versions.items()
            if key.startswith(prefix)
        )
        text = (
            '<?xml version="1.0" encoding="UTF-8"?><ListVersionsResult>'
            f"<IsTruncated>false</IsTruncated>{entries}</ListVersionsResult>"
        )
        return text.encode()

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self._head(status, len(body), {"Content-Type": "application/xml"} | (headers or {}))
        if self.command == "GET":
            self.wfile.write(body)

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(length)} | headers).items():
            self.send_header(name, value)
        self.end_headers()


def _span(header: str | None, size: int) -> tuple[int, int] | None:
    """The range asked for, empty if it begins after the object's end; None for the whole object."""
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", header or "")
    if not found:
        return None
    if not found[1]:
        return max(size - int(found[2]), 0), size
    return int(found[1]), min(int(found[2]) + 1, size) if found[2] else size


def _size(content: Path | bytes) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def _read(content: Path | bytes, start: int, stop: int) -> bytes | bytearray:
    if isinstance(content, bytes):
        return content[start:stop]
    with content.open("rb") as file:
        file.seek(start)
        return file.read(stop - start)
