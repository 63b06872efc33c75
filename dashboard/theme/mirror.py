"""Colours on a dark ground: the lightness is mirrored, the hue stays.

In OKLab (Ottosson, 2020), whose lightness and distances are those that people see, a mirror keeps
distances: what can be read and told apart on white stays so on the dark ground.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LAB, _FROM_CONES = np.linalg.inv(_TO_LAB), np.linalg.inv(_TO_CONES)
LIGHTEST = 0.985
STEPS = np.linspace(1, 0, 101)
"""Parts of the chroma, of which the largest is taken that a screen can show."""


def mirrored(color: str, ground: float, spread: float = 1.0) -> str:
    """A ``#rrggbb`` colour for a dark ground.

    ``ground`` is the lightness (0 to 1) that white gets; ``spread`` is how far apart lightnesses
    become, in terms of those on white.
    """
    lightness, *chroma = _lab(color)
    lightness = min(ground + spread * (1 - lightness), LIGHTEST)
    shades = np.column_stack([np.full_like(STEPS, lightness), np.outer(STEPS, chroma)])
    linear: Floats = (shades @ _FROM_LAB.T) ** 3 @ _FROM_CONES.T
    fits = ((linear > -1e-4) & (linear < 1 + 1e-4)).all(axis=1)
    return _text(linear[int(np.argmax(fits))])


def _lab(color: str) -> Floats:
    parts = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    lab: Any = _TO_LAB @ np.cbrt(_TO_CONES @ linear)
    return np.asarray(lab, dtype=np.float64)


def _text(linear: Floats) -> str:
    linear = np.clip(linear, 0, 1)
    parts = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(float(part) * 255):02x}" for part in parts)
