"""The container page says what the tables and files say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from dashboard.figures.days.matched_cells import DayColumn, found_order, matched_cells_figure
from data_layer.around_events.times import event_times
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.matched_cells import container_days, matched_cells
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import Floats
from tests.dashboard.figures.drawn import drawn
from tests.dashboard.pages.conftest import Pages
from tests.dashboard.pages.session.reading import having, text

SPAN = (-3.0, 3.1)


@pytest.fixture(scope="module")
def container(small_cache: VisualBehaviorOphysProjectCache) -> int:
    """The container with most days on this machine."""
    table = small_cache.get_ophys_experiment_table()
    here = table[table.index.isin(small_cache.available("experiment"))]
    return int(here["ophys_container_id"].value_counts().index[0])


@pytest.fixture(scope="module")
def days(small_cache: VisualBehaviorOphysProjectCache, container: int) -> pd.DataFrame:
    return container_days(small_cache, container)


def test_every_day_is_there_in_order_with_its_picture_or_without(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, container: int, days: pd.DataFrame
) -> None:
    page = pages.layout("container", ophys_container_id=str(container))
    here = small_cache.available("experiment")
    cards = having(page, "className", "day-card")
    assert len(cards) == len(days)
    for card, (id_, row) in zip(cards, days.iterrows(), strict=True):
        assert row["session_type"] in text(card)
        assert (f"Maximum projection of experiment {id_}" in str(card)) == (id_ in here)
        assert ("not on this machine" in text(card)) == (id_ not in here)


def test_an_unknown_container_is_a_sentence(pages: Pages) -> None:
    words = text(pages.layout("container", ophys_container_id="12"))
    assert "No ophys_container_id 12 in the tables" in words
    assert "a number is meant" in text(pages.layout("container", ophys_container_id="x"))


def test_outlines_are_a_picture_of_their_own(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, days: pd.DataFrame
) -> None:
    id_ = next(id_ for id_ in days.index if id_ in small_cache.available("experiment"))
    answer = pages.ask.client.get(f"/picture/experiment/{id_}/outlines.svg")
    assert answer.mimetype == "image/svg+xml"
    n_cells = len(small_cache.get_behavior_ophys_experiment(id_).cell_specimen_table)
    assert answer.text.count("M") >= n_cells
    assert "NaN" not in answer.text
    assert pages.ask.client.get("/picture/experiment/12/outlines.svg").status_code == 404


@pytest.mark.parametrize("order", ["days", "first", "id"])
def test_the_matrix_has_a_row_per_cell_and_leads_to_it(
    pages: Pages,
    small_cache: VisualBehaviorOphysProjectCache,
    container: int,
    days: pd.DataFrame,
    order: str,
) -> None:
    inputs = {"container-id.data": container, "container-cells-order.value": order}
    answer = pages.panel("container-cells", inputs)
    cells = matched_cells(small_cache, days.index.tolist())
    matrix, per_day, _ = drawn(answer["container-cells-graph"]["figure"]).data
    assert np.isfinite(matrix.z).sum() == cells.found.sum()
    assert list(per_day.y) == cells.found.sum(axis=0).tolist()
    paths = [row[0] for row in matrix.customdata]
    assert set(paths) == {f"/cell/{id_}" for id_ in cells.cell_specimen_ids}
    assert f"{len(paths)} cells on {len(days)} days" in answer["container-cells-note"]["children"]


def test_cells_found_most_often_come_first() -> None:
    found = np.array([[0, 1, 0], [1, 1, 1], [1, 0, 0], [1, 0, 1]], dtype=bool)
    assert found_order(found, "days").tolist() == [1, 3, 2, 0]
    assert found_order(found, "first").tolist() == [1, 3, 2, 0]
    assert found_order(found, "id").tolist() == [0, 1, 2, 3]
    figure = drawn(
        matched_cells_figure(
            found,
            [1, 2, 3, 4],
            ["/a", "/b", "/c", "/d"],
            [DayColumn(n, n, "Familiar") for n in "abc"],
        )
    )
    assert list(figure.data[2].x) == [2, 1, 1]


def test_averages_are_means_over_cells_and_events_of_a_level(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, container: int, days: pd.DataFrame
) -> None:
    answer = pages.panel(
        "container-averages", {"container-id.data": container, "container-streamed.data": False}
    )
    figure = drawn(answer["container-averages-graph"]["figure"])
    novel = days[
        (days["experience_level"] == "Novel 1")
        & days.index.isin(small_cache.available("experiment"))
    ]
    line = next(t for t in figure.data if t.name == "Novel 1" and t.mode == "lines")
    expected, n = brute_force(small_cache, novel.index.tolist(), line.x)
    np.testing.assert_allclose(line.y, expected, rtol=1e-4, atol=1e-5)
    notes = " ".join(note.text for note in figure.layout.annotations)
    assert f"n = {n}, {len(novel)} day" in notes


def brute_force(
    cache: VisualBehaviorOphysProjectCache, experiments: Sequence[int], offsets: Floats
) -> tuple[Floats, int]:
    """Every cell interpolated at every event, one at a time."""
    events = []
    for id_ in experiments:
        with cache.get_behavior_ophys_experiment(id_) as experiment:
            times = experiment.ophys_timestamps
            traces = experiment.dff_traces["dff"].tolist()
            for change in event_times(SessionStore(experiment), "change").times:
                if times[0] <= change + offsets[0] and change + offsets[-1] <= times[-1]:
                    cells = [np.interp(change + offsets, times, trace) for trace in traces]
                    events.append(np.mean(cells, axis=0))
    return np.mean(events, axis=0), len(events)


def test_behaviour_leads_to_the_experiments(
    pages: Pages, container: int, days: pd.DataFrame
) -> None:
    answer = pages.panel("container-behavior", {"container-id.data": container})
    figure = drawn(answer["container-behavior-graph"]["figure"])
    assert list(figure.data[0].customdata) == [f"/experiment/{id_}" for id_ in days.index]
