"""How colours look: contrast after WCAG 2, and distances for eyes that lack a kind of cone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
EYES: dict[str, Floats] = {
    "all cones": np.eye(3),
    "deuteranope": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanope": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "tritanope": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""What remains of linear RGB, after Machado, Oliveira and Fernandes (2009)."""


def linear(color: str) -> Floats:
    """A ``#rrggbb`` colour as linear RGB (3,), 0 to 1."""
    parts = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(color: str, ground: str = "#ffffff") -> float:
    """The contrast of two colours, 1 to 21."""
    low, high = sorted(float(linear(one) @ LUMINANCE) for one in (color, ground))
    return (high + 0.05) / (low + 0.05)


def distance(one: str, other: str, eyes: str = "all cones") -> float:
    """ΔE (CIE 1976) of two colours as some eyes see them; 100 from black to white."""
    return float(np.linalg.norm(_lab(one, eyes) - _lab(other, eyes)))


def _lab(color: str, eyes: str) -> Floats:
    xyz = TO_XYZ @ np.clip(EYES[eyes] @ linear(color), 0, 1) / WHITE
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    lab: Any = np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
    return lab
