"""A view of a file of the first release shows the flashes when the mouse saw them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data_layer import open_session
from data_layer.store.session_store import SessionStore
from tests.support.nwb_files import as_first_release, remove, write_experiment


def test_changes_begin_at_the_change_time(tmp_path: Path) -> None:
    with open_session(as_first_release(write_experiment(tmp_path))) as session:
        store = SessionStore(session)
        shown, trials = store.presentations, store.trials
        changes = shown.loc[shown["is_change"], "start_time"]
        np.testing.assert_allclose(
            changes, trials.loc[trials["is_change"], "change_time"], atol=1e-9
        )
        stored = session.stimulus_presentations
        durations = shown["end_time"] - shown["start_time"]
        np.testing.assert_allclose(durations, stored["end_time"] - stored["start_time"])


def test_without_trials_the_times_are_as_stored(tmp_path: Path) -> None:
    path = remove(as_first_release(write_experiment(tmp_path)), "intervals/trials")
    with open_session(path) as session:
        shown = SessionStore(session).presentations
        assert shown["start_time"].tolist() == session.stimulus_presentations["start_time"].tolist()
