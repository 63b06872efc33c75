"""Pictures of pages differ where people see it, and not where drawing rounds."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from tests.support.pictures import Picture, differs


def picture(pixels: np.ndarray) -> Picture:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return Picture(file.getvalue())


def grey(levels: int = 0, channel: int = 0, size: int = 20) -> Picture:
    """A grey field; in a square of ``size`` px one channel has ``levels`` more."""
    pixels = np.full((100, 100, 3), 120, np.uint8)
    pixels[10 : 10 + size, 10 : 10 + size, channel] += np.uint8(levels)
    return picture(pixels)


@pytest.mark.parametrize("channel", range(3))
def test_three_levels_are_seen_and_two_are_rounding(channel: int) -> None:
    assert differs(grey(), grey(3, channel))
    assert differs(grey(3, channel), grey())
    assert not differs(grey(), grey(2, channel))


def test_what_is_hidden_and_what_is_tiny_do_not_count() -> None:
    assert not differs(grey(), grey(50), [(12, 12, 28, 28)])
    assert differs(grey(), grey(50), [(12, 12, 20, 20)])
    assert not differs(grey(), grey(50, size=7))
    assert differs(grey(), grey(50, size=8))
