"""Stores annotations in one SQLite file, which several processes may write at the same time.

Each operation opens a connection; each write is one transaction. SQLite's rollback journal keeps
the file intact if a process is killed. The write-ahead log is not used: it needs memory shared
between processes, which fails on network drives, where work folders often are, and it creates
files beside the database that a copy would miss.
"""

from __future__ import annotations

import math
import random
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from data_layer.annotations.annotation import FIELDS, Annotation, Subject
from data_layer.annotations.history import in_order
from data_layer.errors import (
    AnnotationsDamaged,
    AnnotationsDiffer,
    BadAnnotation,
    CannotAnnotate,
)

WAIT_FOR_OTHERS = 1.8  # s without progress of the others
AT_MOST = 15.0  # s
MAX_WAITING = 4
"""How many calls wait so long at the same time; the others wait ``BRIEFLY``."""
BRIEFLY = 0.4  # s
HARDLY = 0.02  # s
LOCKED_FOR = 2.0  # s
"""After a call has waited in vain, calls wait ``HARDLY`` for so long."""
VERSION = 1
SCHEMA = (
    """CREATE TABLE IF NOT EXISTS annotation (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, subject_id INTEGER NOT NULL, panel TEXT,
    cell INTEGER, time REAL, label TEXT NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL,
    created TEXT NOT NULL, supersedes TEXT
) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS about ON annotation (subject, subject_id)",
    """CREATE TRIGGER IF NOT EXISTS kept BEFORE UPDATE ON annotation
    BEGIN SELECT RAISE(ABORT, 'annotations are only added'); END""",
    """CREATE TRIGGER IF NOT EXISTS not_deleted BEFORE DELETE ON annotation
    BEGIN SELECT RAISE(ABORT, 'annotations are only added'); END""",
    f"PRAGMA user_version = {VERSION}",
)
COLUMNS = ", ".join(FIELDS)
INSERT = f"INSERT INTO annotation ({COLUMNS}) VALUES ({', '.join('?' * len(FIELDS))})"
DAMAGED = {"SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_FORMAT", "SQLITE_ERROR"}
PROBLEMS = {
    "SQLITE_BUSY": "another process is writing to it and does not end; try again in a moment",
    "SQLITE_FULL": "there is no room on the disk",
}


class _Waiting:
    """Until when a call waits for other processes.

    While they make progress the end is put off, up to ``AT_MOST``: the file is then busy, not
    locked.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._path, self._seconds = path, seconds
        self._state = self._now()
        self._end = time.monotonic() + seconds
        self._last = time.monotonic() + AT_MOST

    def is_over(self) -> bool:
        """Whether to give up."""
        state, now = self._now(), time.monotonic()
        if state != self._state:
            self._state, self._end = state, min(now + self._seconds, self._last)
        return now > self._end

    def _now(self) -> int:
        return self._path.stat().st_mtime_ns if self._path.exists() else 0


class _PatientConnection(sqlite3.Connection):
    """A connection whose statements together wait for other processes as ``waiting`` says.

    They try again at random moments. SQLite's own waiting has growing pauses, and among several
    busy writers it leaves one out for seconds.
    """

    waiting: _Waiting

    def execute(self, *args: Any) -> sqlite3.Cursor:
        while True:
            try:
                return super().execute(*args)
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or self.waiting.is_over():
                    raise
            time.sleep(random.uniform(0.001, 0.01))


def _is_busy(error: sqlite3.Error) -> bool:
    return str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY")


class _Patience:
    """How long (s) calls wait for another process, so that a locked file holds few threads."""

    def __init__(self) -> None:
        self._places = threading.Semaphore(MAX_WAITING)
        self._in_vain = -math.inf

    @contextmanager
    def seconds(self) -> Iterator[float]:
        """How long the call in the block may wait."""
        if time.monotonic() - self._in_vain < LOCKED_FOR:
            yield HARDLY
        elif not self._places.acquire(blocking=False):
            yield BRIEFLY
        else:
            began = time.monotonic()
            try:
                yield WAIT_FOR_OTHERS
            finally:
                self._places.release()
                if time.monotonic() - began >= WAIT_FOR_OTHERS:
                    self._in_vain = time.monotonic()


class AnnotationDatabase:
    """The annotations in the file ``path``, which the first note creates. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._patience = _Patience()

    def all(self) -> list[Annotation]:
        """Every annotation, oldest first.

        Raises:
            AnnotationsDamaged: The file is not a valid database of annotations.
            CannotAnnotate: The file cannot be opened.
        """
        return self._read(f"SELECT {COLUMNS} FROM annotation")

    def of(self, subjects: Iterable[Subject]) -> list[Annotation]:
        """The annotations of some subjects, oldest first; raises like :meth:`all`."""
        wanted = sorted({(subject.kind, subject.id) for subject in subjects})
        if not wanted:
            return []
        rows = ", ".join(["(?, ?)"] * len(wanted))
        query = f"SELECT {COLUMNS} FROM annotation WHERE (subject, subject_id) IN (VALUES {rows})"
        return self._read(query, *(value for pair in wanted for value in pair))

    def add(self, annotations: Iterable[Annotation]) -> int:
        """Write the new ones, either all or none, and return their number.

        Raises:
            AnnotationsDiffer: An annotation with the same id and other content is in the file.
            CannotAnnotate: The file cannot be written.
            AnnotationsDamaged: The file is not a valid database of annotations.
        """
        to_write = list(annotations)
        with self._transaction() as connection:
            return sum(_insert(connection, annotation) for annotation in to_write)

    def _read(self, query: str, *values: object) -> list[Annotation]:
        if not self.path.exists():
            return []
        with self._own_errors(), self._connection("rw") as connection:
            if self._version(connection) == 0:
                return []  # the process that created the file was killed before its first write
            return in_order(map(_annotation, connection.execute(query, values)))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._own_errors():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._connection("rwc") as connection:
                if self._version(connection) == 0:
                    _create(connection)
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")

    @contextmanager
    def _connection(self, mode: str) -> Iterator[sqlite3.Connection]:
        """Open the file; readers need ``rw`` too, to roll back what a killed writer has left."""
        uri = f"{self.path.absolute().as_uri()}?mode={mode}"
        with self._patience.seconds() as seconds:
            opened = sqlite3.connect(
                uri, timeout=0, isolation_level=None, uri=True, factory=_PatientConnection
            )
            opened.waiting = _Waiting(self.path, seconds)
            with closing(opened) as connection:
                yield connection

    def _version(self, connection: sqlite3.Connection) -> int:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise AnnotationsDamaged(self.path, "was written by a newer version of the dashboard")
        return version

    @contextmanager
    def _own_errors(self) -> Iterator[None]:
        """Convert errors of SQLite and of the file system to our own."""
        try:
            yield
        except sqlite3.Error as error:
            # An error without a name comes from Python's module, which could not read a value.
            name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
            if any(name.startswith(damage) for damage in DAMAGED):
                raise AnnotationsDamaged(self.path, f"is no sound database ({error})") from error
            reasons = (text for code, text in PROBLEMS.items() if name.startswith(code))
            raise CannotAnnotate(self.path, next(reasons, str(error))) from error
        except OSError as error:
            raise CannotAnnotate(self.path, error.strerror or str(error)) from error
        except BadAnnotation as error:
            raise AnnotationsDamaged(self.path, f"holds what it should not ({error})") from error


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, annotation: Annotation) -> bool:
    """Write an annotation if it is new; return whether it is."""
    here = connection.execute(f"SELECT {COLUMNS} FROM annotation WHERE id = ?", (annotation.id,))
    row = here.fetchone()
    if row is None:
        connection.execute(INSERT, tuple(annotation.to_record().values()))
    elif _annotation(row) != annotation:
        raise AnnotationsDiffer(annotation.id)
    return row is None


def _annotation(row: tuple[object, ...]) -> Annotation:
    return Annotation.from_record(dict(zip(FIELDS, row, strict=True)))
