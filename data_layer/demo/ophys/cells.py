"""Draws the properties of cells: what they respond to, and how strongly.

A cell has the same properties on all days. Its preferred image is drawn once per image set.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_layer.demo.image_sets import ImageSet
from data_layer.demo.seeds import generator
from data_layer.demo.sessions import Container, Mouse, PlanePlan

ROLES = ("image", "change", "omission", "running", "reward", "lick", "quiet")

_SHARES = {  # shares of the roles, in the order of ROLES
    "Slc17a7-IRES2-Cre": (0.45, 0.12, 0.04, 0.12, 0.05, 0.04, 0.18),
    "Sst-IRES-Cre": (0.40, 0.10, 0.05, 0.25, 0.05, 0.05, 0.10),
    "Vip-IRES-Cre": (0.08, 0.08, 0.42, 0.24, 0.05, 0.05, 0.08),
}
_GAINS = {  # mean number of events per occurrence (running: per second at full speed)
    "image": 1.1,
    "change": 1.6,
    "omission": 1.5,
    "running": 1.3,
    "reward": 1.8,
    "lick": 0.35,
    "quiet": 0.0,
}


@dataclass(frozen=True)
class Cell:
    """The planted properties of one cell.

    ``gain`` is the mean number of events per occurrence of its ``role``, ``base_rate`` the number
    of spontaneous events per second, ``amplitude`` the dF/F of one event and ``noise`` the standard
    deviation of its dF/F at 31 Hz.
    """

    cell_specimen_id: int
    role: str
    gain: float
    base_rate: float
    amplitude: float
    noise: float
    is_planted: bool = False

    def preferred_image(self, images: ImageSet) -> str | None:
        """The image that drives an image cell; None for cells with other roles."""
        if self.role != "image":
            return None
        rng = generator("preferred image", self.cell_specimen_id, images.template)
        return str(rng.choice(np.array(images.image_names)))


def container_cells(container: Container, mouse: Mouse) -> list[Cell]:
    """All cells of a container; the first ones have the container's planted roles."""
    planted = dict(zip(container.cell_specimen_ids, container.planted, strict=False))
    return [
        _cell(cell_id, mouse.cre_line, planted.get(cell_id))
        for cell_id in container.cell_specimen_ids
    ]


def cells_of_the_day(plane: PlanePlan, mouse: Mouse) -> list[Cell]:
    """The cells found in one session: all planted ones and most of the others."""
    cells = container_cells(plane.container, mouse)
    rng = generator("found", plane.ophys_experiment_id)
    found = rng.random(len(cells)) < plane.container.found_share
    return [cell for cell, seen in zip(cells, found, strict=True) if seen or cell.is_planted]


def _cell(cell_specimen_id: int, cre_line: str, planted: str | None) -> Cell:
    rng = generator("cell", cell_specimen_id)
    role = str(rng.choice(np.array(ROLES), p=_SHARES[cre_line]))
    strength = rng.lognormal(-0.35, 0.5)
    cell = Cell(
        cell_specimen_id=cell_specimen_id,
        role=planted or role,
        gain=_GAINS[planted or role] * float(strength),
        base_rate=float(rng.lognormal(np.log(0.05), 0.6)),
        amplitude=float(rng.lognormal(np.log(0.35), 0.35)),
        noise=float(rng.lognormal(np.log(0.11), 0.25)),
    )
    return cell if planted is None else _clear(cell)


def _clear(cell: Cell) -> Cell:
    """The same cell with strong, reliable responses and few spontaneous events."""
    return Cell(cell.cell_specimen_id, cell.role, 1.6 * _GAINS[cell.role], 0.02, 0.5, 0.08, True)
