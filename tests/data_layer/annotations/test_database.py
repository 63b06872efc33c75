"""The database of notes: several processes write, one is killed, files break."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data_layer.annotations.annotation import Annotation, Subject
from data_layer.annotations.database import AnnotationDatabase
from data_layer.errors import AnnotationsDamaged, AnnotationsDiffer, CannotAnnotate
from tests.data_layer.annotations.made import written
from tests.support.until import wait_until

WRITER = textwrap.dedent("""
    import itertools, sys
    from pathlib import Path
    from data_layer.annotations.annotation import Annotation
    from data_layer.annotations.database import AnnotationDatabase
    path, author, n = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    for i in range(n) if n else itertools.count():
        note = f"{i} " + "x" * 5000
        AnnotationDatabase(path).add([
            Annotation("session", 7, "note", author, note),
            Annotation("session", 8, "bad", author, note),
        ])
""")


def writer(path: Path, author: str, n: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), author, str(n)])


@pytest.fixture
def database(tmp_path: Path) -> AnnotationDatabase:
    return AnnotationDatabase(tmp_path / "work" / "annotations.sqlite")


def test_before_the_first_note_there_is_none_and_no_file(database: AnnotationDatabase) -> None:
    assert database.all() == [] == database.of([Subject("session", 7)])
    assert not database.path.parent.exists()


def test_notes_come_back_by_subject_in_the_order_of_their_times(
    database: AnnotationDatabase,
) -> None:
    notes = [written(time=1.5, cell=3, panel="timeline", note="a\nb"), written("bad", subject_id=2)]
    assert database.add(reversed(notes)) == 2
    assert database.all() == notes
    assert database.of([notes[1].about]) == notes[1:]
    assert database.add(notes) == 0


def test_nothing_is_overwritten_and_a_conflict_writes_nothing(database: AnnotationDatabase) -> None:
    first = written("good")
    database.add([first])
    changed = Annotation.from_record(first.to_record() | {"note": "changed"})
    with pytest.raises(AnnotationsDiffer):
        database.add([written("bad"), changed])
    assert database.all() == [first]
    with sqlite3.connect(database.path) as connection:
        for statement in "UPDATE annotation SET note = ''", "DELETE FROM annotation":
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                connection.execute(statement)
    connection.close()


def test_writers_in_several_processes_and_threads_lose_nothing(
    database: AnnotationDatabase,
) -> None:
    processes = [writer(database.path, f"writer {i}", 40) for i in range(3)]
    with ThreadPoolExecutor(3) as threads:
        added = threads.map(lambda i: database.add([written(note=f"{i}")]), range(60))
        assert sum(added) == 60
    assert [process.wait() for process in processes] == [0, 0, 0]
    authors = Counter(note.author for note in database.all())
    assert authors == {"Ada": 60, "writer 0": 80, "writer 1": 80, "writer 2": 80}


def test_a_writer_killed_in_the_middle_leaves_whole_transactions(
    database: AnnotationDatabase,
) -> None:
    for kill in range(4):
        process = writer(database.path, f"killed {kill}", 0)
        wait_until(lambda: any(n.author == f"killed {kill}" for n in database.all()))  # noqa: B023
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        subjects = Counter((note.author, note.subject_id) for note in database.all())
        assert subjects[f"killed {kill}", 7] == subjects[f"killed {kill}", 8] > 0
    assert database.add([written()]) == 1
    with sqlite3.connect(database.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_a_transaction_that_was_never_ended_is_undone_by_the_next_reader(
    database: AnnotationDatabase,
) -> None:
    database.add([first := written()])
    cut_short = f"""
        import os, signal, sqlite3
        c = sqlite3.connect({str(database.path)!r}, isolation_level=None)
        c.execute("PRAGMA cache_spill = 1"); c.execute("PRAGMA cache_size = 1")
        c.execute("BEGIN IMMEDIATE")
        for i in range(300):
            c.execute("INSERT INTO annotation SELECT id || ?, subject, subject_id, panel, cell,"
                      " time, label, ?, author, created, supersedes FROM annotation LIMIT 1",
                      (i, "x" * 5000))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(cut_short)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert database.path.with_name("annotations.sqlite-journal").exists()
    assert database.all() == [first]


def test_a_file_that_is_no_database_is_told_and_kept(database: AnnotationDatabase) -> None:
    database.path.parent.mkdir()
    database.path.write_bytes(b"no database " * 100)
    for ask in database.all, lambda: database.add([written()]):
        with pytest.raises(AnnotationsDamaged, match="Put a copy of the file in its place"):
            ask()
    assert database.path.read_bytes() == b"no database " * 100


def test_damage_within_the_file_is_told(database: AnnotationDatabase) -> None:
    database.add(written(note="x" * 3000) for _ in range(30))
    content = bytearray(database.path.read_bytes())
    content[8192:20000] = b"\xff" * (20000 - 8192)
    database.path.write_bytes(content)
    with pytest.raises(AnnotationsDamaged):
        database.all()


@pytest.mark.parametrize("statement", ["PRAGMA user_version = 9", "DROP TABLE annotation"])
def test_other_databases_are_not_touched(database: AnnotationDatabase, statement: str) -> None:
    database.add([written()])
    with sqlite3.connect(database.path) as connection:
        connection.execute(statement)
    connection.close()
    for ask in database.all, lambda: database.add([written()]):
        with pytest.raises(AnnotationsDamaged, match="cannot be read"):
            ask()


def test_where_nothing_can_be_written_the_sentence_says_where_to_look(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    database = AnnotationDatabase(tmp_path / "file" / "annotations.sqlite")
    with pytest.raises(CannotAnnotate, match="choose another with --annotations"):
        database.add([written()])
    folder = AnnotationDatabase(tmp_path)
    with pytest.raises(CannotAnnotate, match="unable to open"):
        folder.all()


@pytest.mark.fault
def test_a_database_that_another_process_has_locked_is_told_within_two_seconds(
    database: AnnotationDatabase,
) -> None:
    database.add([first := written()])
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for call in (database.all, lambda: database.add([written()])):
        began = time.monotonic()
        with pytest.raises(CannotAnnotate, match="another process is writing to it"):
            call()
        assert time.monotonic() - began < 2
    other.execute("COMMIT")
    other.close()
    assert database.all() == [first]
