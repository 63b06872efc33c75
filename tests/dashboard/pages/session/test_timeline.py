"""The timeline's callback: a whole figure at first, then patches of encoded arrays."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.urls import DEFAULT_OPTIONS
from data_layer import BehaviorOphysExperiment
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked

ADDRESS = {"kind": "experiment", "id": EXPERIMENT}
KEY = "timeline-graph"


def values(window: tuple[float, float], *, first: bool, **changes: Any) -> dict[str, Any]:
    request = {"start": window[0], "stop": window[1], "pixels": 700, "first": first}
    return {
        "request.data": request,
        "selection.data": {"cells": changes.pop("cells", [])},
        "options.data": DEFAULT_OPTIONS | changes,
        "address.data": ADDRESS,
    }


@pytest.fixture
def window(experiment_file: Path) -> tuple[float, float]:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        start = float(session.trials["start_time"].iloc[2])
    return start, start + 20.0


def decoded(array: Any) -> np.ndarray:
    if isinstance(array, list):  # how plotly writes an array without elements
        return np.array(array)
    return np.frombuffer(base64.b64decode(array["bdata"]), dtype=array["dtype"])


def figure_of(answer: Any) -> dict[str, Any]:
    return answer.json["response"][KEY]["figure"]


def test_first_comes_the_whole_figure_and_the_panel_is_ready(
    ask: Asked, window: tuple[float, float]
) -> None:
    answer = ask(f"{KEY}.figure", "request.data", values(window, first=True))
    figure = figure_of(answer)
    names = [row["name"] for row in figure["layout"]["meta"]["rows"]]
    assert names[:5] == ["stimulus", "trials", "licks", "running_speed", "pupil_area"]
    assert names[5] == f"activity:{EXPERIMENT}"
    assert answer.json["response"]["panel-timeline"]["data-state"] == "ready"
    assert answer.json["response"]["answered"]["data"]["start"] == window[0]


def test_a_new_window_is_answered_with_a_patch_of_typed_arrays(
    ask: Asked, window: tuple[float, float]
) -> None:
    answer = ask(f"{KEY}.figure", "request.data", values(window, first=False))
    patch = figure_of(answer)
    assert patch["__dash_patch_update"] == "__dash_patch_update"
    arrays = [op for op in patch["operations"] if op["location"][-1] in {"x", "y"}]
    assert arrays
    for operation in arrays:
        assert set(operation["params"]["value"]) == {"dtype", "bdata"}
    places = {
        tuple(op["location"][:2]) for op in patch["operations"] if op["location"][0] == "layout"
    }
    assert ("layout", "xaxis") in places  # drawn in one go with what it shows
    assert len(answer.data) < 200_000


def times_of(figure: dict[str, Any], name: str) -> Any:
    """The times (s) of the line with a name."""
    return decoded(next(trace for trace in figure["data"] if trace["name"] == name)["x"])


def test_what_lies_ahead_is_drawn_as_finely_beside_the_window(
    ask: Asked, experiment_file: Path
) -> None:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        start, stop = session.stimulus_timestamps[[0, -1]]
    length = (stop - start) / 6
    window = (start + 2 * length, start + 3 * length)
    asked = values(window, first=True)
    alone = figure_of(ask(f"{KEY}.figure", "request.data", asked))
    asked["request.data"]["ahead"] = True
    wide = figure_of(ask(f"{KEY}.figure", "request.data", asked))
    assert wide["layout"]["xaxis"]["range"] == alone["layout"]["xaxis"]["range"] == [*window]
    few, many = times_of(alone, "running_speed"), times_of(wide, "running_speed")
    assert many[0] == pytest.approx(window[0] - length, abs=0.1)
    assert many[-1] == pytest.approx(window[1] + length, abs=0.1)
    inside = (many >= few[0]) & (many <= few[-1])
    assert inside.sum() == pytest.approx(len(few), rel=0.05)


def test_what_lies_ahead_ends_with_the_session(ask: Asked, experiment_file: Path) -> None:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        start, stop = session.stimulus_timestamps[[0, -1]]
    asked = values((start, start + 0.6 * (stop - start)), first=True)
    asked["request.data"]["ahead"] = True
    figure = figure_of(ask(f"{KEY}.figure", "request.data", asked))
    times = times_of(figure, "running_speed")
    assert times[0] == pytest.approx(start, abs=0.1)
    assert times[-1] == pytest.approx(stop, abs=0.1)


def test_a_row_that_was_not_drawn_before_brings_the_whole_figure(
    ask: Asked, window: tuple[float, float]
) -> None:
    first = values(window, first=True)
    drawn = ask(f"{KEY}.figure", "request.data", first).json["response"]["answered"]["data"]
    asked = values(window, first=False)
    same = ask(f"{KEY}.figure", "request.data", asked | {"answered.data": drawn})
    assert "operations" in figure_of(same)
    other = {"answered.data": drawn | {"rows": "0" * 16}}  # as when a plane could not be read
    assert "layout" in figure_of(ask(f"{KEY}.figure", "request.data", asked | other))


def test_the_patch_brings_the_arrays_of_the_whole_figure(
    ask: Asked, window: tuple[float, float]
) -> None:
    """Trace for trace, what a patch puts in is what a whole figure would have had."""
    whole = figure_of(ask(f"{KEY}.figure", "request.data", values(window, first=True)))
    patch = figure_of(ask(f"{KEY}.figure", "request.data", values(window, first=False)))
    for operation in patch["operations"]:
        where = operation["location"]
        if where[0] != "data" or where[2] not in {"x", "y"}:
            continue
        np.testing.assert_array_equal(
            decoded(operation["params"]["value"]), decoded(whole["data"][where[1]][where[2]])
        )
    put = {tuple(op["location"]): op["params"]["value"] for op in patch["operations"]}
    for part in ("shapes", "images", "annotations"):
        assert put["layout", part] == whole["layout"][part]


def test_every_lick_of_a_window_is_a_stroke(
    ask: Asked, window: tuple[float, float], experiment_file: Path
) -> None:
    figure = figure_of(ask(f"{KEY}.figure", "request.data", values(window, first=True)))
    strokes = next(shape for shape in figure["layout"]["shapes"] if shape["name"] == "lick")
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        licks = session.licks["timestamps"].to_numpy()
    shown = licks[(licks >= window[0]) & (licks <= window[1])]
    drawn = [float(part.partition(",")[0]) for part in strokes["path"].split("M")[1:]]
    assert len(shown)
    assert set(np.round(shown, 5)) <= set(drawn)


def test_running_is_drawn_as_recorded(
    ask: Asked, window: tuple[float, float], experiment_file: Path
) -> None:
    figure = figure_of(ask(f"{KEY}.figure", "request.data", values(window, first=True)))
    line = next(trace for trace in figure["data"] if trace["name"] == "running_speed")
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        table = session.running_speed
    shown = table[(table["timestamps"] >= window[0]) & (table["timestamps"] <= window[1])]
    drawn_x, drawn_y = decoded(line["x"]), decoded(line["y"])
    inside = (drawn_x >= window[0]) & (drawn_x <= window[1])
    np.testing.assert_array_equal(drawn_x[inside], shown["timestamps"])
    np.testing.assert_array_equal(drawn_y[inside], shown["speed"].astype(np.float32))


def test_thousands_of_flashes_are_a_few_traces_and_shapes(
    ask: Asked, experiment_file: Path
) -> None:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        times, flashes = session.stimulus_timestamps, len(session.stimulus_presentations)
    request = values((float(times[0]), float(times[-1])), first=True)
    figure = figure_of(ask(f"{KEY}.figure", "request.data", request))
    assert len(figure["data"]) < 40 < flashes
    assert len(figure["layout"]["shapes"]) < 6


def test_a_selected_cell_gets_a_row_and_a_frame_in_the_heatmap(
    ask: Asked, window: tuple[float, float], experiment_file: Path
) -> None:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        cell = int(session.cells["cell_specimen_id"].iloc[2])
    request = values(window, first=True, cells=[cell], traces=["dff", "events"])
    figure = figure_of(ask(f"{KEY}.figure", "selection.data", request))
    rows = {row["name"]: row for row in figure["layout"]["meta"]["rows"]}
    assert rows[f"cell:{cell}:dff"]["cells"] == [cell]
    assert f"cell:{cell}:events" in rows
    place = rows[f"activity:{EXPERIMENT}"]["cells"].index(cell)
    frames = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert [frame["y0"] for frame in frames] == [place - 0.5]


def test_an_unknown_row_or_cell_in_a_link_is_left_out(
    ask: Asked, window: tuple[float, float]
) -> None:
    request = values(window, first=True, rows=["trials", "nonsense"], cells=[12])
    figure = figure_of(ask(f"{KEY}.figure", "request.data", request))
    assert [row["name"] for row in figure["layout"]["meta"]["rows"]] == ["trials"]


def test_a_moment_is_told_as_json_and_an_unknown_session_in_a_sentence(
    ask: Asked, window: tuple[float, float]
) -> None:
    answer = ask.client.get(f"/moment/experiment/{EXPERIMENT}?t={window[0] + 1}")
    assert answer.json["trial"]["trials_id"] == 2
    assert ask.client.get("/moment/experiment/5?t=1").status_code == 404
    assert ask.client.get(f"/moment/experiment/{EXPERIMENT}").status_code == 404


def test_health(ask: Asked) -> None:
    answer = ask.client.get("/health")
    assert answer.status_code == 200
    assert set(answer.json) == {"name", "version"}
