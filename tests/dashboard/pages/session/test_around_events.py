"""The events panel's callback: figures, counts, rules and the response table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.app import create_app
from dashboard.pages.session.panels.around_events.choices import Choices, numbers, span_of
from dashboard.urls import EVENT_OPTIONS
from data_layer import BehaviorOphysExperiment
from data_layer.around_events.splits import SPLITS
from data_layer.around_events.times import event_names
from data_layer.project_cache.single_file import SingleFile
from data_layer.settings import Settings
from data_layer.store.session_store import SessionStore
from tests.dashboard.figures.drawn import drawn
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.support.nwb_files import write_behavior

ADDRESS = {"kind": "experiment", "id": EXPERIMENT}


@pytest.fixture(scope="module")
def store(experiment_file: Path) -> Iterator[SessionStore]:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        yield SessionStore(session)


@pytest.fixture(scope="module")
def cells(store: SessionStore) -> list[int]:
    return list(store.cell_names.values())


def values_of(cells: list[int], **chosen: str) -> dict[str, Any]:
    options = EVENT_OPTIONS | chosen
    return {
        "address.data": ADDRESS,
        "selection.data": {"cells": cells},
        "tabs.active_tab": "events",
        **{f"option-{name}.value": value for name, value in options.items()},
    }


def answer(ask: Asked, cells: list[int], changed: str = "address.data", **chosen: str) -> Any:
    return ask("events-graph.figure", changed, values_of(cells, **chosen)).json["response"]


def figure_of(ask: Asked, cells: list[int], **chosen: str) -> Any:
    found = answer(ask, cells, **chosen)
    assert found["panel-events"]["data-state"] == "ready", found["message-events"]
    return drawn(found["events-graph"]["figure"])


def counts(figure: Any) -> dict[str, int]:
    lines = [trace.name.rsplit(", n = ", 1) for trace in figure.data if trace.mode == "lines"]
    return {name: int(n.replace(",", "")) for name, n in lines}


def test_the_first_view_is_the_change_by_outcome(
    ask: Asked, store: SessionStore, cells: list[int]
) -> None:
    found = answer(ask, cells[:1])
    figure = drawn(found["events-graph"]["figure"])
    trials = store.trials
    changed = trials[trials["is_change"].astype(bool)]
    n = counts(figure)
    dropped = int(found["events-note"]["children"].split(". ")[1].split(" ")[0])
    assert sum(n.values()) + dropped == len(changed)
    assert n.get("hit", 0) <= changed["hit"].sum()
    assert f"Cell {cells[0]}" in found["events-note"]["children"]
    assert found["option-around"]["placeholder"] == "-2.5, 2.8"


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("of", ["cells", "population", "every"])
def test_every_split_of_every_choice_of_cells_can_be_drawn(
    ask: Asked, cells: list[int], split: Any, of: str
) -> None:
    figure = figure_of(ask, cells[:2], split=split, of=of, event="image")
    assert figure.layout.meta["rows"] == ("cells" if of == "every" else "trials")


@pytest.mark.parametrize("order", ["response", "image", "depth", "clusters"])
def test_cells_in_every_order_are_all_there(ask: Asked, cells: list[int], order: str) -> None:
    figure = figure_of(ask, cells[:1], of="every", order=order, event="image")
    assert sorted(figure.layout.meta["cells"]) == sorted(cells)


def test_every_event_with_every_signal_is_drawn_or_said_to_be_absent(
    ask: Asked, store: SessionStore, cells: list[int]
) -> None:
    for event in event_names(store):
        for signal in ("events", "running_speed", "pupil_area", "lick_rate"):
            found = answer(ask, cells[:1], event=event, signal=signal, split="none")
            state = found["panel-events"]["data-state"]
            assert state == "ready" or "has no" in found["message-events"]["children"]


def test_without_a_selection_the_panel_asks_for_one(ask: Asked) -> None:
    found = answer(ask, [])
    assert found["panel-events"]["data-state"] == "empty"
    assert "No cell is selected" in found["message-events"]["children"]


def test_typed_times_and_windows_are_obeyed(
    ask: Asked, store: SessionStore, cells: list[int]
) -> None:
    middle = float(np.mean(store.bounds))
    chosen = {
        "event": "times",
        "at": f"{middle:.2f} {middle + 3:.2f}",
        "around": "-1, 2",
        "split": "none",
    }
    figure = figure_of(ask, cells[:1], **chosen, baseline="-0.8, -0.2", subtract="yes")
    assert figure.layout.meta["times"] == pytest.approx([middle, middle + 3], abs=0.01)
    (mean,) = (trace for trace in figure.data if trace.mode == "lines")
    assert (mean.x[0], mean.x[-1]) == pytest.approx((-1, 2), abs=0.04)
    before = (mean.x >= -0.8 - 1e-6) & (mean.x < -0.2 - 1e-6)
    assert mean.y[before].mean() == pytest.approx(0, abs=1e-6)


def test_the_rule_of_engagement_stands_on_the_figure(ask: Asked, cells: list[int]) -> None:
    figure = figure_of(ask, cells[:1], split="engaged", engaged="0.1", event="image")
    names = list(counts(figure))
    assert names
    if any(name.startswith("engaged") for name in names):
        assert "engaged (> 0.1 rewards/min)" in names
    note = answer(ask, cells[:1], split="engaged", engaged="0.1")["events-note"]["children"]
    assert "more than 0.1 rewards/min" in note


def test_a_bootstrap_is_the_same_each_time(ask: Asked, cells: list[int]) -> None:
    one, other = (figure_of(ask, cells[:1], band="bootstrap", event="image") for _ in range(2))
    bands = [
        [trace.y for trace in figure.data if trace.fill == "toself"] for figure in (one, other)
    ]
    assert bands[0]
    for first, second in zip(*bands, strict=True):
        np.testing.assert_array_equal(first, second)


def test_the_table_has_a_row_per_cell(ask: Asked, store: SessionStore, cells: list[int]) -> None:
    found = answer(ask, cells[:1], show="table")
    columns = found["responses-columns"]["data"]
    assert columns["cell"] == cells
    names = {f"response_{name}" for name in store.image_names}
    assert names < set(columns)
    defined = {column["field"] for column in found["responses-table"]["columnDefs"]}
    assert defined == set(columns)
    assert all(c["headerTooltip"] for c in found["responses-table"]["columnDefs"])
    assert "seed" in found["events-note"]["children"]


def test_a_selection_does_not_send_the_table_again(ask: Asked, cells: list[int]) -> None:
    values = values_of(cells[:1], show="table")
    assert ask("events-graph.figure", "selection.data", values).status_code == 204


def test_a_closed_tab_is_not_drawn(ask: Asked, cells: list[int]) -> None:
    values = values_of(cells[:1]) | {"tabs.active_tab": "trials"}
    assert ask("events-graph.figure", "selection.data", values).status_code == 204


def test_a_behaviour_session_shows_its_own_signals(tmp_path: Path) -> None:
    path = write_behavior(tmp_path)
    app = create_app(SingleFile(path), Settings(work_dir=tmp_path, prepare=0))
    with_id = int(path.stem.rsplit("_", 1)[-1])
    values = values_of([]) | {"address.data": {"kind": "behavior", "id": with_id}}
    found = Asked(app)("events-graph.figure", "address.data", values).json["response"]
    figure = drawn(found["events-graph"]["figure"])
    assert figure.layout.yaxis.title.text == "running speed (cm/s)"


def test_what_is_not_understood_is_left_at_its_default() -> None:
    odd = {"event": "sneeze", "signal": "x", "split": "mood", "around": "5", "engaged": "much"}
    usual = Choices.of_options({}, has_cells=True)
    assert Choices.of_options(odd, has_cells=True) == usual
    assert Choices.of_options({}, has_cells=False).signal == "running_speed"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("-1, 2", (-1, 2)),
        ("−1 2.5", (-1, 2.5)),
        ("2, 1", (-9, 9)),
        ("", (-9, 9)),
        ("1,2,3", (-9, 9)),
        ("-500, 500", (-120, 120)),
        ("-500, -400", (-9, 9)),
    ],
)
def test_a_window_is_two_numbers(text: str, span: tuple[Any, ...]) -> None:
    assert span_of(text, (-9.0, 9.0)) == span


def test_times_are_the_numbers_of_a_text() -> None:
    assert numbers("12.5, 300; x 7") == (12.5, 300, 7)
