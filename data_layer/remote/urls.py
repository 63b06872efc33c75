"""Objects by their URLs: ``s3://``, ``https://`` and whatever else fsspec reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import fsspec
from fsspec.core import url_to_fs

from data_layer.errors import ObjectChanged, ObjectMissing, RemoteUnreachable
from data_layer.remote.bucket import REGION, Bucket, Protocol, StoredObject
from data_layer.remote.client import BucketClient, Range, Reader

SIGNS = ("ETag", "etag", "mtime", "LastModified", "updated", "created")
"""Where the file systems of fsspec tell that an object has changed."""


def is_url(text: str) -> bool:
    """Whether a text is a URL of a protocol that is known; ``C:/file`` is none."""
    protocol, found, _ = text.partition("://")
    return bool(found) and protocol.partition("::")[0] in fsspec.available_protocols()


def place_of(url: str, endpoint: str = "", region: str = "") -> tuple[Bucket, StoredObject]:
    """The bucket or folder of a URL, and the object in it.

    A ``versionId`` in the query of an ``s3://`` URL names the version. The query of a web address
    is sent with every request.

    Raises:
        RemoteUnreachable: It is no URL, such as one with a broken address of a host.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise RemoteUnreachable(url, str(error)) from error
    if parts.scheme == "s3":
        bucket = Bucket(parts.netloc, endpoint, region or REGION)
        version = parts.query.removeprefix("versionId=") if parts.query else ""
        return bucket, StoredObject(unquote(parts.path.lstrip("/")), version)
    if parts.scheme in {"http", "https"}:
        folder, _, name = parts.path.rpartition("/")
        base = parts._replace(path=folder, fragment="").geturl()
        return Bucket(base, protocol="http"), StoredObject(unquote(name))
    folder, _, name = url.rpartition("/")
    return Bucket(folder, protocol="fsspec"), StoredObject(name)


@lru_cache(maxsize=16)
def client_of(bucket: Bucket) -> Reader:
    """The one client of this process for a bucket."""
    kinds: dict[Protocol, Callable[[Bucket], Reader]] = {
        "s3": BucketClient,
        "http": BucketClient,
        "fsspec": FsspecClient,
        "file": FileClient,
    }
    return kinds[bucket.protocol](bucket)


class FsspecClient:
    """Reads ranges through fsspec, one object at a time. See :class:`BucketClient`."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self._seen: dict[StoredObject, tuple[int, str]] = {}

    @cached_property
    def _root(self) -> tuple[Any, str]:
        files, root = url_to_fs(self.bucket.name)
        return files, root

    def size(self, wanted: StoredObject) -> int:
        """The size of an object in bytes."""
        return self._known(wanted)[0]

    def state(self, wanted: StoredObject) -> str:
        """A text that changes with the object: its size, and what its store tells of its age."""
        size, sign = self._known(wanted)
        return f"{size}-{sign}"

    def forget(self, wanted: StoredObject) -> None:
        """Take the object as it is now, though another was seen before."""
        self._seen.pop(wanted, None)

    def read(self, wanted: StoredObject, span: Range) -> memoryview:
        """The bytes from ``span[0]`` up to, but not including, ``span[1]``."""
        with self._own_errors(wanted.key):
            files, root = self._root
            content = files.cat_file(f"{root}/{self._key(wanted)}", *span)
        if len(content) != span[1] - span[0]:
            raise ObjectChanged(str(self.bucket), wanted.key)
        return memoryview(content)

    def each(self, do: Callable[[Range], None], spans: Sequence[Range]) -> None:
        """Call ``do`` for every range, one after the other: not every file system is parallel."""
        for span in spans:
            do(span)

    def _key(self, wanted: StoredObject) -> str:
        return wanted.key

    def _known(self, wanted: StoredObject) -> tuple[int, str]:
        return self._seen.get(wanted) or self._seen.setdefault(wanted, self._now(wanted))

    def _now(self, wanted: StoredObject) -> tuple[int, str]:
        with self._own_errors(wanted.key):
            files, root = self._root
            facts = files.info(f"{root}/{self._key(wanted)}")
        sign = next((str(facts[name]) for name in SIGNS if facts.get(name)), "")
        return int(facts["size"] or 0), sign

    @contextmanager
    def _own_errors(self, key: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise ObjectMissing(str(self.bucket), key) from error
        except (OSError, ValueError, ImportError) as error:
            problem = str(error).splitlines() or [type(error).__name__]
            raise RemoteUnreachable(str(self.bucket), problem[0]) from error


class FileClient(FsspecClient):
    """Reads an object from its whole file on this machine."""

    @cached_property
    def _root(self) -> tuple[Any, str]:
        return fsspec.filesystem("file"), str(Path(self.bucket.name).parent)

    def _key(self, wanted: StoredObject) -> str:
        return Path(self.bucket.name).name
