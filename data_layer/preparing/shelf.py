"""The folder of prepared stores: look-up, building, and removal of the least recently used."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
from filelock import FileLock, Timeout

from data_layer.ending import half_built
from data_layer.errors import CannotPrepare, SessionFileError, StoreDamaged
from data_layer.kept_files import name_for
from data_layer.nwb.opening import open_session
from data_layer.nwb.sidecars import make_sidecar
from data_layer.prepared.file_hash import FileHashes
from data_layer.prepared.fingerprint import fingerprint
from data_layer.prepared.reader import PreparedStore
from data_layer.preparing.build import build_store
from data_layer.preparing.contents import is_current
from data_layer.preparing.room import GONE, LAST_USED, make_room, remove
from data_layer.quality.summaries import write_summary
from data_layer.quality.summary_table import gather_summaries, state_of, summaries_in
from data_layer.remote.errors import StreamUnreachable
from data_layer.remote.sidecars import drop_sidecar
from data_layer.remote.streamed import is_streamed, is_whole, require_content
from data_layer.store.session_store import SessionStore

Reason = Literal["hit", "missing", "stale", "other version", "damaged"]
BUILDING = ".building"
PROGRESS = "progress"
HASHES = ".hashes"
JOURNALS = ".journal"
_PROBLEMS: dict[Reason, str] = {
    "missing": "it was dropped at once",
    "stale": "the file changed while it was read",
    "damaged": "what was written there cannot be read",
}


@dataclass(frozen=True, slots=True)
class LookUp:
    """A prepared store, or the reason why there is none."""

    store: PreparedStore | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of prepared stores; ``limit`` is their maximum total size in bytes.

    Beside a store ``NAME`` there may be ``.NAME.building`` while it is built, ``.NAME.lock``,
    which its builder holds, and ``.NAME.….gone`` while it is removed. Stores appear and disappear
    by renaming, so that a killed process never leaves half a store. ``.summaries`` has a file per
    store that was ever built, and the table of all of them.
    ``.hashes`` has the hash of each whole file, as far as it was computed, ``.journal`` what
    commands for many files have begun and finished, ``.sizes.json`` how large each store is.
    """

    folder: Path
    limit: int

    @property
    def hashes(self) -> FileHashes:
        """The hashes of the NWB files, which are computed while their stores are built."""
        return FileHashes(self.folder / HASHES)

    @property
    def journals(self) -> Path:
        """The folder for the journals of tasks that work on many files."""
        return self.folder / JOURNALS

    def store_path(self, path: Path) -> Path:
        """The folder for the prepared store of an NWB file."""
        return self.folder / name_for(path)

    def look_up(self, path: Path, state: str = "") -> LookUp:
        """The store of a file, if it is valid for the file's present content.

        ``state`` is the fingerprint of a file that may not be here.

        Raises:
            FileMissing: There is no such NWB file.
        """
        folder = self.store_path(path)
        if not folder.is_dir():
            return LookUp(None, "missing")
        try:
            store = PreparedStore(str(folder))
        except StoreDamaged:
            return LookUp(None, "damaged")
        if not is_current(store.facts):
            return LookUp(None, "other version")
        if store.fingerprint != (state or fingerprint(path)):
            return LookUp(None, "stale")
        self.used(path)
        return LookUp(store, "hit")

    def used(self, path: Path) -> None:
        """Record that a file's store was used now."""
        with suppress(OSError):  # a read-only store is fine
            os.utime(self.store_path(path) / LAST_USED)

    def prepare(self, path: Path) -> LookUp:
        """Look up a file's store and build it if there is no valid one.

        If several processes do so at the same time, one builds; the others wait and then use it.

        Raises:
            SessionFileError: The NWB file cannot be read.
            CannotPrepare: The folder cannot be written, the disk is full, or the NWB file
                changed while it was read.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._lock(self.store_path(path).name):
                found = self.look_up(path)
                if found.store is None:
                    with self.hashes.computing(path):
                        self._build(path)
                    found = self.look_up(path)
        except SessionFileError:
            raise
        except OSError as error:
            raise CannotPrepare(path, self.folder, error.strerror or str(error)) from error
        if found.store is None:
            raise CannotPrepare(path, self.folder, _PROBLEMS.get(found.reason, found.reason))
        return found

    def summaries(self) -> pd.DataFrame:
        """One row per file that was ever prepared here; see :func:`summaries_in`."""
        return summaries_in(self.folder)

    def gather_summaries(self) -> None:
        """Write the table of all summaries, for readers; without it they read one by one."""
        with suppress(OSError):
            gather_summaries(self.folder)

    def summaries_state(self) -> str:
        """A text that changes when any summary changes; found without reading them."""
        return state_of(self.folder)

    def progress(self, path: Path) -> float | None:
        """Progress (0 to 1) of the process that builds a file's store; None if there is none."""
        with suppress(OSError, ValueError):
            return float((self._building(self.store_path(path).name) / PROGRESS).read_text())
        return None

    def discard(self, path: Path, damaged: PreparedStore) -> None:
        """Remove a damaged store, unless it has been rebuilt meanwhile."""
        with suppress(StoreDamaged):
            if PreparedStore(str(self.store_path(path))).built == damaged.built:
                remove(self.store_path(path))

    def _build(self, path: Path) -> None:
        # The fingerprint comes first, so that a file that changes while it is read makes its
        # store stale.
        state = fingerprint(path)
        final = self.store_path(path)
        make_sidecar(path)
        with self._appearing(final) as building, open_session(path) as session:

            def on_progress(part: float) -> None:
                (building / PROGRESS).write_text(str(part))

            build_store(SessionStore(session), building, state, on_progress)
            self._verify(path)
            built = SessionStore(session, PreparedStore(str(building)))
            write_summary(built, state, self.folder, final.name)
        self._make_room(keep=final)

    def _verify(self, path: Path) -> None:
        """Refuse what was made of a streamed file that has arrived whole and is not the release's.

        One that has not arrived whole cannot be compared with its hash.
        """
        if is_streamed(path) and is_whole(path):
            try:
                require_content(path, self.hashes.compute(path))
            except StreamUnreachable:
                drop_sidecar(path)
                raise

    @contextmanager
    def _appearing(self, final: Path) -> Iterator[Path]:
        """A temporary folder, renamed to ``final`` if the block succeeds, else removed."""
        building = self._building(final.name)
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        try:
            with half_built(building):
                yield building
            (building / PROGRESS).unlink()
            (building / LAST_USED).touch()
            remove(final)
            building.rename(final)
        finally:
            shutil.rmtree(building, ignore_errors=True)

    def _building(self, name: str) -> Path:
        return self.folder / f".{name}{BUILDING}"

    def _lock(self, name: str, timeout: float = -1) -> FileLock:
        return FileLock(self.folder / f".{name}.lock", timeout)

    def _make_room(self, keep: Path) -> None:
        with self._lock("room"):
            self._clear_remains()
            make_room(self.folder, self.limit, keep)

    def _clear_remains(self) -> None:
        """Remove what killed processes have left."""
        names = [name for name in os.listdir(self.folder) if name.startswith(".")]
        for gone in (name for name in names if name.endswith(GONE)):
            shutil.rmtree(self.folder / gone, ignore_errors=True)
        for building in (name for name in names if name.endswith(BUILDING)):
            name = building.removeprefix(".").removesuffix(BUILDING)
            with suppress(Timeout), self._lock(name, timeout=0):
                shutil.rmtree(self.folder / building, ignore_errors=True)
