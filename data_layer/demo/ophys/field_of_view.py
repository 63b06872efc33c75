"""Simulates the field of view: positions of cells, their ROIs, and the projections."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from data_layer.demo.ophys.cells import Cell
from data_layer.demo.seeds import generator
from data_layer.demo.sessions import PlanePlan

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_BORDER = 34  # px without cells, so that motion never moves a cell out of the field
_MIN_DISTANCE = 17.0  # px between two cells
_MARGIN = 16  # px of tissue around the field, which is shifted from day to day


@dataclass(frozen=True)
class FieldOfView:
    """The field on one day: masks (n_cells, height, width) and two projections (height, width)."""

    masks: Bools
    average_projection: NDArray[np.uint8]
    max_projection: NDArray[np.uint8]


def field_of_view(
    plan: PlanePlan, cells: list[Cell], activity: Floats, shape: tuple[int, int]
) -> FieldOfView:
    """The field on the day of ``plan``; ``activity`` (n_cells,) brightens the max projection."""
    rng = generator("field of the day", plan.ophys_experiment_id)
    shift = rng.integers(-5, 6, 2)
    tissue = _tissue(plan.container.ophys_container_id, shape)
    tissue = tissue[_window(shift[0], shape[0]), _window(shift[1], shape[1])]
    centres = cell_centres(plan.container.ophys_container_id, plan.container.n_cells, shape)
    ids = plan.container.cell_specimen_ids
    masks = np.zeros((len(cells), *shape), dtype=bool)
    somata, glow = np.zeros(shape), np.zeros(shape)
    for i, cell in enumerate(cells):
        centre = centres[ids.index(cell.cell_specimen_id)] - shift + rng.normal(0, 0.6, 2)
        soma = _soma(cell, centre, shape, rng)
        masks[i][soma.where] = soma.inside
        somata[soma.where] += soma.average
        glow[soma.where] += soma.filled * np.log1p(activity[i])
    average = tissue + somata
    maximum = tissue + somata * 0.9 + glow * 0.22 + rng.gamma(2, 0.03, shape)
    return FieldOfView(masks, _picture(average), _picture(maximum))


def cell_centres(ophys_container_id: int, n_cells: int, shape: tuple[int, int]) -> Floats:
    """Rows and columns (n_cells, 2) of the container's cells, with a minimum distance."""
    rng = generator("centres", ophys_container_id)
    centres: list[Floats] = []
    min_distance = _MIN_DISTANCE
    while len(centres) < n_cells:
        centre = rng.uniform(_BORDER, np.array(shape) - _BORDER)
        if not centres or np.hypot(*(np.array(centres) - centre).T).min() > min_distance:
            centres.append(centre)
        min_distance *= 0.999  # so that any number of cells fits in the end
    return np.array(centres)


@dataclass(frozen=True)
class _Soma:
    where: tuple[slice, slice]
    inside: Bools
    average: Floats
    filled: Floats


def _soma(cell: Cell, centre: Floats, shape: tuple[int, int], rng: np.random.Generator) -> _Soma:
    """A cell body: a bright ring around a darker nucleus, with a slightly irregular outline."""
    own = generator("soma", cell.cell_specimen_id)
    radius = own.uniform(6.3, 8.8)
    waves = own.normal(0, [0.1, 0.06, 0.04]), own.uniform(0, 2 * np.pi, 3)
    brightness = own.lognormal(-0.5, 0.4) * rng.uniform(0.85, 1.15)
    where = tuple(
        slice(max(int(c) - 14, 0), min(int(c) + 15, n)) for c, n in zip(centre, shape, strict=True)
    )
    y, x = np.mgrid[where]
    dy, dx = y - centre[0], x - centre[1]
    angle = np.arctan2(dy, dx)
    edge = 1 + sum(
        a * np.cos(k * angle + p) for k, (a, p) in enumerate(zip(*waves, strict=True), start=2)
    )
    distance = np.hypot(dy, dx) / (radius * edge)
    filled = 1 / (1 + np.exp((distance - 0.95) * 11))
    nucleus = 0.6 * np.exp(-((distance / 0.45) ** 2))
    average = brightness * (filled - nucleus).clip(0)
    return _Soma((where[0], where[1]), distance <= 1, average, brightness * filled)


def _window(shift: int, size: int) -> slice:
    return slice(_MARGIN + int(shift), _MARGIN + int(shift) + size)


def _tissue(ophys_container_id: int, shape: tuple[int, int]) -> Floats:
    """Neuropil, out-of-focus cells and vessels of the container, with a margin on all sides."""
    rng = generator("tissue", ophys_container_id)
    height, width = shape[0] + 2 * _MARGIN, shape[1] + 2 * _MARGIN
    noise = rng.normal(size=(height, width))
    shading = gaussian_filter(noise, 60) * 60
    fibres = gaussian_filter(rng.normal(size=(height, width)), 1.1) * 1.6
    clouds = gaussian_filter(rng.normal(size=(height, width)), 4) * 3.5
    light = 0.5 + 0.1 * shading + 0.07 * fibres + 0.06 * clouds + 0.35 * _blur(height, width, rng)
    return np.asarray(light * (1 - _vessels(height, width, rng)))


def _blur(height: int, width: int, rng: np.random.Generator) -> Floats:
    """Light of cells above and below the plane, which are not segmented."""
    cells = (rng.random((height, width)) < 1.2e-3) * rng.lognormal(-0.7, 0.6, (height, width))
    near, far = gaussian_filter(cells, 4.5), gaussian_filter(cells[::-1], 8)
    return np.asarray(near / near.max() + 0.8 * far / far.max())


def _vessels(height: int, width: int, rng: np.random.Generator) -> Floats:
    """Share of the light absorbed by vessels, which are curved lines, mostly thin."""
    taken = np.zeros((height, width))
    for _ in range(int(rng.integers(4, 8))):
        path = np.zeros((height, width))
        position, heading = rng.uniform(0, [height, width]), rng.uniform(0, 2 * np.pi)
        for _ in range(2 * (height + width)):
            heading += rng.normal(0, 0.035)
            position = position + 0.7 * np.array([np.sin(heading), np.cos(heading)])
            row, column = position.astype(int)
            if not (0 <= row < height and 0 <= column < width):
                break
            path[row, column] = 1
        thickness = float(rng.choice([1.3, 2.2, 5.0], p=[0.5, 0.3, 0.2]))
        spread = gaussian_filter(path, thickness)
        shadow = (spread / max(spread.max(), 1e-9) * 1.7).clip(0, 1) * (0.25 + 0.1 * thickness)
        taken = np.maximum(taken, shadow)
    return taken


def _picture(light: Floats) -> NDArray[np.uint8]:
    """Scale to 8 bits so that the brightest 0.5 % of the pixels saturate."""
    low, high = np.quantile(light, [0.001, 0.995])
    scaled = ((light - low) / (high - low)).clip(0, 1) ** 0.8
    return np.asarray((scaled * 255).round(), dtype=np.uint8)
