"""The task of preparing a session's file for fast viewing."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from data_layer.batch.streaming import path_of
from data_layer.batch.task import Item, Settings, Task
from data_layer.errors import FileMissing
from data_layer.prepared.label import FORMAT
from data_layer.preparing.contents import declared
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.identity import open_behavior, open_experiment


def prepare_task(shelf: Shelf) -> Task:
    """Prepare files on ``shelf``, whose folder all workers must share."""
    settings: Settings = {"folder": str(shelf.folder.resolve()), "limit": shelf.limit}
    return Task("prepare", prepare, settings, code_version, is_prepared, part_prepared)


def prepare(item: Item, settings: Settings) -> str:
    """Build the prepared store of a file, and return when it was built.

    Raises:
        WrongFile: The file holds another recording than its place says.
        SessionFileError: It cannot be read.
        CannotPrepare: Its store cannot be written.
    """
    path = path_of(item)
    open_it = open_experiment if item.kind == "experiment" else open_behavior
    open_it(path, int(item.id)).close()
    store = _shelf(settings).prepare(path).store
    return store.built if store else ""


def is_prepared(item: Item, settings: Settings) -> bool:
    """Whether there is a store of the file as it is now, built by this version of the code."""
    try:
        return _shelf(settings).look_up(Path(item.path), item.state).store is not None
    except FileMissing:
        return False


def part_prepared(item: Item, settings: Settings) -> float:
    """The part of a store that is built so far."""
    return _shelf(settings).progress(Path(item.path)) or 0.0


@cache
def code_version() -> str:
    """A text that differs where a store built by another version would be built anew."""
    facts = json.dumps([FORMAT, declared()], sort_keys=True)
    return hashlib.blake2b(facts.encode(), digest_size=8).hexdigest()


def _shelf(settings: Settings) -> Shelf:
    return Shelf(Path(str(settings["folder"])), int(settings["limit"]))
