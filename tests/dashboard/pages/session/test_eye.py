"""The eye panel: the frame at the window's centre, the rig, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.components.answering import EmptyPanel
from dashboard.figures.eye import ellipse
from dashboard.pages.session.panels.eye import content, eye_words
from data_layer.store.session_store import SessionStore
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.dashboard.pages.session.reading import having, text
from tests.support.nwb_files import remove
from tests.support.recordings import opened, write

RIG = "processing/eye_tracking_rig_metadata"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionStore]:
    with opened(write("imaging", tmp_path_factory.mktemp("eye"))) as store:
        yield store


def parts(panel: Any) -> dict[str, Any]:
    figure = having(panel, "id", "eye-graph")[0].figure
    return {trace.meta: trace for trace in figure.data if trace.meta}


def test_the_frame_nearest_to_the_time_is_drawn(store: SessionStore) -> None:
    row = store.eye_tracking.query("~likely_blink").iloc[100]
    panel = content(store, float(row["timestamps"]) + 0.004)
    for part, trace in parts(panel).items():
        fit = [row[f"{part}_{key}"] for key in ("center_x", "center_y", "width", "height", "phi")]
        np.testing.assert_allclose((trace.x, trace.y), ellipse(*fit))
    assert f"frame {int(row.name):,} at" in text(panel)
    assert "no blink" in text(panel)


def test_a_blink_is_said_to_be_one_and_has_no_pupil(store: SessionStore) -> None:
    row = store.eye_tracking.query("likely_blink").iloc[0]
    panel = content(store, float(row["timestamps"]))
    assert "likely blink" in text(panel)
    assert len(parts(panel)["pupil"].x) == 0


def test_a_time_without_a_frame_is_said_to_have_none(store: SessionStore) -> None:
    panel = content(store, 1e6)
    assert "no camera frame" in text(panel)
    assert all(len(trace.x) == 0 for trace in parts(panel).values())


def test_the_axes_are_the_same_at_every_time(store: SessionStore) -> None:
    ranges = [
        having(content(store, time), "id", "eye-graph")[0].figure.layout.xaxis.range
        for time in (20.0, 60.0)
    ]
    assert ranges[0] == ranges[1]


def test_the_rig_is_listed_with_its_units(store: SessionStore) -> None:
    words = text(content(store, 20.0))
    geometry = store.session.eye_tracking_rig_geometry
    assert "(mm)" in words
    assert ", ".join(f"{value:g}" for value in geometry["camera_position_mm"]) in words


def test_eye_tracking_and_rig_may_be_missing_alone_or_together(tmp_path: Path) -> None:
    with opened(remove(write("imaging", tmp_path), RIG)) as store:
        words = text(content(store, 20.0))
        assert "does not say where" in words
        assert "frame" in words
    with opened(remove(write("imaging", tmp_path), "acquisition/EyeTracking")) as store:
        panel = content(store, 20.0)
        assert "no eye tracking" in text(panel)
        assert having(panel, "className", "rig-sketch")
    with opened(write("no eye tracking", tmp_path)) as store, pytest.raises(EmptyPanel):
        content(store, 20.0)


def test_words_of_a_frame() -> None:
    eye = {"frame": 1234, "likely_blink": True}
    assert eye_words(eye, 41.2) == "frame 1,234 at 41.20 s, likely blink: no pupil"


def test_the_callback_draws_at_the_windows_centre(ask: Asked) -> None:
    values = {
        "address.data": {"kind": "experiment", "id": EXPERIMENT},
        "window.data": {"start": 20.0, "stop": 24.0},
    }
    answer = ask("eye-body.children", "address.data", values)
    assert "at 22.00 s" in text(answer.json["response"]["eye-body"]["children"])
    assert len(answer.data) < 300_000
