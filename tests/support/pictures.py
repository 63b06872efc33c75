"""Pictures of a page, and whether something that is seen differs between two of them."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import CDPSession

ROUNDED = 2
"""Levels of 255 by which a colour may differ from one drawing to the next."""
FEWEST = 60
"""Pixels that must differ for a change to be seen."""
EDGE = 4  # px around a box
SETTLED = 5  # s

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""


class Picture:
    """One picture, kept as the PNG that it was taken as until its pixels are needed."""

    def __init__(self, png: bytes) -> None:
        self.png = png

    @cached_property
    def pixels(self) -> NDArray[np.uint8]:
        """(height, width, 4)."""
        return np.asarray(Image.open(io.BytesIO(self.png)).convert("RGBA"))


def take(session: CDPSession) -> Picture:
    """What the page shows now; Playwright's own way takes a third longer."""
    options = {"format": "png", "optimizeForSpeed": True}
    answer = session.send("Page.captureScreenshot", options)
    return Picture(base64.b64decode(answer["data"]))


def settled(session: CDPSession) -> Picture:
    """What the page shows once that no longer changes, at the latest after ``SETTLED``."""
    now, end = take(session), time.monotonic() + SETTLED
    while time.monotonic() < end:
        time.sleep(0.03)
        before, now = now, take(session)
        if not differs(before, now, fewest=1):
            break
    return now


def differs(one: Picture, other: Picture, hidden: Iterable[Box] = (), fewest: int = FEWEST) -> bool:
    """Whether at least ``fewest`` pixels differ by more than rounding, outside of some boxes."""
    if one.png == other.png:
        return False
    if one.pixels.shape != other.pixels.shape:
        return True
    changed = _changed(one.pixels, other.pixels)
    for left, top, right, bottom in hidden:
        rows = slice(max(int(top) - EDGE, 0), max(int(bottom) + EDGE, 0))
        changed[rows, max(int(left) - EDGE, 0) : max(int(right) + EDGE, 0)] = False
    return int(changed.sum()) >= fewest


def _changed(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(height, width): where the colour differs by more than rounding."""
    changed: NDArray[np.bool_] = one.view(np.uint32)[..., 0] != other.view(np.uint32)[..., 0]
    y, x = np.nonzero(changed)
    by = np.abs(one[y, x].astype(int) - other[y, x])
    changed[y, x] = by.max(axis=1, initial=0) > ROUNDED
    return changed
