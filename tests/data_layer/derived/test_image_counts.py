"""Counts of images against counting by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.image_counts import image_counts

SHOWN = st.sampled_from(["im061", "im062", "im065"])
FLASHES = st.lists(SHOWN | st.sampled_from(["omitted", None]), max_size=60)


def presentations(names: list[str | None]) -> pd.DataFrame:
    """A table as the readers make it: an image that differs from the one before is a change."""
    changes, before = [], None
    for name in names:
        is_image = name not in {None, "omitted"}
        changes.append(bool(is_image and before is not None and name != before))
        before = name if is_image else before
    omitted = pd.array([None if n is None else n == "omitted" for n in names], dtype="boolean")
    return pd.DataFrame(
        {"image_name": pd.array(names, dtype="str"), "omitted": omitted, "is_change": changes}
    )


@given(FLASHES)
def test_counts_are_those_made_by_hand(names: Any) -> None:
    table = presentations(names)
    counts = image_counts(table)
    images = [name for name in names if name not in {None, "omitted"}]
    assert list(counts.index) == sorted(set(images))
    for image in counts.index:
        assert counts.loc[image, "shown"] == images.count(image)
        assert counts.loc[image, "share"] == pytest.approx(images.count(image) / len(images))
        assert counts.loc[image, "changes"] == sum(
            name == image and change for name, change in zip(names, table["is_change"], strict=True)
        )


@given(FLASHES)
def test_an_omission_belongs_to_the_image_shown_before_it(names: Any) -> None:
    by_hand: dict[str, int] = {}
    current = None
    for name in names:
        if name == "omitted" and current is not None:
            by_hand[current] = by_hand.get(current, 0) + 1
        elif name not in {None, "omitted"}:
            current = name
    counts = image_counts(presentations(names))["omitted"]
    assert {image: n for image, n in counts.items() if n} == by_hand
