"""The eye's range in the camera against the outlines that are drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.eye import ellipse
from data_layer.derived.camera_range import camera_range

KEYS = ("center_x", "center_y", "width", "height", "phi")
FITS = st.tuples(
    st.floats(100, 500),
    st.floats(100, 500),
    st.floats(1, 120),
    st.floats(1, 120),
    st.floats(-np.pi / 4, np.pi / 4),
)


def eye_tracking(eyes: list[tuple[float, ...]], pupil: tuple[float, ...]) -> pd.DataFrame:
    columns = {f"eye_{key}": [eye[i] for eye in eyes] for i, key in enumerate(KEYS)}
    columns |= {f"pupil_{key}": [pupil[i]] * len(eyes) for i, key in enumerate(KEYS)}
    return pd.DataFrame(columns, dtype=float)


@given(FITS, FITS)
def test_an_eye_that_never_moves_is_wholly_inside(eye: Any, pupil: Any) -> None:
    spans = camera_range(eye_tracking([eye] * 50, pupil))
    assert spans is not None
    for outline in (ellipse(*eye), ellipse(*pupil)):
        for values, (low, high) in zip(outline, spans, strict=True):
            assert low <= values.min()
            assert values.max() <= high


@given(FITS)
def test_the_range_is_as_wide_as_the_outline_and_a_margin(eye: Any) -> None:
    x, y = ellipse(*eye)
    spans = camera_range(eye_tracking([eye] * 50, eye))
    assert spans is not None
    for values, (low, high) in zip((x, y), spans, strict=True):
        width = values.max() - values.min()
        assert high - low == pytest.approx(1.16 * width, rel=0.01)


def test_rare_outliers_do_not_widen_the_range() -> None:
    eye = (300.0, 250.0, 100.0, 90.0, 0.1)
    far = (2000.0, 250.0, 100.0, 90.0, 0.1)
    usual = camera_range(eye_tracking([eye] * 1000, eye))
    with_one_far = camera_range(eye_tracking([eye] * 999 + [far], eye))
    np.testing.assert_allclose(with_one_far, usual)


def test_without_a_fit_there_is_no_range() -> None:
    nothing = (np.nan,) * 5
    assert camera_range(eye_tracking([nothing] * 3, nothing)) is None
    assert camera_range(eye_tracking([], nothing)) is None
