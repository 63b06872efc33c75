"""The colour scale of many cells: nearly all of 9 cells in 10 fit, and no single one sets it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.values.color_scale import robust_range, robust_top

CELLS = st.integers(2, 40)
SEEDS = st.integers(0, 2**32 - 1)


def noise(n_cells: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).gamma(2.0, 0.1, (n_cells, 300))


@pytest.mark.fault
@given(CELLS, st.integers(0, 39), SEEDS, st.floats(2, 1e6))
def test_one_cell_however_bright_does_not_set_the_scale_of_the_others(
    n_cells: int, bright: int, seed: int, factor: float
) -> None:
    values = noise(n_cells, seed)
    dimmest_end, brightest_end = np.sort(np.percentile(values, 99, axis=1))[[0, -1]]
    values[bright % n_cells] *= factor
    for top in (robust_top(values), robust_range(values)[1]):
        assert dimmest_end <= top <= brightest_end


@given(CELLS, SEEDS)
def test_nearly_all_samples_of_nine_cells_in_ten_fit(n_cells: int, seed: int) -> None:
    values = noise(n_cells, seed)
    top = robust_top(values)
    inside = (values <= top).mean(axis=1) >= 0.985
    assert inside.sum() >= np.floor(0.9 * (n_cells - 1))


def test_a_cell_that_is_mostly_zero_counts_by_its_positive_samples() -> None:
    values = np.zeros((3, 1000))
    values[:, :4] = [[1, 2, 3, 4]]
    assert robust_top(values) == pytest.approx(np.percentile([1, 2, 3, 4], 99))


@pytest.mark.parametrize("values", [np.empty((0, 5)), np.full((2, 4), np.nan), np.zeros((2, 4))])
def test_without_a_positive_value_the_scale_ends_at_one(values: np.ndarray) -> None:
    assert robust_top(values) == 1.0


def test_missing_samples_and_dark_cells_do_not_count() -> None:
    values = noise(4, 1)
    with_gaps = np.vstack([np.where(values > 0.5, np.nan, values), np.full((1, 300), np.nan)])
    assert 0 < robust_top(with_gaps) <= 0.5
    low, top = robust_range(with_gaps)
    assert 0 <= low < top <= 0.5
