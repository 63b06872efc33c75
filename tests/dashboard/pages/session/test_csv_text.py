"""Rows as text of a CSV file: formulas are guarded, numbers stay numbers."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

from dashboard.components.numbers.csv_text import csv_text


@pytest.mark.fault
@pytest.mark.parametrize("dtype", ["object", "str", "category"])
def test_a_text_of_a_file_that_is_a_formula_is_guarded_in_cells_and_headings(dtype: str) -> None:
    texts = pd.Series(["=1+1", "@x", "im065"], dtype=dtype)
    frame = pd.DataFrame({"image_name": texts, "-speed": [-1.5, -np.inf, np.nan]})
    lines = csv_text(frame, header=True).splitlines()
    assert lines == ["image_name,'-speed", "'=1+1,-1.5", "'@x,-inf", "im065,"]


def test_numbers_lists_and_flags_are_as_they_were() -> None:
    masks = pd.Series([np.array([-1, 2]), None], dtype=object)
    frame = pd.DataFrame({"id": [1, 2], "flag": [True, False], "mask": masks})
    read = pd.read_csv(io.StringIO(csv_text(frame, header=True)))
    assert read["id"].tolist() == [1, 2]
    assert read["flag"].tolist() == [True, False]
    assert read["mask"].tolist()[0] == "[-1, 2]"
