"""Tables on their way to the browser: nothing is lost, JSON can hold it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.components.table import column, columns_of, kind_of


def test_columns_are_json_and_keep_every_value() -> None:
    frame = pd.DataFrame(
        {
            "trials_id": [0, 1, 2],
            "response_latency": [0.4798, np.inf, np.nan],
            "cell_specimen_id": pd.array([1_086_500_000, None, 3], dtype="Int64"),
            "hit": [True, False, False],
            "initial_image_name": ["im065", None, "omitted"],
            "lick_times": [np.array([311.8, 312.1]), np.empty(0), np.array([1.0])],
        }
    )
    sent = json.loads(json.dumps(columns_of(frame), allow_nan=False))
    assert sent == {
        "trials_id": [0, 1, 2],
        "response_latency": [0.4798, "inf", None],
        "cell_specimen_id": [1_086_500_000, None, 3],
        "hit": [True, False, False],
        "initial_image_name": ["im065", None, "omitted"],
        "lick_times": [[311.8, 312.1], [], [1.0]],
    }


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("cell_roi_id", [1, 2], "id"),
        ("hit", [True, False], "flag"),
        ("change_time", [1.5, np.nan], "number"),
        ("initial_image_name", ["im065", "im066"], "text"),
        ("lick_times", [np.array([1.0]), np.empty(0)], "times"),
    ],
)
def test_the_kind_of_a_column_follows_from_its_name_and_values(
    name: str, values: list[Any], kind: str
) -> None:
    assert kind_of(pd.Series(values, name=name)) == kind


def test_a_heading_is_the_name_with_its_unit_and_an_explanation() -> None:
    described = column("change_time", "number", "When the change was on the screen.", "s")
    assert described["field"] == "change_time"
    assert described["headerName"] == "change_time (s)"
    assert described["headerTooltip"] == "When the change was on the screen."
