"""The exception of a session that is streamed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import ClassVar

from data_layer.errors import NotReadableNow, ObjectMissing, RemoteError, RemoteRefused

A_WHILE = 30.0  # s


class StreamUnreachable(NotReadableNow, RemoteError):
    """Object storage does not give a part of the streamed file at ``path``; ``reason`` says why.

    ``times`` says how many there were in this process: what was made while one was raised may lack
    something, so nobody keeps it. ``last`` has when (s) each file was asked for in vain.
    """

    times: ClassVar[int] = 0
    last: ClassVar[dict[Path, float]] = {}

    def __init__(self, path: Path | str, reason: RemoteError) -> None:
        StreamUnreachable.times += 1
        StreamUnreachable.last[Path(path)] = time.monotonic()
        what = str(reason).removesuffix(f". {reason.advice}")
        for key in reason.facts:  # it is the object of this file, which the sentence names
            what = what.replace(f"reading {key}", "reading it")
        comes_back = not isinstance(reason, ObjectMissing)
        again = " Nothing is lost: try again in a moment" if comes_back else ""
        advice = f"{reason.advice}{again}".removesuffix(".")
        NotReadableNow.__init__(self, path, f"is read from object storage: {what}", advice)
        self.where, self.facts, self.reason = reason.where, reason.facts, reason

    @property
    def is_refused(self) -> bool:
        """Whether the store has answered, and does not give this file."""
        return isinstance(self.reason, RemoteRefused | ObjectMissing)

    def __str__(self) -> str:
        return f"{self.path.name} {self.problem}. {self.advice}."


def was_unreachable(path: Path) -> bool:
    """Whether a streamed file was asked for in vain within the last ``A_WHILE``."""
    last = StreamUnreachable.last.get(path)
    return last is not None and time.monotonic() - last < A_WHILE
