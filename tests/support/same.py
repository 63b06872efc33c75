"""Compares two answers of a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd


def assert_same(got: Any, want: Any, what: str, *, single: bool = False) -> None:
    """Assert that two answers are equal to the last bit; with ``single`` values as float32."""
    assert type(got) is type(want), what
    if isinstance(want, pd.DataFrame):
        pd.testing.assert_frame_equal(got, want, check_exact=True, obj=what)
        assert got.attrs == want.attrs, what
    elif isinstance(want, pd.Series):
        pd.testing.assert_series_equal(got, want, check_exact=True, obj=what)
    elif is_dataclass(want):
        for field in fields(want):
            # Which samples are drawn must not depend on the last digits of values.
            rounded = single and field.name == "values"
            parts = getattr(got, field.name), getattr(want, field.name)
            assert_same(*parts, f"{what}, {field.name}", single=rounded)
    elif isinstance(want, Mapping | tuple | list):
        _assert_same_items(got, want, what, single)
    else:
        one, other = (np.float32(got), np.float32(want)) if single else (got, want)
        np.testing.assert_array_equal(one, other, err_msg=what)


def _assert_same_items(got: Any, want: Any, what: str, single: bool) -> None:
    if isinstance(want, Mapping):
        assert got.keys() == want.keys(), what
        for key in want:
            assert_same(got[key], want[key], f"{what}, {key}", single=single)
        return
    assert len(got) == len(want), what
    for one, other in zip(got, want, strict=True):
        assert_same(one, other, what, single=single)
