"""The rows of the timeline: what they draw, and what they say where there is nothing to draw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.figures.timeline_rows import Row
from dashboard.pages.session.recording import Recording
from dashboard.pages.session.timeline_rows import Shown, timeline_rows
from dashboard.urls import Address
from data_layer.values.window import Window
from tests.support import recordings


def row_of(name: str, kind: str, folder: Path) -> Row:
    """One row of a session of a kind, at the end of the session."""
    with recordings.opened(recordings.write(kind, folder)) as store:
        last = store.bounds[1]
        recording = Recording(Address("behavior", 1), store)
        (row,) = timeline_rows(Shown(recording, Window(last - 20, last, 700), (), {"rows": [name]}))
    return row


def test_the_lick_rate_is_a_line_to_the_end_of_the_session(tmp_path: Path) -> None:
    row = row_of("licks_per_second", "training", tmp_path)
    assert (row.label, row.unit, row.show_ticks) == ("lick rate (1 s)", "licks/s", True)
    (line,) = row.traces
    assert np.diff(line["x"]).max() < 0.1 + 1e-9
    assert line["x"][-1] - line["x"][0] >= 20
    assert "absent" not in row.notes


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("licks_per_second", "passive", "no licks in this session"),
        ("pupil_area", "no eye tracking", "no eye tracking in this session"),
    ],
)
def test_a_row_without_samples_says_what_the_session_lacks(
    name: str, kind: str, reason: str, tmp_path: Path
) -> None:
    row = row_of(name, kind, tmp_path)
    assert row.notes["absent"] == reason
    assert not any(len(trace["x"]) for trace in row.traces)
