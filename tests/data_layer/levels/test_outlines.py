"""Outlines of masks: every edge between a pixel inside and one outside is crossed half way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data_layer import BehaviorOphysExperiment
from data_layer.levels.outlines import outline
from data_layer.values.slices import Outline
from tests.support.nwb_files import write_experiment

Point = tuple[float, float]
Lines = set[frozenset[Point]]
masks = arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9)))


def lines_of(drawn: Outline) -> Iterator[frozenset[Point]]:
    """The straight pieces of an outline, without a direction."""
    points = list(zip(drawn.x.tolist(), drawn.y.tolist(), strict=True))
    for start, stop in pairwise(points):
        if start[0] == start[0] and stop[0] == stop[0]:
            yield frozenset((start, stop))


def expected_lines(mask: np.ndarray) -> Lines:
    """The same, square by square of four pixels: each inside corner is cut off from the others.

    Where two corners that lie opposite each other are inside, they are two parts, not one.
    """
    inside = np.pad(mask, 1)
    lines: Lines = set()
    for top, left in np.ndindex(mask.shape[0] + 1, mask.shape[1] + 1):
        corners = [(0, 0), (0, 1), (1, 1), (1, 0)]  # around the square
        here = [bool(inside[top + y, left + x]) for y, x in corners]
        # the middle of each side, between a corner and the next one
        sides = [(left - 0.5, top - 1.0), (float(left), top - 0.5)]
        sides += [(left - 0.5, float(top)), (left - 1.0, top - 0.5)]
        crossed = [here[i] != here[(i + 1) % 4] for i in range(4)]
        if sum(crossed) == 2:
            lines.add(
                frozenset(
                    side for side, is_crossed in zip(sides, crossed, strict=True) if is_crossed
                )
            )
        elif sum(crossed) == 4:
            lines |= {frozenset((sides[i - 1], sides[i])) for i in range(4) if here[i]}
    return lines


def assert_outlined(mask: np.ndarray) -> None:
    drawn = outline(mask, 1, None)
    found = list(lines_of(drawn))
    assert set(found) == expected_lines(mask)
    assert len(set(found)) == len(found)
    assert drawn.area == mask.sum()


@given(masks)
def test_an_outline_goes_between_inside_and_outside(mask: np.ndarray) -> None:
    assert_outlined(mask)


@pytest.mark.parametrize(
    "mask",
    [
        np.eye(4, dtype=bool),
        np.pad(np.zeros((1, 1), bool), 1, constant_values=True),  # a hole
        np.ones((3, 5), bool),  # up to the border
        np.zeros((3, 3), bool),
    ],
)
def test_parts_holes_and_borders_are_outlined(mask: np.ndarray) -> None:
    assert_outlined(mask)


def test_the_cells_of_a_file_are_outlined(tmp_path: Path) -> None:
    with BehaviorOphysExperiment.from_nwb_path(write_experiment(tmp_path, n_cells=4)) as session:
        for cell in session.cells["cell_roi_id"].tolist():
            assert_outlined(session.roi_mask(cell))


@pytest.mark.reference
def test_the_cells_of_the_reference_file_are_outlined(reference_experiment: Path) -> None:
    with BehaviorOphysExperiment.from_nwb_path(reference_experiment) as session:
        for cell in session.cells["cell_roi_id"].tolist():
            assert_outlined(session.roi_mask(cell))
