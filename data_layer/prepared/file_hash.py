"""The BLAKE2b hash of a whole file, as in a release's manifest, computed once per file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from data_layer.errors import FileMissing
from data_layer.kept_files import name_for, write_json
from data_layer.prepared.fingerprint import fingerprint, size_and_time
from data_layer.remote.streamed import is_whole

BLOCK = 2**20
"""Bytes that are read at once; hashing needs no more memory, however large the file."""
FORMAT = 1


class ChangedMeanwhile(OSError):
    """The file was written while it was read."""


def file_hash(path: Path, on_read: Callable[[int], object] = lambda n: None) -> str:
    """The BLAKE2b hash (64 bytes as lower-case hex); ``on_read(n)`` is called per block of n bytes.

    Raises:
        OSError: The file cannot be read.
    """
    digest, block = hashlib.blake2b(), memoryview(bytearray(BLOCK))
    with path.open("rb", buffering=0) as file:
        while n := file.readinto(block):
            digest.update(block[:n])
            on_read(n)
    return digest.hexdigest()


class StillArriving(OSError):
    """A streamed file has not arrived whole, so its hash cannot be known."""


class FileHashes:
    """Stores the hashes of files in one folder; that of a file that has changed is not used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def look_up(self, path: Path) -> str | None:
        """The hash of a file; None if it was not computed, or the file is another now."""
        with suppress(OSError, ValueError, KeyError, TypeError, FileMissing):
            content = json.loads(self._json_path(path).read_text(encoding="utf-8"))
            known = str(content["fingerprint"]).startswith(size_and_time(path))
            return str(content["hash"]) if known and content["format"] == FORMAT else None
        return None

    def compute(self, path: Path, on_read: Callable[[int], object] = lambda n: None) -> str:
        """Read the whole file and store its hash, if the folder can be written.

        Raises:
            OSError: The file cannot be read, or is written meanwhile (``ChangedMeanwhile``), or
                has not arrived whole (``StillArriving``).
        """
        if not is_whole(path):
            raise StillArriving(path)
        state = fingerprint(path)
        found = file_hash(path, on_read)
        if fingerprint(path) != state:
            raise ChangedMeanwhile(path)
        with suppress(OSError):
            content = {"format": FORMAT, "fingerprint": state, "hash": found}
            write_json(self._json_path(path), content)
        return found

    @contextmanager
    def computing(self, path: Path) -> Iterator[None]:
        """Compute the hash of a file in a thread beside the block, unless it is known.

        Hashing takes no lock of Python's, so on a second core it costs the block no time. A file
        that cannot be read has no hash.
        """
        thread = Thread(target=self._compute_if_new, args=(path,), daemon=True)
        thread.start()
        yield
        thread.join()

    def state(self) -> str:
        """A text that changes when any hash changes; found without reading them."""
        states = []
        with suppress(OSError), os.scandir(self.folder) as entries:
            states = sorted((entry.name, entry.stat().st_mtime_ns) for entry in entries)
        return hashlib.blake2b(repr(states).encode(), digest_size=16).hexdigest()

    def _compute_if_new(self, path: Path) -> None:
        with suppress(OSError):
            if self.look_up(path) is None:
                self.compute(path)

    def _json_path(self, path: Path) -> Path:
        return self.folder / f"{name_for(path)}.json"
