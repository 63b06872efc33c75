"""The parts of a batch for the jobs of a job array."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.batch.shards import Shard
from data_layer.batch.task import Item
from data_layer.errors import BadSetting

ITEMS = st.lists(
    st.tuples(st.sampled_from(["experiment", "behavior"]), st.integers(0, 2**40)), unique=True
).map(lambda found: [Item(kind, id_, f"{kind}_{id_}.nwb") for kind, id_ in found])


@given(ITEMS, st.integers(1, 40), st.randoms())
def test_all_parts_together_are_all_files_each_once_in_whatever_order_they_are_listed(
    items: list[Item], total: int, shuffle: random.Random
) -> None:
    parts = []
    for number in range(1, total + 1):
        listed = shuffle.sample(items, len(items))
        parts.append(Shard.parse(f"{number}/{total}").of(listed))
    together = [item for part in parts for item in part]
    assert len(together) == len(items)
    assert set(together) == set(items)
    sizes = [len(part) for part in parts]
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.fault
@pytest.mark.parametrize("text", ["0/4", "5/4", "3", "/", "a/b", "-1/2", "1/0", "1/2/3"])
def test_a_part_that_cannot_be_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BadSetting, match=r"--shard is .* such as 3/16"):
        Shard.parse(text)
