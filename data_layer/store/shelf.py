"""Where prepared stores stand: looked up with a reason, built once, dropped when unused."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock

from data_layer.errors import StoreDamaged
from data_layer.store.build import Progress, build_store
from data_layer.store.fingerprint import fingerprint
from data_layer.store.level_store import FORMAT, LevelStore
from data_layer.store.session_store import SessionStore

Reason = Literal["hit", "missing", "stale", "other version", "damaged"]
LAST_USED = "last_used"


@dataclass(frozen=True, slots=True)
class LookUp:
    """A prepared store, or why there is none."""

    store: LevelStore | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of prepared stores; ``limit`` (bytes) bounds what they take together."""

    folder: Path
    limit: int

    def place(self, path: Path) -> Path:
        """Where the store of an NWB file stands: the file's name and its whole path in short."""
        key = hashlib.blake2b(str(path.resolve()).encode(), digest_size=6).hexdigest()
        return self.folder / f"{path.stem}-{key}"

    def look_up(self, path: Path) -> LookUp:
        """The store of a file as it is now.

        Raises:
            FileMissing: there is no such NWB file.
        """
        place = self.place(path)
        if not place.is_dir():
            return LookUp(None, "missing")
        try:
            store = LevelStore(str(place))
        except StoreDamaged:
            return LookUp(None, "damaged")
        if store.facts.get("format") != FORMAT:
            return LookUp(None, "other version")
        if store.fingerprint != fingerprint(path):
            return LookUp(None, "stale")
        _touch(place / LAST_USED)
        return LookUp(store, "hit")

    def prepare(
        self,
        path: Path,
        open_store: Callable[[], SessionStore],
        progress: Progress = lambda *_: None,
    ) -> LookUp:
        """Look up a file's store and build it where there is none that holds.

        Of several processes that ask at once one builds; the others wait and then find it.

        Raises:
            SessionFileError: the NWB file cannot be read.
            OSError: the folder cannot be written, or the disk is full.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / f".{self.place(path).name}.lock"):
            found = self.look_up(path)
            if found.store is not None:
                return found
            state = fingerprint(path)
            build_store(open_store(), self.place(path), state, progress)
            self.make_room(keep=self.place(path))
            return self.look_up(path)

    def discard(self, path: Path) -> None:
        """Drop a file's store, because it proved to be damaged."""
        shutil.rmtree(self.place(path), ignore_errors=True)

    def make_room(self, keep: Path | None = None) -> None:
        """Drop the stores used longest ago until the others fit; ``keep`` stays."""
        stores = sorted((p for p in self._stores() if p != keep), key=_last_used)
        total = sum(_size(p) for p in self._stores())
        for store in stores:
            if total <= self.limit:
                return
            total -= _size(store)
            shutil.rmtree(store, ignore_errors=True)

    def _stores(self) -> Iterator[Path]:
        return (p for p in self.folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def _touch(path: Path) -> None:
    with suppress(OSError):  # a store that may not be written can still be read
        path.touch()


def _last_used(store: Path) -> float:
    mark = store / LAST_USED
    return (mark if mark.exists() else store).stat().st_mtime


def _size(store: Path) -> int:
    return sum(
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(store)
        for name in names
    )
