"""Annotations in one SQLite file that several processes write at once.

A connection lasts one operation, a write is one transaction, and SQLite's rollback journal keeps
it whole when the process is killed. Not the write-ahead log: that needs memory which processes
share, so it fails on network drives where work folders often are, and it leaves files beside this
one that a copy would miss.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from data_layer.annotations.annotation import FIELDS, Annotation, Subject
from data_layer.annotations.history import in_order
from data_layer.errors import (
    AnnotationsDamaged,
    AnnotationsDiffer,
    BadAnnotation,
    CannotAnnotate,
)

WAIT_FOR_OTHERS = 30.0  # s
VERSION = 1
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS annotation (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, subject_id INTEGER NOT NULL, panel TEXT,
    cell INTEGER, time REAL, label TEXT NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL,
    created TEXT NOT NULL, supersedes TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS about ON annotation (subject, subject_id);
CREATE TRIGGER IF NOT EXISTS kept BEFORE UPDATE ON annotation
    BEGIN SELECT RAISE(ABORT, 'annotations are only added'); END;
CREATE TRIGGER IF NOT EXISTS not_deleted BEFORE DELETE ON annotation
    BEGIN SELECT RAISE(ABORT, 'annotations are only added'); END;
PRAGMA user_version = {VERSION};
"""
COLUMNS = ", ".join(FIELDS)
INSERT = f"INSERT INTO annotation ({COLUMNS}) VALUES ({', '.join('?' * len(FIELDS))})"
DAMAGED = {"SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_FORMAT", "SQLITE_ERROR"}
PROBLEMS = {
    "SQLITE_BUSY": "another process has been writing to it for too long",
    "SQLITE_FULL": "there is no room on the disk",
}


class AnnotationDatabase:
    """The annotations in the file ``path``, which the first note creates; thread-safe."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> list[Annotation]:
        """Every annotation, the oldest first.

        Raises:
            AnnotationsDamaged: the file is not what it should be.
            CannotAnnotate: the file cannot be opened.
        """
        return self._read(f"SELECT {COLUMNS} FROM annotation")

    def of(self, subjects: Iterable[Subject]) -> list[Annotation]:
        """Those of some subjects, the oldest first; raises as ``all`` does."""
        query = f"SELECT {COLUMNS} FROM annotation WHERE subject = ? AND subject_id = ?"
        return in_order(a for s in set(subjects) for a in self._read(query, s.kind, s.id))

    def add(self, annotations: Iterable[Annotation]) -> int:
        """Write those that are new, all of them or, where that fails, none; returns their number.

        Raises:
            AnnotationsDiffer: one says something else than what is here under its id.
            CannotAnnotate: the file cannot be written.
            AnnotationsDamaged: the file is not what it should be.
        """
        asked = list(annotations)
        with self._transaction() as connection:
            return sum(_insert(connection, annotation) for annotation in asked)

    def _read(self, query: str, *values: object) -> list[Annotation]:
        if not self.path.exists():
            return []
        with self._told(), closing(self._connect("rw")) as connection:
            if self._version(connection) == 0:
                return []  # created, but killed before the first note
            return in_order(map(_annotation, connection.execute(query, values)))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._told():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect("rwc")) as connection:
                if self._version(connection) == 0:
                    connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")

    def _connect(self, mode: str) -> sqlite3.Connection:
        """Reading is ``rw`` too: what a killed writer left is undone by whoever comes next."""
        uri = f"{self.path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, timeout=WAIT_FOR_OTHERS, isolation_level=None, uri=True)

    def _version(self, connection: sqlite3.Connection) -> int:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise AnnotationsDamaged(self.path, "was written by a newer version of the dashboard")
        return version

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of SQLite and of the file system as ours."""
        try:
            yield
        except sqlite3.Error as error:
            # Without a name it is Python that could not read a value.
            name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
            if any(name.startswith(damage) for damage in DAMAGED):
                raise AnnotationsDamaged(self.path, f"is no sound database ({error})") from error
            reasons = (text for code, text in PROBLEMS.items() if name.startswith(code))
            raise CannotAnnotate(self.path, next(reasons, str(error))) from error
        except OSError as error:
            raise CannotAnnotate(self.path, error.strerror or str(error)) from error
        except BadAnnotation as error:
            raise AnnotationsDamaged(self.path, f"holds what it should not ({error})") from error


def _insert(connection: sqlite3.Connection, annotation: Annotation) -> bool:
    """Write it where it is new, and say whether it is."""
    here = connection.execute(f"SELECT {COLUMNS} FROM annotation WHERE id = ?", (annotation.id,))
    row = here.fetchone()
    if row is None:
        connection.execute(INSERT, tuple(annotation.to_record().values()))
    elif _annotation(row) != annotation:
        raise AnnotationsDiffer(annotation.id)
    return row is None


def _annotation(row: tuple[object, ...]) -> Annotation:
    return Annotation.from_record(dict(zip(FIELDS, row, strict=True)))
