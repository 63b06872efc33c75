"""Changes and flashes since change equal a slow and plain restatement."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.image_changes import flashes_since_change, is_change

# gray screen and movie frames have no name, and whether they were omitted is unknown
ROWS = st.lists(st.sampled_from(["im061", "im062", "im085", "omitted", None]), max_size=60)


def table_of(names: list[str | None], nullable: bool) -> pd.DataFrame:
    omitted = pd.Series([None if n is None else n == "omitted" for n in names], dtype="boolean")
    if not nullable:
        omitted = omitted.fillna(False).astype(bool)
    return pd.DataFrame({"image_name": pd.Series(names, dtype="str"), "omitted": omitted})


def plain_changes(names: list[str | None]) -> list[bool]:
    changes, before = [], None
    for name in names:
        shown = name not in (None, "omitted")
        changes.append(shown and before is not None and name != before)
        before = name if shown else before
    return changes


def plain_flashes(names: list[str | None], changes: list[bool]) -> list[int]:
    counts: list[int] = []
    for row, name in enumerate(names):
        before = counts[-1] if counts else 0
        if name == "omitted":
            counts.append(before)
        else:
            counts.append(0 if row == 0 or changes[row] else before + 1)
    return counts


@given(ROWS)
def test_changes(names: list[str | None]) -> None:
    table = table_of(names, nullable=True)
    changes = is_change(table)
    assert changes.tolist() == plain_changes(names)
    assert flashes_since_change(table, changes).tolist() == plain_flashes(names, changes.tolist())


@given(ROWS.map(lambda names: [n for n in names if n is not None]), st.booleans())
def test_changes_of_the_first_release(names: list[str | None], with_omitted: bool) -> None:
    table = table_of(names, nullable=False)
    table = table if with_omitted else table.drop(columns="omitted")
    changes = is_change(table)
    assert changes.tolist() == plain_changes(names)
    assert flashes_since_change(table, changes).tolist() == plain_flashes(names, changes.tolist())


@given(ROWS)
def test_a_change_resets_the_count(names: list[str | None]) -> None:
    table = table_of(names, nullable=True)
    changes = is_change(table)
    assert (flashes_since_change(table, changes)[changes] == 0).all()
    assert np.all(np.diff(flashes_since_change(table, changes)) <= 1)
