"""Streamed files: paths on this machine that stand for objects in object storage.

A streamed file has a folder of its own with a sparse copy, which has the released name, the map of
what has arrived, and ``object.json``, which says of which object it is. So the rest of the program
passes plain paths; whoever opens one fetches what it lacks.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4
from weakref import WeakValueDictionary

from filelock import FileLock

from data_layer.errors import RemoteError, WrongContent
from data_layer.kept_files import write_json
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.errors import StreamUnreachable
from data_layer.remote.spool import IN_USE, Spool, arrived_in, unused
from data_layer.remote.urls import client_of, place_of
from data_layer.settings import GIGABYTE, Settings

STREAMED, SIDECARS = "streamed", "sidecars"
"""Folders of the work directory."""
OBJECT = "object.json"
GONE = ".gone"


@dataclass(frozen=True, slots=True)
class Origin:
    """Of which object a streamed file is, and where its sidecar may lie.

    Attributes:
        bucket: where the object lies.
        wanted: the object.
        state: its size and etag when it was first seen, where it has no version.
        sidecars: folders or fsspec URLs, the last of which is asked first: it is where a sidecar
            made here is written.
    """

    bucket: Bucket
    wanted: StoredObject
    state: str = ""
    sidecars: tuple[str, ...] = ()

    @property
    def version(self) -> StoredObject:
        """The object with what tells it from an earlier or later one."""
        return (
            self.wanted if self.wanted.version_id else replace(self.wanted, version_id=self.state)
        )

    @property
    def name(self) -> str:
        """A name for what is kept of the object: that of its file and a hash of its version."""
        return f"{Path(self.wanted.key).stem}-{_hash(asdict(self.version))}"


class StreamedFiles:
    """The streamed files of one bucket, in ``folder``.

    Args:
        folder: a folder of this user's.
        bucket: where the objects lie.
        sidecars: folders or fsspec URLs where sidecars may lie; the last, which is asked first,
            can be written.
        limit: how many bytes all streamed files in ``folder`` may take; the least recently used
            go, but none that is open. None sets no limit.
    """

    def __init__(
        self,
        folder: Path,
        bucket: Bucket,
        sidecars: Sequence[str | Path] = (),
        limit: int | None = None,
    ) -> None:
        self.folder, self.bucket, self.limit = folder, bucket, limit
        self.sidecars = tuple(map(str, sidecars))

    def path_of(self, wanted: StoredObject, state: str = "") -> Path:
        """The streamed file of an object; costs no request.

        Raises:
            OSError: The folder cannot be written.
        """
        origin = Origin(self.bucket, wanted, state, self.sidecars)
        path = self.place_of(wanted, state)
        if origin_of(path) != origin:
            self._begin(path, origin)
        return path

    def place_of(self, wanted: StoredObject, state: str = "") -> Path:
        """Where :meth:`path_of` has the streamed file; nothing is written."""
        origin = Origin(self.bucket, wanted, state, self.sidecars)
        # The place counts too: what one store has sent is not taken for the content of another.
        folder = self.folder / f"{origin.name}-{_hash(asdict(self.bucket))}"
        return folder / Path(wanted.key).name

    def path_of_url(self, url: str) -> Path:
        """The streamed file of the object that a URL names; its state costs one request.

        Raises:
            RemoteError: It cannot be asked for.
            OSError: The folder cannot be written.
        """
        bucket, wanted = place_of(url, self.bucket.endpoint, self.bucket.region)
        state = "" if wanted.version_id else client_of(bucket).state(wanted)
        return StreamedFiles(self.folder, bucket, self.sidecars, self.limit).path_of(wanted, state)

    def make_room(self) -> None:
        """Remove the least recently used files until the rest fits; none that is open."""
        if self.limit is None or not self.folder.is_dir():
            return
        with FileLock(self.folder / ".room.lock"):
            for remains in self.folder.glob(f".*{GONE}"):
                shutil.rmtree(remains, ignore_errors=True)
            sizes = {folder: _size(folder) for folder in self._folders()}
            total = sum(sizes.values())
            for folder in sorted(sizes, key=_last_used):
                if total > self.limit and _remove(folder):
                    total -= sizes[folder]

    def _begin(self, path: Path, origin: Origin) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        write_json(path.with_name(OBJECT), _facts(origin))
        self.make_room()

    def _folders(self) -> Iterator[Path]:
        return (one.parent for one in self.folder.glob(f"[!.]*/{OBJECT}"))


def streamed_files(settings: Settings, bucket: Bucket | None = None) -> StreamedFiles:
    """The streamed files of a bucket in the work directory, by default of the release's."""
    own = str(settings.work_dir / SIDECARS)
    return StreamedFiles(
        settings.work_dir / STREAMED,
        bucket or Bucket(settings.bucket, settings.s3_endpoint.rstrip("/"), settings.region),
        [settings.sidecars, own] if settings.sidecars else [own],
        settings.stream_limit * GIGABYTE,
    )


def is_streamed(path: Path) -> bool:
    """Whether a path stands for an object in object storage."""
    return path.with_name(OBJECT).is_file()


def origin_of(path: Path) -> Origin | None:
    """Of which object a streamed file is; None for any other file."""
    try:
        state = path.with_name(OBJECT).stat()
    except OSError:
        return None
    return _read(path, (state.st_mtime_ns, state.st_ino))


@lru_cache(maxsize=1024)
def _read(path: Path, changed: tuple[int, int]) -> Origin | None:
    del changed  # of the key only
    with suppress(OSError, ValueError, TypeError, KeyError):
        facts: dict[str, Any] = json.loads(path.with_name(OBJECT).read_bytes())
        bucket, wanted = Bucket(**facts["bucket"]), StoredObject(**facts["object"])
        if path.name == Path(wanted.key).name:
            return Origin(bucket, wanted, str(facts["state"]), tuple(facts["sidecars"]))
    return None


def arrived_of(path: Path) -> tuple[int, int]:
    """How many bytes of a streamed file have arrived, and its size, 0 while it is not known."""
    try:
        size = path.stat().st_size
    except OSError:
        return 0, 0
    return arrived_in(path, size), size


def arrived_of_all(paths: Iterable[Path]) -> tuple[int, int]:
    """:func:`arrived_of` of those that are streamed, together."""
    found = [arrived_of(path) for path in set(paths) if is_streamed(path)]
    return sum(arrived for arrived, _ in found), sum(size for _, size in found)


def is_whole(path: Path) -> bool:
    """Whether a file has all of its bytes; only a streamed file may lack some."""
    arrived, size = arrived_of(path) if is_streamed(path) else (1, 1)
    return arrived == size > 0


def require_content(path: Path, content_hash: str) -> None:
    """Drop the copy of a streamed file unless its whole content has the hash that it should have.

    Raises:
        StreamUnreachable: It had another.
        OSError: The copy cannot be written.
    """
    origin = origin_of(path)
    if origin and origin.wanted.file_hash not in ("", content_hash):
        spool_of(path).begin_anew()
        reason = WrongContent(str(origin.bucket), origin.wanted.key)
        raise StreamUnreachable(path, reason)


_spools: WeakValueDictionary[Path, Spool] = WeakValueDictionary()
_guard = Lock()


def spool_of(path: Path, size: int | None = None) -> Spool:
    """The one spool of a streamed file in this process.

    Args:
        path: the streamed file.
        size: the object's, if it is known; else it costs a request where none was made before.

    Raises:
        StreamUnreachable: The size cannot be asked for.
        OSError: The copy cannot be written.
    """
    origin = origin_of(path)
    if origin is None:
        raise FileNotFoundError(path)
    client = client_of(origin.bucket)
    with _guard:
        found = _spools.get(path)
        if found and found.is_current:
            return found
    try:
        size = size or path.stat().st_size or client.size(origin.wanted)
    except RemoteError as error:
        raise StreamUnreachable(path, error) from error
    with _guard:
        other = _spools.get(path)
        spool = other if other and other.is_current else None
        spool = spool or Spool(client, origin.wanted, size, path, origin.state)
        _spools[path] = spool
    os.utime(path.with_name(IN_USE))
    return spool


def _facts(origin: Origin) -> dict[str, Any]:
    return {
        "bucket": asdict(origin.bucket),
        "object": asdict(origin.wanted),
        "state": origin.state,
        "sidecars": list(origin.sidecars),
    }


def _hash(*facts: object) -> str:
    return hashlib.blake2b(json.dumps(facts).encode(), digest_size=8).hexdigest()


def _size(folder: Path) -> int:
    """The bytes that a sparse copy takes on the disk."""
    total = 0
    for one in folder.iterdir():
        with suppress(OSError):
            total += one.stat().st_blocks * 512
    return total


def _last_used(folder: Path) -> float:
    with suppress(OSError):
        return (folder / IN_USE).stat().st_mtime
    with suppress(OSError):
        return (folder / OBJECT).stat().st_mtime
    return 0.0


def _remove(folder: Path) -> bool:
    """Remove a streamed file unless it is open; a rename comes first, so that it goes at once."""
    with suppress(OSError), unused(folder) as free:
        if free:
            gone = folder.with_name(f".{folder.name}.{uuid4().hex}{GONE}")
            folder.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
            return True
    return False
