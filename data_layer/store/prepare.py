"""Prepares one NWB file in a process of its own: ``python -m data_layer.store.prepare``.

What it has done so far stands in a file beside the store, for whoever waits for it.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from data_layer.errors import DataLayerError
from data_layer.nwb.opening import open_session
from data_layer.store.build import Progress
from data_layer.store.session_store import SessionStore
from data_layer.store.shelf import LookUp, Shelf

POLITENESS = 10


def prepare(path: Path, shelf: Shelf, progress: Progress) -> LookUp:
    """Prepare a file, or find that it is prepared; see :meth:`Shelf.prepare`."""
    with open_session(path) as session:
        return shelf.prepare(path, lambda: SessionStore(session), progress)


def note_of(shelf: Shelf, path: Path) -> Path:
    """The file that tells how far the preparation of ``path`` is."""
    return shelf.folder / f".{shelf.place(path).name}.progress"


def read_note(note: Path) -> dict[str, Any]:
    """What stands in it; empty where there is none."""
    with suppress(OSError, ValueError):
        return dict(json.loads(note.read_text()))
    return {}


def _write_note(note: Path, **facts: Any) -> None:
    with suppress(OSError):  # a full disk must not hide what was wrong
        note.write_text(json.dumps(facts))


def main(path: Path, folder: Path, limit: int) -> int:
    """Prepare ``path`` politely; a sentence in the note says what went wrong."""
    shelf = Shelf(folder, limit)
    note = note_of(shelf, path)
    os.nice(POLITENESS)

    def told(what: str, done: int, total: int) -> None:
        _write_note(note, state="building", what=what, part=done / total, pid=os.getpid())

    try:
        prepare(path, shelf, told)
    except (DataLayerError, OSError) as error:
        _write_note(note, state="failed", sentence=str(error))
        return 1
    note.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
