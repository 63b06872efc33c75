"""The exception of a session that is streamed."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from data_layer.errors import NotReadableNow, ObjectMissing, RemoteError


class StreamUnreachable(NotReadableNow, RemoteError):
    """Object storage does not give a part of the streamed file at ``path``; ``reason`` says why.

    ``times`` says how many there were in this process: what was made while one was raised may lack
    something, so nobody keeps it.
    """

    times: ClassVar[int] = 0

    def __init__(self, path: Path | str, reason: RemoteError) -> None:
        StreamUnreachable.times += 1
        what = str(reason).removesuffix(f". {reason.advice}")
        for key in reason.facts:  # it is the object of this file, which the sentence names
            what = what.replace(f"reading {key}", "reading it")
        comes_back = not isinstance(reason, ObjectMissing)
        again = " Nothing is lost: try again in a moment" if comes_back else ""
        advice = f"{reason.advice}{again}".removesuffix(".")
        NotReadableNow.__init__(self, path, f"is read from object storage: {what}", advice)
        self.where, self.facts, self.reason = reason.where, reason.facts, reason

    def __str__(self) -> str:
        return f"{self.path.name} {self.problem}. {self.advice}."
