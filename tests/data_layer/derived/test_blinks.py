"""Blinks equal a slow and plain restatement."""

from __future__ import annotations

from math import isnan, nan, sqrt

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.blinks import (
    MASKED_COLUMNS,
    dilate,
    likely_blinks,
    outliers,
    without_blinks,
)

AREAS = st.lists(
    st.tuples(*[st.one_of(st.just(nan), st.integers(1, 50).map(float))] * 2), max_size=60
)


def plain_outliers(values: list[float], z_threshold: float) -> list[bool]:
    known = [v for v in values if not isnan(v)]
    mean = sum(known) / len(known) if known else nan
    spread = sqrt(sum((v - mean) ** 2 for v in known) / len(known)) if known else nan
    return [bool(spread) and abs(v - mean) / spread > z_threshold for v in values]


def plain_dilation(marked: list[bool], steps: int) -> list[bool]:
    return [any(marked[max(0, i - steps) : i + steps + 1]) for i in range(len(marked))]


@given(AREAS, st.sampled_from([0.55, 0.9, 1.37, 3.0]), st.integers(0, 4))
def test_blinks(areas: list[tuple[float, float]], z_threshold: float, steps: int) -> None:
    eye, pupil = [a for a, _ in areas], [b for _, b in areas]
    lost = [isnan(a) or isnan(b) for a, b in areas]
    odd = [plain_outliers(part, z_threshold) for part in (eye, pupil)]
    marked = [any(flags) for flags in zip(lost, *odd, strict=True)]
    found = likely_blinks(np.array(eye, float), np.array(pupil, float), z_threshold, steps)
    assert found.tolist() == plain_dilation(marked, steps)


@given(st.lists(st.integers(1, 9).map(float), max_size=8), st.sampled_from([0.55, 0.9, 1.37]))
def test_outliers(values: list[float], z_threshold: float) -> None:
    assert outliers(np.array(values), z_threshold).tolist() == plain_outliers(values, z_threshold)


@given(st.lists(st.booleans(), max_size=30), st.integers(0, 40))
def test_dilation(marked: list[bool], steps: int) -> None:
    assert dilate(np.array(marked, bool), steps).tolist() == plain_dilation(marked, steps)


@given(st.lists(st.booleans(), max_size=20))
def test_a_blink_hides_its_columns_and_nothing_else(blinks: list[bool]) -> None:
    names = [*MASKED_COLUMNS, "cr_width", "eye_center_x", "pupil_area_raw"]
    table = pd.DataFrame({name: np.ones(len(blinks)) for name in names})
    masked = without_blinks(table.assign(likely_blink=np.array(blinks, bool)))
    for name in names:
        hidden = masked[name].isna().tolist()
        assert hidden == (blinks if name in MASKED_COLUMNS else [False] * len(blinks))
