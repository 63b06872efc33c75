"""Reads objects of a bucket: whole ranges, in parallel, or an error that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, Protocol

import obstore
from obstore.exceptions import BaseError
from obstore.store import HTTPStore, S3Store

from data_layer.errors import ObjectChanged, ObjectMissing, RemoteUnreachable
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.reasons import told
from data_layer.settings import BUCKET_PATTERN

CONNECTIONS = 16
"""Four connections fill a line of 100 MB/s; sixteen serve many small ranges too."""
WHOLE_ANSWER = timedelta(minutes=15)
"""A slow line may take long for a part; a server that is silent is given up sooner."""
CHUNK = 2**20  # bytes

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long (s) a server may be silent, and how often a request is tried again."""

    connect: float = 5.0
    request: float = 30.0
    retries: int = 4
    give_up_after: float = 60.0


class Reader(Protocol):
    """What reads ranges of objects; each raises a ``RemoteError`` where it cannot."""

    bucket: Bucket

    def size(self, wanted: StoredObject) -> int:
        """The size of an object in bytes."""

    def state(self, wanted: StoredObject) -> str:
        """A text that changes with the object."""

    def forget(self, wanted: StoredObject) -> None:
        """Take the object as it is now, though another was seen before."""

    def read(self, wanted: StoredObject, span: Range) -> memoryview:
        """The bytes of one range."""

    def each(self, do: Callable[[Range], None], spans: Sequence[Range]) -> None:
        """Call ``do`` for every range, in parallel."""


class BucketClient:
    """Reads the objects of a bucket. Thread-safe.

    Failed requests and broken answers are tried again with growing pauses. Every answer is
    compared with the range that was asked for, and with the object as it was first seen.

    Raises:
        RemoteUnreachable: no answer, or none of use, after all tries.
        RemoteRefused: the server does not allow it.
        ObjectMissing: there is no such object or version.
        ObjectChanged: the object is no longer that which was first read.
    """

    def __init__(self, bucket: Bucket, patience: Patience | None = None) -> None:
        self.bucket, self.patience = bucket, patience or Patience()
        self._seen: dict[StoredObject, tuple[int, str | None]] = {}

    @cached_property
    def _store(self) -> S3Store | HTTPStore:
        asked = self._how_it_is_asked(self.bucket.endpoint or self.bucket.name)
        if self.bucket.protocol == "http":
            return HTTPStore(self.bucket.name, **asked)
        if not re.fullmatch(BUCKET_PATTERN, self.bucket.name):  # the client would not survive it
            raise ValueError("it is no name of a bucket")
        where: dict[str, Any] = {"region": self.bucket.region}
        if self.bucket.endpoint:
            where["endpoint"] = self.bucket.endpoint
        return S3Store(
            self.bucket.name,
            **where,
            skip_signature=True,
            virtual_hosted_style_request=not self.bucket.endpoint,
            **asked,
        )

    def _how_it_is_asked(self, url: str) -> dict[str, Any]:
        patience = self.patience
        return {
            "client_options": {
                "allow_http": url.startswith("http:"),
                "connect_timeout": timedelta(seconds=patience.connect),
                "read_timeout": timedelta(seconds=patience.request),
                "timeout": WHOLE_ANSWER,
            },
            "retry_config": {
                "max_retries": patience.retries,
                "retry_timeout": timedelta(seconds=patience.give_up_after),
            },
        }

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(CONNECTIONS // 2, thread_name_prefix="ranges")

    @cached_property
    def _many(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="many-ranges")

    def size(self, wanted: StoredObject) -> int:
        """The size of an object in bytes; one request where nothing of it has been read yet."""
        return self._known(wanted)[0]

    def state(self, wanted: StoredObject) -> str:
        """A text that changes with the object, for one without version: its size and etag."""
        size, e_tag = self._known(wanted)
        return f"{size}-{e_tag or ''}"

    def _known(self, wanted: StoredObject) -> tuple[int, str | None]:
        found = self._seen.get(wanted)
        if found is None:
            with self._own_errors(wanted.key):
                result = obstore.get(self._store, wanted.key, options=_options(wanted, head=True))
                found = self._require_same(wanted, result.meta)
        return found

    def forget(self, wanted: StoredObject) -> None:
        """Take the object as it is now, though another was seen before."""
        self._seen.pop(wanted, None)

    def read(self, wanted: StoredObject, span: Range) -> memoryview:
        """The bytes from ``span[0]`` up to, but not including, ``span[1]``."""
        with self._own_errors(wanted.key):
            result = obstore.get(self._store, wanted.key, options=_options(wanted, range=span))
            self._require_same(wanted, result.meta)
            content = memoryview(result.bytes())
        self._require_whole(wanted, len(content), span)
        return content

    def chunks(self, wanted: StoredObject, span: Range) -> Iterator[memoryview]:
        """The bytes of a range as they arrive, in chunks of about a MiB.

        Breaks off with an error where the answer does.
        """
        with self._own_errors(wanted.key):
            result = obstore.get(self._store, wanted.key, options=_options(wanted, range=span))
            self._require_same(wanted, result.meta)
            arrived = 0
            for chunk in result.stream(min_chunk_size=CHUNK):
                arrived += len(chunk)
                yield memoryview(chunk)
        self._require_whole(wanted, arrived, span)

    def whole(self, wanted: StoredObject) -> bytes:
        """A small object in one request."""
        with self._own_errors(wanted.key):
            result = obstore.get(self._store, wanted.key, options=_options(wanted))
            self._require_same(wanted, result.meta)
            return bytes(memoryview(result.bytes()))

    def each(self, do: Callable[[Range], None], spans: Sequence[Range]) -> None:
        """Call ``do`` for every range, in parallel; raises the first error once all have ended.

        Many ranges have connections of their own, so that few need not wait for them.
        """
        pool = self._pool if len(spans) <= CONNECTIONS // 2 else self._many
        running = [pool.submit(do, span) for span in spans]
        wait(running)
        for one in running:
            one.result()

    def keys(self, prefix: str) -> list[str]:
        """The keys of all objects that begin with ``prefix``, a folder's name."""
        return list(self.sizes(prefix))

    def sizes(self, prefix: str) -> dict[str, int]:
        """The sizes in bytes of all objects in the folder ``prefix`` and below, by their keys."""
        with self._own_errors(prefix):
            pages = obstore.list(self._store, prefix)
            return {one["path"]: one["size"] for page in pages for one in page}

    def _require_same(self, wanted: StoredObject, meta: Any) -> tuple[int, str | None]:
        now = int(meta["size"]), meta["e_tag"]
        if self._seen.setdefault(wanted, now) != now:
            raise ObjectChanged(str(self.bucket), wanted.key)
        if wanted.version_id and meta["version"] not in (None, wanted.version_id):
            raise ObjectChanged(str(self.bucket), wanted.key)
        return now

    def _require_whole(self, wanted: StoredObject, arrived: int, span: Range) -> None:
        if arrived != span[1] - span[0]:
            problem = f"it sent {arrived:,} of {span[1] - span[0]:,} bytes of {wanted.key}"
            raise RemoteUnreachable(str(self.bucket), problem)

    @contextmanager
    def _own_errors(self, key: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise ObjectMissing(str(self.bucket), key) from error
        except (BaseError, OSError, ValueError) as error:  # the last: of a URL that is none
            raise told(str(self.bucket), key, str(error)) from error


def _options(wanted: StoredObject, **options: Any) -> Any:
    return options | ({"version": wanted.version_id} if wanted.version_id else {})
