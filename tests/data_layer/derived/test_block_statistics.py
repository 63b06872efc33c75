"""Statistics gathered block by block against those of the whole matrix."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from data_layer.derived.block_statistics import block_statistics

matrices = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, max_side=30),
    elements=st.one_of(st.floats(-1000, 1000), st.just(np.nan)),
)


@given(matrices, st.integers(1, 12))
def test_blocks_give_what_the_whole_gives(matrix: Any, size: int) -> None:
    blocks = [matrix[i : i + size] for i in range(0, len(matrix), size)]
    statistics = block_statistics(blocks)
    for column, found in zip(matrix.T, statistics.itertuples(), strict=True):
        known = column[~np.isnan(column)]
        if not len(known):
            assert np.isnan([found.mean, found.std, found.max]).all()
            continue
        np.testing.assert_allclose(found.mean, known.mean(), atol=1e-8)
        np.testing.assert_allclose(found.std, known.std(), atol=1e-6)
        assert found.max == known.max()


def test_without_a_block_there_is_no_row() -> None:
    assert block_statistics([]).empty
