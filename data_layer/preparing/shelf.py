"""Where prepared stores stand: looked up with a reason, built once, dropped when unused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pandas as pd
from filelock import FileLock, Timeout

from data_layer.errors import CannotPrepare, SessionFileError, StoreDamaged
from data_layer.kept_files import name_for
from data_layer.nwb.opening import open_session
from data_layer.prepared.fingerprint import fingerprint
from data_layer.prepared.label import FORMAT
from data_layer.prepared.reader import PreparedStore
from data_layer.preparing.build import build_store
from data_layer.quality.summaries import state_of, summaries_in, write_summary
from data_layer.store.session_store import SessionStore

Reason = Literal["hit", "missing", "stale", "other version", "damaged"]
LAST_USED = "last_used"
BUILDING, GONE = ".building", ".gone"
PROGRESS = "progress"
_AT_ONCE: dict[Reason, str] = {
    "missing": "it was dropped at once",
    "stale": "the file changed while it was read",
    "damaged": "what was written there cannot be read",
}


@dataclass(frozen=True, slots=True)
class LookUp:
    """A prepared store, or why there is none."""

    store: PreparedStore | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of prepared stores; ``limit`` (bytes) bounds what they take together.

    Beside a store ``NAME`` there may be ``.NAME.building`` while it is built, ``.NAME.lock``,
    which its builder holds, and ``.NAME.….gone`` while it is dropped: a store comes and goes at
    once, whatever ends the process. ``.summaries`` has a file per store that was ever built.
    """

    folder: Path
    limit: int

    def place(self, path: Path) -> Path:
        """Where the store of an NWB file stands."""
        return self.folder / name_for(path)

    def look_up(self, path: Path) -> LookUp:
        """The store of a file as it is now.

        Raises:
            FileMissing: there is no such NWB file.
        """
        place = self.place(path)
        if not place.is_dir():
            return LookUp(None, "missing")
        try:
            store = PreparedStore(str(place))
        except StoreDamaged:
            return LookUp(None, "damaged")
        if store.facts.get("format") != FORMAT:
            return LookUp(None, "other version")
        if store.fingerprint != fingerprint(path):
            return LookUp(None, "stale")
        self.used(path)
        return LookUp(store, "hit")

    def used(self, path: Path) -> None:
        """Remember that a file's store is in use."""
        with suppress(OSError):  # a store that may not be written can still be read
            os.utime(self.place(path) / LAST_USED)

    def prepare(self, path: Path) -> LookUp:
        """Look up a file's store and build it where there is none that holds.

        Of several processes that ask at once one builds; the others wait and then find it.

        Raises:
            SessionFileError: the NWB file cannot be read.
            CannotPrepare: the folder cannot be written, the disk is full, or the NWB file
                changed while it was read.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._lock(self.place(path).name):
                found = self.look_up(path)
                if found.store is None:
                    self._build(path)
                    found = self.look_up(path)
        except SessionFileError:
            raise
        except OSError as error:
            raise CannotPrepare(path, self.folder, error.strerror or str(error)) from error
        if found.store is None:
            raise CannotPrepare(path, self.folder, _AT_ONCE.get(found.reason, found.reason))
        return found

    def summaries(self) -> pd.DataFrame:
        """A row per file that was ever prepared here: see :func:`summaries_in`."""
        return summaries_in(self.folder)

    def summaries_state(self) -> str:
        """What changes when any summary does; told without reading them."""
        return state_of(self.folder)

    def progress(self, path: Path) -> float | None:
        """How much of a store is built, by whichever process; None where nobody builds it."""
        with suppress(OSError, ValueError):
            return float((self._building(self.place(path).name) / PROGRESS).read_text())
        return None

    def discard(self, path: Path, damaged: PreparedStore) -> None:
        """Drop a store that proved to be damaged, unless another stands in its place by now."""
        with suppress(StoreDamaged):
            if PreparedStore(str(self.place(path))).built == damaged.built:
                _remove(self.place(path))

    def _build(self, path: Path) -> None:
        # The state first: a file that changes while it is read leaves a store that is stale.
        state = fingerprint(path)
        place = self.place(path)
        with self._appearing(place) as building, open_session(path) as session:

            def on_progress(part: float) -> None:
                (building / PROGRESS).write_text(str(part))

            build_store(SessionStore(session), building, state, on_progress)
            built = SessionStore(session, PreparedStore(str(building)))
            write_summary(built, state, self.folder, place.name)
        self._make_room(keep=place)

    @contextmanager
    def _appearing(self, place: Path) -> Iterator[Path]:
        """A folder beside the final one, which takes its place at the end or vanishes."""
        building = self._building(place.name)
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        try:
            yield building
            (building / PROGRESS).unlink()
            (building / LAST_USED).touch()
            _remove(place)
            building.rename(place)
        finally:
            shutil.rmtree(building, ignore_errors=True)

    def _building(self, name: str) -> Path:
        return self.folder / f".{name}{BUILDING}"

    def _lock(self, name: str, timeout: float = -1) -> FileLock:
        return FileLock(self.folder / f".{name}.lock", timeout)

    def _make_room(self, keep: Path) -> None:
        """Drop the stores used longest ago until the others fit; ``keep`` stays."""
        with self._lock("room"):
            self._clear_remains()
            stores = sorted(self._stores(), key=_last_used)
            sizes = {store: _size(store) for store in stores}
            total = sum(sizes.values())
            for store in stores:
                if total > self.limit and store != keep:
                    _remove(store)
                    total -= sizes[store]

    def _clear_remains(self) -> None:
        """Remove what killed processes left behind."""
        for gone in self.folder.glob(f".*{GONE}"):
            shutil.rmtree(gone, ignore_errors=True)
        for building in self.folder.glob(f".*{BUILDING}"):
            name = building.name.removeprefix(".").removesuffix(BUILDING)
            with suppress(Timeout), self._lock(name, timeout=0):
                shutil.rmtree(building, ignore_errors=True)

    def _stores(self) -> Iterator[Path]:
        return (p for p in self.folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def _remove(store: Path) -> None:
    """Take a store away at once: whoever looks finds the whole of it or nothing."""
    gone = store.with_name(f".{store.name}.{uuid4().hex}{GONE}")
    with suppress(OSError):
        store.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _last_used(store: Path) -> float:
    with suppress(OSError):
        return (store / LAST_USED).stat().st_mtime
    return 0.0


def _size(store: Path) -> int:
    total = 0
    for folder, _, names in os.walk(store):
        for name in names:
            with suppress(OSError):  # another process may be dropping it
                total += os.path.getsize(os.path.join(folder, name))
    return total
