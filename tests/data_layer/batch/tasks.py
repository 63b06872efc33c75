"""Tasks for tests: small work on small files, with the faults that a file can plant."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from pathlib import Path

from data_layer.batch.journal import Journal
from data_layer.batch.task import Item, Settings, Task
from data_layer.errors import FileDamaged

WAIT = 60.0  # s


def read(item: Item, settings: Settings) -> str:
    """Return what stands in the file, which may also say what is to go wrong."""
    text = Path(item.path).read_text()
    _tell(item, settings)
    if text == "damaged":
        raise FileDamaged(item.path, "is damaged", "Get another")
    if text == "kills":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "kills once" and len(began(settings)[item.id]) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "busy once" and len(began(settings)[item.id]) == 1:
        raise OSError(16, "Device or resource busy")
    if text == "slow":
        _wait_for(Path(str(settings["folder"])) / "go")
    return text


def _tell(item: Item, settings: Settings) -> None:
    with (Path(str(settings["folder"])) / "began").open("a") as file:
        file.write(f"{item.id} {os.getpid()}\n")


def _wait_for(file: Path) -> None:
    until = time.monotonic() + WAIT
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.01)


def began(settings: Settings) -> dict[int | str, list[int]]:
    """By id, the processes that have begun a file, in order."""
    found: dict[int | str, list[int]] = {}
    file = Path(str(settings["folder"])) / "began"
    for line in file.read_text().splitlines() if file.exists() else ():
        id_, pid = line.split()
        found.setdefault(int(id_), []).append(int(pid))
    return found


def version() -> str:
    return "1"


def next_version() -> str:
    return "2"


def task_in(folder: Path) -> Task:
    """The task of reading; it tells in ``folder`` which files it has begun."""
    return Task("read", read, {"folder": str(folder)}, version)


def items_in(folder: Path, *texts: str) -> list[Item]:
    """A file for each text; their ids count from 1."""
    items = []
    for id_, text in enumerate(texts, start=1):
        path = folder / f"file_{id_}.nwb"
        path.write_text(text)
        items.append(Item("behavior", id_, str(path)))
    return items


def events(folder: Path, item: Item) -> Counter[str]:
    """How often each event stands in the journal of a file."""
    journal = Journal(folder, "", "")
    return Counter(str(entry["event"]) for entry in journal.entries(item))
