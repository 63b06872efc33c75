"""Events around anchors against two plain loops."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.aligned import events_around

# Multiples of 1/8 s, so that differences are exact and an event can lie right on the edge.
moments = st.lists(st.integers(-400, 400).map(lambda n: n / 8), max_size=40)
spans = st.integers(0, 80).map(lambda n: n / 8)


@given(moments, moments, spans, spans)
def test_every_pair_within_the_span_is_found_once(
    times: Any, anchors: Any, before: Any, after: Any
) -> None:
    times = sorted(times)
    rows, places = events_around(np.array(times), np.array(anchors), before, after)
    expected = [
        (row, place)
        for row, anchor in enumerate(anchors)
        for place, time in enumerate(times)
        if -before <= time - anchor <= after
    ]
    assert list(zip(rows.tolist(), places.tolist(), strict=True)) == expected
