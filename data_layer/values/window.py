"""Window: a time span and the number of pixels that will show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """A span of session time (s) and the width in pixels that will show it."""

    start: float
    stop: float
    pixels: int = 1000

    def __post_init__(self) -> None:
        if not self.stop > self.start:
            raise ValueError(f"A window must end after it starts: {self.start} to {self.stop} s.")
        if self.pixels < 1:
            raise ValueError(f"A window must fill at least one pixel, not {self.pixels}.")

    @property
    def duration(self) -> float:
        """Length of the span in seconds."""
        return self.stop - self.start

    @property
    def seconds_per_pixel(self) -> float:
        """The duration that one pixel shows (s)."""
        return self.duration / self.pixels
