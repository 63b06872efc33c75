"""Downloads one object: in parallel, resumable, checked; a file has its name only when whole."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from threading import Event

from filelock import FileLock

from data_layer.errors import CannotKeep, WrongContent
from data_layer.remote.bucket import StoredObject
from data_layer.remote.client import BucketClient
from data_layer.remote.hashing import READ_AT_ONCE, FollowingHash
from data_layer.remote.parts import Parts, part_files

AT_ONCE = 8
"""Parts that are on their way at the same time; each is written as it arrives."""
LOOK_EVERY = 0.2  # s
SPARE = 64 * 2**20  # bytes that a download leaves free


class Stopped(Exception):
    """The download was stopped; what has arrived is kept."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is, in bytes; ``checking`` while the content is compared with its hash."""

    done: int
    total: int
    checking: bool = False


OnProgress = Callable[[Progress], None]


def download(
    client: BucketClient,
    wanted: StoredObject,
    path: Path,
    on_progress: OnProgress = lambda progress: None,
    stop: Event | None = None,
) -> Path:
    """Download ``wanted`` to ``path``, unless it is there; returns ``path``.

    If several processes do so at the same time, one downloads; the others wait and use its file.

    Args:
        client: where it is read from.
        wanted: the object; its content is compared with its hash, if it has one.
        path: its final name; its folder is created.
        on_progress: called when a part has arrived.
        stop: ends the download early when it is set.

    Raises:
        RemoteError: It cannot be read, or its content is wrong; see :class:`BucketClient`.
        CannotKeep: It cannot be written.
        Stopped: ``stop`` was set.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _lock(path):
            if not path.is_file():
                _fetch(client, wanted, path, on_progress, stop or Event())
    except OSError as error:
        raise CannotKeep(str(path), error.strerror or str(error)) from error
    return path


def discard(path: Path) -> None:
    """Remove what has arrived of ``path``; waits for a process that is downloading it.

    Raises:
        OSError: It cannot be removed.
    """
    with _lock(path):
        for one in part_files(path):
            one.unlink(missing_ok=True)


def _lock(path: Path) -> FileLock:
    return FileLock(path.with_name(f".{path.name}.lock"))


def _fetch(
    client: BucketClient, wanted: StoredObject, path: Path, on_progress: OnProgress, stop: Event
) -> None:
    size = client.size(wanted)
    parts = Parts(wanted, size, path)
    _require_room(path, size - parts.arrived)
    on_progress(Progress(parts.arrived, size))
    with FollowingHash(parts) as following:
        _fetch_parts(client, wanted, parts, on_progress, stop)
        on_progress(Progress(size, size, checking=True))
        found = following.of_all()
    if wanted.file_hash and found != wanted.file_hash:
        parts.discard()
        raise WrongContent(str(client.bucket), wanted.key)
    parts.finish(path)


def _fetch_parts(
    client: BucketClient, wanted: StoredObject, parts: Parts, on_progress: OnProgress, stop: Event
) -> None:
    """Fetch what is missing, ``AT_ONCE`` parts at a time; after an error those on their way end."""
    spans = iter(list(parts.missing()))

    def fetch(span: tuple[int, int]) -> None:
        parts.put(span, takewhile(lambda _: not stop.is_set(), client.chunks(wanted, span)))

    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="download")
    try:
        running = {pool.submit(fetch, span) for span in islice(spans, AT_ONCE)}
        while running:
            done, running = wait(running, LOOK_EVERY, FIRST_COMPLETED)
            for one in done:
                one.result()
            if stop.is_set():
                raise Stopped
            running |= {pool.submit(fetch, span) for span in islice(spans, len(done))}
            parts.write_down()
            on_progress(Progress(parts.arrived, parts.size))
    finally:
        # A silent server holds a thread for a while; whoever stops a download need not wait for it.
        pool.shutdown(wait=not stop.is_set(), cancel_futures=True)
        parts.write_down()


def _require_room(path: Path, needed: int) -> None:
    free = shutil.disk_usage(path.parent).free
    if needed + SPARE > free:
        needs = f"it needs {needed / 1e6:,.1f} MB, and {SPARE / 1e6:,.0f} MB must stay free"
        problem = f"{needs}; {free / 1e6:,.0f} MB are free on the disk"
        raise CannotKeep(str(path), problem)


def file_hash(path: Path) -> str:
    """The BLAKE2b hash of a file's content, 64 bytes as in the manifest, in hexadecimal."""
    digest = hashlib.blake2b()
    with path.open("rb") as file:
        while block := file.read(READ_AT_ONCE):
            digest.update(block)
    return digest.hexdigest()
