"""ROIs that are the same mask: found as a plain comparison of all pairs of masks finds them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data_layer import open_session
from data_layer.quality.checks.cells import duplicate_masks
from data_layer.quality.checks.check import Check
from data_layer.quality.session_checks import quality
from data_layer.store.session_store import SessionStore
from tests.support.faulty_files import FAULTS
from tests.support.nwb_files import write_experiment

stacks = arrays(bool, st.tuples(st.integers(0, 6), st.integers(1, 7), st.integers(1, 7)))


def check_of(masks: np.ndarray) -> Check:
    ids = 100 + np.arange(len(masks))
    return duplicate_masks(ids, [np.flatnonzero(mask) for mask in masks], masks.shape[1:])


def squares(*corners: tuple[int, int], size: int = 4) -> np.ndarray:
    """A mask (20, 30) for each upper left corner (row, column)."""
    masks = np.zeros((len(corners), 20, 30), bool)
    for mask, (row, column) in zip(masks, corners, strict=True):
        mask[row : row + size, column : column + size] = True
    return masks


@given(stacks)
def test_the_greatest_overlap_is_that_of_all_pairs_compared(masks: np.ndarray) -> None:
    check = check_of(masks)
    filled = [i for i in range(len(masks)) if masks[i].any()]
    overlaps = {
        (i, j): 100 * (masks[i] & masks[j]).sum() / (masks[i] | masks[j]).sum()
        for i, j in combinations(filled, 2)
    }
    if not overlaps:
        assert check.verdict == "not applicable"
        return
    assert check.value == pytest.approx(max(overlaps.values()), rel=1e-5)
    if check.value == 0:
        assert (check.cell_roi_id, check.note) == (None, "")
        return
    i, j = max(overlaps, key=lambda pair: overlaps[pair])
    assert (check.cell_roi_id, check.note) == (100 + i, f"cell_roi_id {100 + i} and {100 + j}.")


@pytest.mark.parametrize(
    ("corner", "value", "verdict"),
    [
        ((3, 5), 100.0, "fail"),
        ((3, 6), 60.0, "look"),
        ((4, 6), 39.1304, "pass"),
        ((7, 5), 0.0, "pass"),
        ((3, 9), 0.0, "pass"),
    ],
)
def test_a_moved_mask_is_less_and_less_the_same(
    corner: tuple[int, int], value: float, verdict: str
) -> None:
    check = check_of(squares((12, 20), (3, 5), corner))
    assert (check.value, check.verdict) == (value, verdict)


def test_a_small_cell_within_a_large_one_is_another_mask() -> None:
    small, large = squares((5, 5), size=3), squares((3, 3), size=9)
    assert check_of(np.concatenate([small, large])).verdict == "pass"


@pytest.mark.parametrize(
    ("masks", "note"),
    [
        (squares(), "There is nothing to measure it with."),
        (squares((3, 5)), "A single cell has no double."),
        (np.zeros((3, 20, 30), bool), "There is nothing to measure it with."),
    ],
)
def test_without_two_masks_there_is_no_answer(masks: np.ndarray, note: str) -> None:
    check = check_of(masks)
    assert (check.value, check.verdict, check.note) == (None, "not applicable", note)


def test_a_file_with_two_equal_masks_fails_and_names_them(tmp_path: Path) -> None:
    path = write_experiment(tmp_path, n_cells=4, n_invalid=0, field_of_view=(60, 50), seed=2)
    FAULTS["duplicate_masks"](path)
    with open_session(path) as session:
        store = SessionStore(session)
        ids = store.cells["cell_roi_id"].tolist()
        check = next(c for c in quality(store) if c.name == "duplicate_masks")
    assert (check.value, check.verdict, check.cell_roi_id) == (100.0, "fail", ids[0])
    assert check.note == f"cell_roi_id {ids[0]} and {ids[-1]}."
