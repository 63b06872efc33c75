"""The numbers that a panel's menu saves, and the programs that make the same selection."""

from __future__ import annotations

import ast
import importlib.util
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient

from dashboard.pages.session.code import OF_PANELS as WITH_CODE
from dashboard.pages.session.code.program import LIBRARIES
from dashboard.pages.session.numbers import OF_PANELS as WITH_NUMBERS
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache

SPAN = "t=60-70"  # short: every sample is drawn
ROWS = (
    "rows=stimulus,trials,licks,running_speed,raw_running_speed,pupil_area,pupil_position,"
    "activity,cells,motion&traces=dff,events,filtered_events"
)
Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def path(small_experiment: Path) -> str:
    return f"experiment/{small_experiment.stem.rpartition('_')[2]}"


@pytest.fixture(scope="module")
def numbers(client: FlaskClient, path: str) -> Callable[..., pd.DataFrame]:
    def read(panel: str, query: str = SPAN) -> pd.DataFrame:
        answer = client.get(f"/numbers/{path}/{panel}.parquet?{query}")
        assert answer.status_code == 200, answer.text
        return pq.read_table(io.BytesIO(answer.data)).to_pandas()

    return read


@pytest.fixture(scope="module")
def programs(client: FlaskClient, path: str) -> Callable[..., dict[str, str]]:
    def read(panel: str, query: str = SPAN, of: str = path) -> dict[str, str]:
        answer = client.get(f"/code/{of}/{panel}.json?{query}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json or [])

    return read


@pytest.fixture(scope="module", params=LIBRARIES)
def run(
    request: pytest.FixtureRequest, programs: Callable[..., dict[str, str]], small_release: Path
) -> Run:
    """Runs the program of a panel; without AllenSDK its program reads with the data layer."""
    library = request.param

    def run(panel: str, *query: str) -> dict[str, Any]:
        text = programs(panel, *query)[library]
        if library == "AllenSDK" and importlib.util.find_spec("allensdk") is None:
            text = text.replace(LIBRARIES["AllenSDK"], LIBRARIES["data_layer"])
            assert "allensdk" not in text
        text = text.replace('CACHE_DIR = "."', f"CACHE_DIR = {str(small_release)!r}")
        names: dict[str, Any] = {}
        exec(compile(text, f"{panel} {library}", "exec"), names)
        return names

    return run


def test_the_timeline_is_selected(run: Run, numbers: Callable[..., pd.DataFrame]) -> None:
    query = f"{SPAN}&{ROWS}"
    timeline, drawn = run("timeline", query)["timeline"], numbers("timeline", query)
    for row, column in (
        ("running_speed", "speed"),
        ("raw_running_speed", "speed"),
        ("pupil_area", "pupil_area"),
    ):
        assert_same_line(timeline[row], column, drawn[drawn["row"] == row])
    for kind in ("dff", "events", "filtered_events"):
        shown = drawn[(drawn["row"] == "cells") & (drawn["name"] == kind)]
        table = timeline[f"cell {shown['cell'].iloc[0]} {kind}"]
        assert_same_line(table, table.columns[1], shown)
    for name, row in (("x", "motion_x"), ("y", "motion_y")):
        assert_same_line(timeline["motion 0"], name, drawn[drawn["name"] == row])
    for name, table in (("lick", timeline["licks"]), ("reward", timeline["rewards"])):
        times = drawn.loc[(drawn["row"] == "licks") & (drawn["name"] == name), "time"]
        inside = times[times.between(60, 70)]
        np.testing.assert_allclose(inside, np.sort(table["timestamps"]), atol=1e-6)
    heat = drawn[drawn["row"] == "activity"]
    matrix = timeline["activity 0"]
    assert heat["cell"].nunique() == len(matrix) > 3
    per_cell = heat.groupby("cell", sort=False)["value"].max().to_numpy()
    np.testing.assert_array_less(np.sort(matrix.max(axis=1)) - 1e-4, np.sort(per_cell))
    n_trials = (drawn["row"] == "trials").sum()
    assert n_trials == len(timeline["trials"]) > 0


def assert_same_line(table: pd.DataFrame, column: str, drawn: pd.DataFrame) -> None:
    """The samples of a table are those that are drawn inside the window."""
    inside = drawn[drawn["time"].between(60, 70)]
    assert len(inside) == len(table) > 50
    np.testing.assert_allclose(inside["time"], table["timestamps"], atol=1e-6)
    np.testing.assert_allclose(inside["value"], table[column].astype(float), rtol=1e-5, atol=1e-6)


@pytest.mark.filterwarnings("ignore:Mean of empty slice")  # where no event has a sample
@pytest.mark.parametrize(
    "query",
    [
        "",
        "&split=none",
        "&event=omission&signal=running_speed",
        "&event=lick_bout&signal=lick_rate&split=none",
        "&of=population&event=reward&subtract=yes",
        "&event=running_onset&signal=filtered_events",
        "&event=times&at=70,80,90&signal=pupil_area&split=none",
        "&event=image&signal=events&split=image",
    ],
)
def test_single_events_and_means_are_computed(
    run: Run, numbers: Callable[..., pd.DataFrame], query: str
) -> None:
    names, drawn = run("events", SPAN + query), numbers("events", SPAN + query)
    means = drawn[drawn["shows"] == "mean"]
    assert list(names["means"]) == list(dict.fromkeys(means["group"]))
    for group, mean in names["means"].items():
        of_group = means[means["group"] == group]
        np.testing.assert_allclose(of_group["offset"], names["offsets"], atol=1e-9)
        np.testing.assert_allclose(of_group["value"], mean, rtol=1e-3, atol=1e-4)
    single = drawn[drawn["shows"] == "event"]
    first = single[single["event_time"] == single["event_time"].iloc[0]]
    at = int(np.argmin(np.abs(names["times"] - first["event_time"].iloc[0])))
    np.testing.assert_allclose(first["value"], names["single"][at], rtol=1e-3, atol=1e-4)


def test_single_events_of_each_cell_add_up_to_the_figure(
    numbers: Callable[..., pd.DataFrame], small_experiment: Path
) -> None:
    with BehaviorOphysExperiment.from_nwb_path(small_experiment) as experiment:
        first, second = experiment.cell_specimen_table.index[:2]
    query = f"{SPAN}&cells={first},{second}&event=omission&subtract=yes"
    drawn, single = numbers("events", query), numbers("single-events", query)
    assert set(single["cell"]) == {first, second}
    drawn = drawn[drawn["shows"] == "event"]
    kept = single[single["event_time"].isin(drawn["event_time"])]
    together = kept.groupby(["event_time", "offset"])["value"].mean()
    known = drawn.set_index(["event_time", "offset"])["value"].sort_index()
    assert len(together) == len(known) > 100
    np.testing.assert_allclose(together, known, rtol=1e-3, atol=1e-4)
    groups = kept.drop_duplicates("event_time").set_index("event_time")["group"]
    of_drawn = drawn.drop_duplicates("event_time").set_index("event_time")["group"]
    assert (groups.sort_index() == of_drawn.sort_index()).all()


def test_single_events_of_every_cell_are_their_means_in_the_windows(
    numbers: Callable[..., pd.DataFrame],
) -> None:
    query = f"{SPAN}&event=change&split=none"
    every = numbers("single-events", f"{query}&of=every")
    cell = int(every["cell"].iloc[0])
    one = numbers("single-events", f"{query}&cells={cell}")
    assert len(every) == every["cell"].nunique() * every["event"].nunique() > 20
    inside = one[one["offset"].between(0, 0.75)].groupby("event_time")["value"].mean()
    of_cell = every[every["cell"] == cell].set_index("event_time")["response"].sort_index()
    assert np.corrcoef(inside, of_cell)[0, 1] > 0.9


def test_the_means_of_every_cell_are_computed(
    run: Run, numbers: Callable[..., pd.DataFrame]
) -> None:
    query = f"{SPAN}&of=every&split=none"
    names, drawn = run("events", query), numbers("events", query)
    (mean,) = names["means"].values()
    assert len(mean) == drawn["cell"].nunique()
    known = drawn.groupby("cell")["value"].sum()
    np.testing.assert_allclose(np.sort(mean.sum(axis=1)), np.sort(known), rtol=1e-3, atol=1e-2)


def test_the_performance_is_that_of_the_figure(
    run: Run, numbers: Callable[..., pd.DataFrame]
) -> None:
    performance, drawn = run("performance")["performance"], numbers("performance")
    for name in ("time", "hit_rate", "rolling_dprime", "reward_rate"):
        np.testing.assert_allclose(performance[name], drawn[name])


@pytest.mark.parametrize("own", ["", "&outcomes=hit,miss", "&rows_by=outcome&outcomes=hit"])
def test_the_licks_of_the_trials_are_those_of_the_raster(
    run: Run, numbers: Callable[..., pd.DataFrame], own: str
) -> None:
    raster, drawn = run("trials", SPAN + own)["raster"], numbers("trials", SPAN + own)
    assert set(raster) == set(drawn["trials_id"])
    licks = drawn[drawn["what"] == "lick"].groupby("trials_id")["time_from_change"]
    known = {trial: times.to_numpy() for trial, times in licks}
    for trial, times in raster.items():
        np.testing.assert_allclose(np.sort(known.get(trial, np.empty(0))), times, atol=1e-9)


def test_the_cells_of_the_field_of_view_are_found(
    run: Run, numbers: Callable[..., pd.DataFrame]
) -> None:
    names, drawn = run("field-of-view"), numbers("field-of-view")
    (areas,) = names["areas"]
    known = drawn.drop_duplicates("cell_roi_id")["area"]
    assert sorted(areas) == sorted(known)
    (selected,) = names["selected"]
    chosen = drawn.loc[drawn["selected"], "cell_roi_id"].unique()
    assert set(selected["cell_roi_id"]) == set(chosen) != set()
    assert names["pictures"][0].ndim == 2


def test_the_ellipses_of_the_eye_are_those_drawn(
    run: Run, numbers: Callable[..., pd.DataFrame]
) -> None:
    ellipses, drawn = run("eye")["ellipses"], numbers("eye").set_index("part")
    for part in ("pupil", "eye", "cr"):
        for key, value in ellipses[part].items():
            np.testing.assert_allclose(value, drawn.loc[part, key])


def test_the_tables_are_read(run: Run, numbers: Callable[..., pd.DataFrame]) -> None:
    assert len(run("stimuli")["presentations"]) == len(numbers("stimuli")) > 100
    (cells,) = run("cells")["cells"]
    assert cells["dff_max"].notna().all()
    assert len(cells) > 3
    assert run("details")["metadata"]["ophys_experiment_id"] > 0
    names, drawn = run("navigator"), numbers("navigator")
    trials = drawn[drawn["kind"] == "trial"]
    np.testing.assert_allclose(trials["start"], names["trials"]["start_time"])
    assert len(names["blocks"]) >= 1


@pytest.mark.parametrize("panel", WITH_CODE)
def test_every_program_is_python_for_a_session_and_a_behavior_too(
    programs: Callable[..., dict[str, str]],
    small_cache: VisualBehaviorOphysProjectCache,
    panel: str,
) -> None:
    experiments = small_cache.get_ophys_experiment_table()
    row = experiments.loc[min(small_cache.available("experiment"))]
    for text in programs(panel, SPAN, f"session/{row['ophys_session_id']}").values():
        ast.parse(text)


@pytest.mark.parametrize("panel", WITH_NUMBERS)
def test_every_file_says_what_it_is_of(client: FlaskClient, path: str, panel: str) -> None:
    text = client.get(f"/numbers/{path}/{panel}.csv?{SPAN}").text
    head = [line for line in text.splitlines() if line.startswith("# ")]
    assert path.rpartition("/")[2] in head[0]
    assert "Time window: 60.000 to 70.000 s of the session" in head[2]
    frame = pd.read_csv(io.StringIO(text), comment="#", low_memory=False)
    file = client.get(f"/numbers/{path}/{panel}.parquet?{SPAN}").data
    table = pq.read_table(io.BytesIO(file))
    assert list(frame.columns) == table.column_names
    assert len(frame) == table.num_rows > 0
    metadata = table.schema.metadata
    assert f"# {metadata[b'title'].decode()}" == head[0]
    assert json.loads(metadata[b"notes"])[1] in head[2]


def test_a_longer_window_is_said_to_be_downsampled(client: FlaskClient, path: str) -> None:
    text = client.get(f"/numbers/{path}/timeline.csv?t=0-9999&pixels=200").text
    assert "least and greatest value" in text.split("row,name", 1)[0]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("timeline.xlsx", 404),
        ("nothing.csv", 404),
        ("timeline.csv?pixels=100000000", 400),
        ("timeline.csv?pixels=no", 400),
        (f"timeline.csv?cells={','.join(map(str, range(5000)))}", 400),
        ("eye.csv?frame=999999999", 404),
        ("events.csv?event=times", 404),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    client: FlaskClient, path: str, address: str, status: int
) -> None:
    answer = client.get(f"/numbers/{path}/{address}")
    assert answer.status_code == status
    assert answer.text.endswith(".")


COLUMN = {"name": "a", "unit": "s", "values": [1, None, 2.5]}


def test_a_table_of_the_page_becomes_parquet(client: FlaskClient) -> None:
    columns = [
        COLUMN,
        {"name": "flag", "unit": "", "values": [True, False, None]},
        {"name": "text", "unit": "", "values": ["=1+1", 3, None]},
        {"name": "big", "unit": "", "values": ["Infinity", 1, "-Infinity"]},
    ]
    body = {"title": "A table", "notes": ["a note"], "columns": columns}
    answer = client.post("/numbers.parquet", json=body)
    assert answer.status_code == 200
    table = pq.read_table(io.BytesIO(answer.data))
    assert table["a"].to_pylist() == [1, None, 2.5]
    assert table["flag"].to_pylist() == [True, False, None]
    assert table["text"].to_pylist() == ["=1+1", "3", None]
    assert table["big"].to_pylist() == [float("inf"), 1, float("-inf")]
    assert table.schema.field("a").metadata[b"unit"] == b"s"


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"title": "x", "notes": [], "columns": [COLUMN, {**COLUMN, "values": [1]}]},
        {"title": "x", "notes": [], "columns": [{"name": "a"}]},
        {"title": "x" * 999, "notes": [], "columns": [COLUMN]},
    ],
)
def test_a_body_that_is_no_table_is_refused(client: FlaskClient, body: Any) -> None:
    assert client.post("/numbers.parquet", json=body).status_code == 400
