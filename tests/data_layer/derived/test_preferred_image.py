"""The preferred image is the one with the largest mean over all of its flashes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.cell_responses.preferred_image import flashes_of_images, preferred_image
from data_layer.derived.cell_responses.windows import mean_response, running_sums

NAMES = ("im061", "im062", "im063")


@given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from([math.nan, -1.0, 0.0, 0.5, 2.0])))
def test_the_first_of_the_largest_known_means(means: Any) -> None:
    known = [(-value, list(means).index(name), name) for name, value in means.items()]
    known = [one for one in known if not math.isnan(one[0])]
    assert preferred_image(means) == (min(known)[2] if known else None)


@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_it_is_found_among_flashes_that_follow_each_other(seed: int, n_flashes: int) -> None:
    rng = np.random.default_rng(seed)
    times, begin = np.arange(0, 40, 0.1), 1 + 0.75 * np.arange(n_flashes)
    trace, shown = rng.normal(size=len(times)), rng.choice(NAMES, n_flashes)
    flashes = {name: begin[shown == name] for name in NAMES}
    found = {
        name: mean_response(running_sums(trace), around)
        for name, around in flashes_of_images(times, flashes).items()
    }
    means = {
        name: np.mean([trace[(times >= t) & (times < t + 0.5)].mean() for t in flashes[name]])
        for name in NAMES
        if len(flashes[name])
    }
    assert preferred_image(found) == max(means, key=means.__getitem__)
