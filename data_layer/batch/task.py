"""What a batch does: one function per file, which returns a short text.

A new task is one function at the top level of a module::

    def count_licks(item: Item, settings: Settings) -> str: ...

and a ``Task`` that names it. Everything a worker gets is plain values, because it may be on
another machine: there, the file must have the same path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from data_layer.kept_files import name_for

Settings = Mapping[str, str | int]
State = Literal["done", "already done", "failed"]


@dataclass(frozen=True, slots=True)
class Item:
    """One file: its kind (``experiment``, ``behavior``, ``table``), its id, its path.

    ``given`` is what the task needs to know of this file besides, such as its expected hash.
    ``state`` is the fingerprint of a streamed file, which may not be there yet.
    """

    kind: str
    id: int | str
    path: str
    given: str = ""
    state: str = ""

    @property
    def name(self) -> str:
        """The item in words."""
        return f"{self.kind} {self.id}"

    @property
    def key(self) -> str:
        """The name of its journal; it depends on the path, so the caller's machine makes it."""
        return name_for(Path(self.path))


def _no_part(item: Item, settings: Settings) -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class Task:
    """One function to run for each file.

    Attributes:
        name: names the folder of its journals.
        function: the work; returns a short result, or raises an error whose text is a sentence.
        settings: what the function gets for every file.
        version: gives the version of the code; what another version did is done again.
        stands: whether what the function made is still there and current, found without
            opening the file; without it, the journal is believed.
        part: how much of a file is done (0 to 1), as far as other processes can see it.
        keep: whether the next start may skip what an earlier one has finished. If not, only
            what an interrupted start has finished is skipped.
    """

    name: str
    function: Callable[[Item, Settings], str]
    settings: Settings
    version: Callable[[], str]
    stands: Callable[[Item, Settings], bool] | None = None
    part: Callable[[Item, Settings], float] = _no_part
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    ``reason`` is a word that problems of one kind share; ``again`` says that another try may
    succeed; ``size`` is that of the file in bytes, ``megabytes`` the largest memory of the process.
    """

    item: Item
    state: State
    result: str = ""
    problem: str = ""
    reason: str = ""
    tries: int = 1
    seconds: float = 0.0
    size: int = 0
    megabytes: int = 0
    again: bool = False
