"""Times of the page and of the server: trials are found alike, and windows are as links say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.pages.session.first_view import bounds_of, first_span, landmarks
from dashboard.pages.session.recording import Recording
from dashboard.urls import Address, ViewState
from data_layer.store.moment import behavior_at
from data_layer.store.session_store import SessionStore
from tests.support import recordings


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionStore]:
    with recordings.opened(recordings.write("imaging", tmp_path_factory.mktemp("session"))) as one:
        yield one


def test_a_window_is_shown_as_its_link_says(store: SessionStore) -> None:
    recording = Recording(Address("experiment", 1), store)
    start, stop = bounds_of(recording)
    assert store.bounds[0] <= start < stop <= store.bounds[1]
    middle = round((start + stop) / 2, 4)
    for span in [(middle, middle + 0.0625), (start, stop), (middle, middle + 1e-6)]:
        shown = first_span(recording, ViewState(span))
        assert shown[0] < shown[1]
        assert ViewState.from_query({"t": ViewState(shown).to_query()[2:]}).span == shown
    assert first_span(recording, ViewState((start - 5, stop + 5))) == (start, stop)


@given(st.data())
def test_the_page_and_the_read_out_mean_the_same_trial(
    store: SessionStore, data: st.DataObject
) -> None:
    sent = landmarks(store)
    borders = [*sent["trial"], *store.spans("trials").stops.tolist(), *store.bounds]
    steps = st.tuples(st.sampled_from(borders), st.integers(-3, 3))
    time = round(data.draw(steps.map(lambda step: step[0] + step[1] * 1e-4)), 4)
    # as assets/session/trial_of_moment.js has it, which tests/js compares with the server
    begun = [i for i, first in enumerate(sent["trial"]) if first <= time]
    index = begun[-1] if begun and time < sent["trials_stop"] else None
    trial = behavior_at(store, time)["trial"]
    assert (trial and trial["trials_id"]) == (index if index is None else store.trials_ids[index])


def test_a_step_to_a_trial_leads_into_it(store: SessionStore) -> None:
    trials = [
        behavior_at(store, first)["trial"]["trials_id"] for first in landmarks(store)["trial"]
    ]
    assert trials == store.trials_ids.tolist()
