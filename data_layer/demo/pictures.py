"""Draws pictures with natural statistics for the image sets.

The same name always gives the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.special import expit

from data_layer.demo.image_sets import ImageSet
from data_layer.demo.seeds import generator

_VISIBLE_SHARE = 0.404  # share of the unwarped picture that is visible to the mouse


@dataclass(frozen=True)
class StimulusTemplates:
    """The pictures of one set, (n, height, width) each.

    ``warped`` (uint8) are as shown on the monitor, ``unwarped`` (float, NaN where not visible) as
    seen by the mouse.
    """

    images: ImageSet
    warped: NDArray[np.uint8]
    unwarped: NDArray[np.floating]


def stimulus_templates(images: ImageSet, shape: tuple[int, int]) -> StimulusTemplates:
    """Draw every picture of a set at ``shape`` (height, width) pixels."""
    if images.is_grating:
        drawn = np.stack([_grating(angle, shape) for angle in images.orientations])
    else:
        drawn = np.stack([_scene(name, shape) for name in images.image_names])
    warped = np.stack([_warp(picture) for picture in drawn])
    unwarped = np.where(_visible(shape), drawn, np.nan)
    kind = np.float32 if images.is_grating else np.float64
    return StimulusTemplates(images, warped.round().astype(np.uint8), unwarped.astype(kind))


def _scene(name: str, shape: tuple[int, int]) -> NDArray[np.float64]:
    """A sky, a ground and some blobs over 1/f noise, scaled to the set's mean and contrast."""
    rng = generator("picture", name)
    height, width = shape
    y, x = np.ogrid[0 : 1 : height * 1j, 0 : width / height : width * 1j]
    picture = _pink_noise(shape, rng)
    horizon = rng.uniform(0.3, 0.7) + 0.06 * np.sin(
        2 * np.pi * (x * rng.uniform(0.5, 2) + rng.random())
    )
    picture += rng.choice([-1.2, 1.2]) * np.tanh((y - horizon) * 25)
    for _ in range(int(rng.integers(7, 16))):
        picture += _blob(x, y, rng)
    picture = (picture - picture.mean()) / picture.std()
    return np.asarray(np.clip(117 + 52 * picture, 0, 255).round())


def _blob(
    x: NDArray[np.float64], y: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    angle, long, wide = rng.uniform(0, np.pi), rng.uniform(0.08, 0.4), rng.uniform(0.03, 0.12)
    dx, dy = x - rng.uniform(0, x.max()), y - rng.uniform(0, 1)
    along = dx * np.cos(angle) + dy * np.sin(angle)
    across = -dx * np.sin(angle) + dy * np.cos(angle)
    inside = 1 - (along / long) ** 2 - (across / wide) ** 2
    return np.asarray(rng.choice([-1, 1]) * rng.uniform(0.8, 2.4) * expit(inside * 14))


def _pink_noise(shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float64]:
    frequency = np.hypot(np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1]))
    frequency[0, 0] = np.inf
    noise = np.fft.rfft2(rng.normal(size=shape)) / frequency
    picture = np.fft.irfft2(noise, s=shape)
    return np.asarray(picture / picture.std() * 0.55)


def _grating(angle: float, shape: tuple[int, int]) -> NDArray[np.float64]:
    y, x = np.mgrid[: shape[0], : shape[1]]
    turned = x * np.cos(np.radians(angle)) + y * np.sin(np.radians(angle))
    return np.asarray(127.5 + 127.5 * np.sign(np.sin(2 * np.pi * turned / shape[1] * 5 + 0.25)))


def _warp(picture: NDArray[np.float64]) -> NDArray[np.float64]:
    """Warp a picture as for a flat monitor that shows a sphere."""
    height, width = picture.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    squeeze = 1 / np.sqrt(1 + 0.55 * x**2 + 0.25 * y**2)
    rows, columns = (y * squeeze + 1) / 2 * (height - 1), (x * squeeze + 1) / 2 * (width - 1)
    return np.asarray(map_coordinates(picture, [rows, columns], order=1, mode="nearest"))


def _visible(shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Whether each pixel is in the rounded part of the picture that is visible after warping."""
    y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    distance = gaussian_filter((np.abs(x) ** 3 + np.abs(y) ** 3) ** (1 / 3), 1)
    return np.asarray(distance <= np.quantile(distance, _VISIBLE_SHARE))
