"""A panel of several parts: one that cannot be read is told, and costs no other part."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import TypeVar

from dashboard.arguments.sentences import told
from data_layer.errors import (
    ObjectChanged,
    ObjectMissing,
    RemoteError,
    RemoteRefused,
    RemoteUnreachable,
    SessionFileError,
    StreamDamaged,
    StreamMissing,
)
from data_layer.remote.errors import StreamUnreachable

Value = TypeVar("Value")
NARROW, MOST_LINES = 26, 4
"""Characters in a line, and lines, that fit into a small plot."""
OF_STORAGE: Mapping[type[RemoteError], str] = {
    RemoteUnreachable: "object storage cannot be reached",
    RemoteRefused: "object storage does not allow reading its file",
    ObjectMissing: "object storage does not have its file",
    ObjectChanged: "its file in object storage has changed",
}


class Parts:
    """Reads the parts of a panel; ``problems`` has a sentence for each that cannot be read."""

    def __init__(self) -> None:
        self._problems: dict[str, None] = {}

    @property
    def problems(self) -> list[str]:
        """What cannot be read, each a sentence once, in the order in which it was met."""
        return [*self._problems]

    def read(self, read: Callable[[], Value], otherwise: Value) -> Value:
        """What ``read`` returns; ``otherwise`` where a stream is absent or damaged."""
        try:
            return read()
        except (StreamMissing, StreamDamaged) as error:
            self._problems[without_path(error)] = None
            return otherwise


def without_path(error: Exception) -> str:
    """What is wrong and what can help, beginning with the stream: the page is about the file."""
    if isinstance(error, SessionFileError):
        start = "The file " if error.problem.startswith(("has ", "is ")) else ""
        return f"{start}{error.problem}. {error.advice}."
    return told(error)


def in_short(error: Exception) -> str:
    """What is wrong, in lines that fit into a small plot, whose caption names the recording."""
    text = told(error)
    if isinstance(error, StreamUnreachable):
        text = OF_STORAGE.get(type(error.reason), "object storage cannot be read")
    elif isinstance(error, StreamDamaged | StreamMissing):
        verb = "not in the file" if isinstance(error, StreamMissing) else "cannot be read"
        text = f"{error.stream} {verb}"
    elif isinstance(error, SessionFileError):
        text = f"its file {error.problem.partition(':')[0]}"
    lines = textwrap.wrap(text, NARROW, max_lines=MOST_LINES, placeholder=" …")
    return "\n".join(lines)
