"""Change response and preferred image: every place that shows one shows the same."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.around_events.image_responses import image_responses
from data_layer.around_events.orders import cell_indices
from data_layer.around_events.response_table import RESPONSE_OF, response_table
from data_layer.around_events.times import KINDS, event_times
from data_layer.around_events.triggered_signals import triggered_means
from data_layer.derived.cell_responses.preferred_image import preferred_image
from data_layer.quality.checks.traces import responsive
from data_layer.quality.measures import measures
from data_layer.quality.trace_passes import trace_pass
from data_layer.store.cell_order import cell_order, change_response
from data_layer.store.cell_table import cell_table
from data_layer.store.session_store import SessionStore
from tests.support import prepared, recordings

SIGNALS = ("dff", "events", "corrected_fluorescence")
spans = st.tuples(st.integers(-10, 0), st.integers(1, 10)).map(lambda s: (s[0] / 10, s[1] / 10))


@pytest.fixture(scope="module", params=["imaging", "one cell", "passive", "gaps in everything"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SessionStore]:
    path = prepared.write(request.param, tmp_path_factory.mktemp("session"))
    with recordings.opened(path) as store:
        yield store


def test_the_change_response_is_the_same_in_both_tables_and_the_order(store: SessionStore) -> None:
    cells = store.activity("dff").matrix.cell_roi_ids.tolist()
    in_responses = response_table(store).set_index("cell_roi_id")["change_response"]
    in_cells = cell_table(store).set_index("cell_roi_id")["change_response"]
    np.testing.assert_allclose(in_cells[cells], in_responses[cells], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(change_response(store), in_responses[cells], rtol=1e-6, atol=1e-9)
    known = in_cells[cell_order(store, "change_response")].dropna()
    assert (np.diff(known) <= 0).all()


@pytest.mark.parametrize("signal", SIGNALS)
def test_the_change_response_of_every_kind_of_trace_is_that_of_the_table(
    store: SessionStore, signal: str
) -> None:
    found = response_table(store, signal)["change_response"]
    np.testing.assert_allclose(change_response(store, signal), found, rtol=1e-4, atol=1e-6)


def test_responsive_cells_are_counted_by_the_same_change_response(store: SessionStore) -> None:
    n_changes = int(store.presentations["is_change"].astype(bool).sum())
    shown = response_table(store)["change_response"].to_numpy()
    flags = responsive(shown, trace_pass(store, "dff").statistics, n_changes)
    share = measures(store).get("responsive_fraction")
    assert share is None or share == pytest.approx(100 * flags.mean(), rel=1e-5)


@given(st.data())
def test_the_preferred_image_does_not_depend_on_the_task_events_that_are_drawn(
    store: SessionStore, data: st.DataObject
) -> None:
    signal = data.draw(st.sampled_from(SIGNALS))
    kind = data.draw(st.sampled_from(["change", "omission", "image", "lick", "trial_start"]))
    response, baseline = data.draw(spans), data.draw(spans)
    times = event_times(store, kind).times
    means = triggered_means(store, signal, None, times, KINDS[kind].span)
    indices = cell_indices(store, "image", means, response, baseline)
    table = response_table(store, signal).set_index("cell_roi_id")["preferred_image"]
    drawn = [table[cell] for cell in means.cell_ids[indices].tolist()]
    names = [*store.image_names, None]
    order = [names.index(None if pd.isna(name) else name) for name in drawn]
    assert order == sorted(order)


@pytest.mark.parametrize("signal", SIGNALS)
def test_the_preferred_image_is_the_largest_of_the_responses_beside_it(
    store: SessionStore, signal: str
) -> None:
    table = response_table(store, signal).set_index("cell_roi_id")
    for cell, means in image_responses(store, signal).items():
        shown = {name: float(table.loc[cell, f"{RESPONSE_OF}{name}"]) for name in store.image_names}
        assert shown == pytest.approx(means, nan_ok=True)
        best = preferred_image(shown)
        if best is not None:
            assert table.loc[cell, "preferred_image"] == best
            assert table.loc[cell, "preferred_response"] == max(shown.values())
