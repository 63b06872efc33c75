"""How far a download is, as plain values that a page or a terminal can show."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from data_layer.project_cache.files import FileKind

Stage = Literal["waiting", "running", "checking", "paused", "done", "failed", "cancelled"]
SPAN = 5.0
"""The seconds over which the rate is measured."""
ENDED: frozenset[Stage] = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class DownloadState:
    """One download: ``bytes`` of ``total`` are here.

    ``rate`` is in bytes per second and ``seconds_left`` in s; None where they are not known, as
    while it waits. ``sentence`` says what is wrong where it has failed, and ``is_missing`` whether
    there is no such file, so that to try again is of no use.
    """

    id: int
    kind: FileKind
    stage: Stage
    bytes: int = 0
    total: int | None = None
    rate: float | None = None
    seconds_left: float | None = None
    sentence: str = ""
    is_missing: bool = False

    @property
    def has_ended(self) -> bool:
        """Whether nothing more happens unless somebody asks for it."""
        return self.stage in ENDED


@dataclass
class Rate:
    """The speed of a download over its last seconds."""

    _seen: deque[tuple[float, int]] = field(default_factory=deque)

    def see(self, n_bytes: int) -> None:
        """Note how many bytes are here now."""
        now = time.monotonic()
        self._seen.append((now, n_bytes))
        while len(self._seen) > 2 and now - self._seen[0][0] > SPAN:
            self._seen.popleft()

    def now(self) -> float | None:
        """Bytes per second; None before anything has arrived."""
        if len(self._seen) < 2:
            return None
        (began, before), (last, there) = self._seen[0], self._seen[-1]
        return (there - before) / (last - began) if last > began and there > before else None
