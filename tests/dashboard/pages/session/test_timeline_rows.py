"""The rows of the timeline: what they draw, and what they say where there is nothing to draw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.figures.literal import literal
from dashboard.figures.timeline import texts
from dashboard.figures.timeline_rows import Row
from dashboard.pages.session.recording import Recording
from dashboard.pages.session.timeline_rows import Shown, timeline_rows
from dashboard.urls import Address
from data_layer.values.window import Window
from tests.support import recordings
from tests.support.damage import blot


def row_of(name: str, kind: str, folder: Path) -> Row:
    """One row of a session of a kind, at the end of the session."""
    with recordings.opened(recordings.write(kind, folder)) as store:
        last = store.bounds[1]
        recording = Recording(Address("behavior", 1), store)
        (row,) = timeline_rows(Shown(recording, Window(last - 20, last, 700), (), {"rows": [name]}))
    return row


@pytest.mark.parametrize(("before", "after"), [(0, 20), (20, 20), (20, 0), (5, 20)])
def test_what_lies_ahead_ends_with_the_session_and_is_as_fine(
    tmp_path: Path, before: float, after: float
) -> None:
    with recordings.opened(recordings.write("training", tmp_path)) as store:
        first, last = store.bounds
        start = first + before if after else last - 20
        recording = Recording(Address("behavior", 1), store)
        window = Window(start, start + 20, 700)
        drawn = Shown(recording, window, (), {}, ahead=True).drawn
    assert drawn.start == pytest.approx(start - before)
    assert drawn.stop == pytest.approx(start + 20 + after)
    assert drawn.seconds_per_pixel == pytest.approx(window.seconds_per_pixel, rel=1e-3)


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


@pytest.mark.fault
def test_a_damaged_row_begins_with_what_is_wrong_and_fits_into_the_plot(tmp_path: Path) -> None:
    path = recordings.write("training", tmp_path)
    blot(path, "processing/running/speed")
    with recordings.opened(path) as store:
        shown = Shown(
            Recording(Address("behavior", 1), store),
            Window(*store.bounds, 300),
            (),
            {"rows": ["running_speed"]},
        )
        (row,) = timeline_rows(shown)
    assert row.notes["absent"].startswith("running_speed cannot be read: ")
    assert str(tmp_path) not in row.notes["absent"]
    sentence = texts([row], 300)[1]
    lines = sentence["text"].split("<br>")
    assert 1 < len(lines) <= 3
    assert all(len(line) < 50 for line in lines)
    assert sentence["hovertext"].replace("<br>", " ") == literal(row.notes["absent"])


@pytest.mark.fault
def test_licks_that_cannot_be_read_leave_the_rewards_in_their_row(tmp_path: Path) -> None:
    path = recordings.write("training", tmp_path)
    blot(path, "processing/licking")
    with recordings.opened(path) as store:
        window = Window(*store.bounds, 300)
        recording = Recording(Address("behavior", 1), store)
        (row,) = timeline_rows(Shown(recording, window, (), {"rows": ["licks"]}))
        n_rewards = len(store.reward_table)
    assert sum(len(trace["x"]) for trace in row.traces) == n_rewards
    assert row.notes["absent"].startswith("licks cannot be read: ")
