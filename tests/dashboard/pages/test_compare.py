"""The comparison: its address, its columns, its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.urls.comparison import DEFAULT, MAX_COMPARED, Comparison
from data_layer.around_events.times import event_times
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import Floats
from tests.dashboard.figures.drawn import drawn
from tests.dashboard.pages.conftest import Pages
from tests.dashboard.pages.session.reading import having, text


@pytest.fixture(scope="module")
def two(small_cache: VisualBehaviorOphysProjectCache) -> list[int]:
    """A familiar and a novel day of one plane, both on this machine."""
    table = small_cache.get_ophys_experiment_table()
    here = table[table.index.isin(small_cache.available("experiment")) & ~table["passive"]]
    novel = here[here["experience_level"] == "Novel 1"].iloc[0]
    same = here[here["ophys_container_id"] == novel["ophys_container_id"]]
    return [int(same.index[0]), int(novel.name)]


def store(
    ids: Sequence[int], cell: int | None = None, show: Sequence[str] = DEFAULT
) -> dict[str, Any]:
    return {"comparison.data": Comparison(tuple(ids), tuple(show), cell).to_json()}


@pytest.mark.parametrize(
    "comparison",
    [
        Comparison((1, 2)),
        Comparison((3,), ("change", "numbers")),
        Comparison((1, 2, 3), ("projection",), 77),
    ],
)
def test_an_address_leads_back_to_what_it_was_made_from(comparison: Any) -> None:
    query = dict(part.split("=") for part in comparison.path().partition("?")[2].split("&"))
    assert set(Comparison.from_query(query).show) == set(comparison.show)
    assert Comparison.from_query(query).to_json()["ids"] == list(comparison.ids)
    assert Comparison.from_query(query).cell == comparison.cell
    assert Comparison.from_json(comparison.to_json()) == comparison


def test_what_an_address_cannot_mean_is_left_out() -> None:
    found = Comparison.from_query({"ids": "5,x,5,7", "show": "nothing", "cell": "x"})
    assert found == Comparison((5, 7))
    many = Comparison.from_query({"ids": ",".join(map(str, range(9)))})
    assert len(many.ids) == MAX_COMPARED
    assert many.left_out == 9 - MAX_COMPARED


def test_without_experiments_the_page_says_how_to_choose(pages: Pages) -> None:
    assert "+ compare" in text(pages.layout("compare"))


def test_each_experiment_is_a_column_that_can_be_taken_out(pages: Pages, two: list[int]) -> None:
    page = pages.layout("compare", ids=f"{two[0]},{two[1]},12")
    captions = having(page, "className", "day-caption")
    assert len(captions) == 3
    assert "not in the tables" in text(captions[2])
    hrefs = [link.href for link in having(captions[0], "href")]
    assert f"/experiment/{two[0]}" in hrefs
    assert f"/compare?ids={two[1]},12" in hrefs


def test_only_what_is_chosen_is_laid_out(pages: Pages, two: list[int]) -> None:
    page = pages.layout("compare", ids=str(two[0]), show="numbers")
    panels = {e.id for e in having(page, "id") if str(e.id).startswith("panel-")}
    assert panels == {"panel-compare-numbers"}


def test_rows_share_axes_and_show_the_means(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, two: list[int]
) -> None:
    answer = pages.panel("compare-plots", store(two, show=("change", "running")))
    figure = drawn(answer["compare-plots-graph"]["figure"])
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert figure.layout.yaxis3.range == figure.layout.yaxis4.range != figure.layout.yaxis.range
    line = next(t for t in figure.data if t.xaxis == "x4" and t.mode == "lines")
    with small_cache.get_behavior_ophys_experiment(two[1]) as experiment:
        running = experiment.running_speed
        changes = event_times(SessionStore(experiment), "change").times
    times, speed = running["timestamps"].to_numpy(), running["speed"].to_numpy()
    inside = [c for c in changes if times[0] <= c + line.x[0] and c + line.x[-1] <= times[-1]]
    expected = np.nanmean([without_gaps(c + line.x, times, speed) for c in inside], axis=0)
    np.testing.assert_allclose(line.y, expected, rtol=1e-4, atol=1e-4)


def without_gaps(wanted: Floats, times: Floats, values: Floats) -> Floats:
    """Interpolated between samples, but not across a lost one."""
    after = np.clip(np.searchsorted(times, wanted), 1, len(times) - 1)
    lost = times[after] - times[after - 1] > 1.5 * np.median(np.diff(times))
    return np.where(lost, np.nan, np.interp(wanted, times, values))


def test_a_matched_cell_is_drawn_where_it_was_found(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    table, cells = small_cache.get_ophys_experiment_table(), small_cache.get_ophys_cells_table()
    here = sorted(small_cache.available("experiment"))
    cell, missed = next(
        (cell, id_)
        for id_ in here
        for cell in of_container(table, cells, int(id_))
        if not (cells["cell_specimen_id"][cells["ophys_experiment_id"] == id_] == cell).any()
    )
    found = cells["ophys_experiment_id"][cells["cell_specimen_id"] == cell]
    absent = next(int(id_) for id_ in found if id_ not in here)
    answer = pages.panel("compare-plots", store([missed, absent], cell, ("change",)))
    figure = drawn(answer["compare-plots-graph"]["figure"])
    assert not [trace for trace in figure.data if trace.mode == "lines"]
    texts = [note.text for note in figure.layout.annotations]
    assert f"<b>around image change, cell {cell}</b>" in texts
    assert texts.count("this cell was not found") == 1
    assert texts.count("not on this machine") == 1


def of_container(table: Any, cells: pd.DataFrame, id_: int) -> list[int]:
    """The cells of an experiment's container."""
    days = table.index[table["ophys_container_id"] == table.loc[id_, "ophys_container_id"]]
    names = cells["cell_specimen_id"][cells["ophys_experiment_id"].isin(days)]
    return names.dropna().astype(int).unique().tolist()


def test_a_matched_cell_is_compared_over_days(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, two: list[int]
) -> None:
    cells = small_cache.get_ophys_cells_table()
    of_first = cells[cells["ophys_experiment_id"] == two[0]]["cell_specimen_id"].tolist()
    of_second = cells[cells["ophys_experiment_id"] == two[1]]["cell_specimen_id"].tolist()
    cell = next(cell for cell in of_first if cell in of_second)
    answer = pages.panel("compare-plots", store(two, int(cell), ("change",)))
    figure = drawn(answer["compare-plots-graph"]["figure"])
    line = [trace for trace in figure.data if trace.mode == "lines"][1]
    with small_cache.get_behavior_ophys_experiment(two[1]) as experiment:
        times, trace = experiment.ophys_timestamps, experiment.dff_traces["dff"][cell]
        changes = event_times(SessionStore(experiment), "change").times
    inside = [c for c in changes if times[0] <= c + line.x[0] and c + line.x[-1] <= times[-1]]
    expected = np.mean([without_gaps(c + line.x, times, trace) for c in inside], axis=0)
    np.testing.assert_allclose(line.y, expected, rtol=1e-4, atol=1e-5)


def test_numbers_are_those_of_the_files(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, two: list[int]
) -> None:
    table = pages.panel("compare-numbers", store(two))["compare-numbers-table"]["children"]
    lines = {}
    for line in having(table, "className", "compare-line"):
        [name] = having(line, "className", "compare-name")
        lines[text(name)] = [text(e) for e in having(line, "className", "compare-value")]
    for column, id_ in enumerate(two):
        with small_cache.get_behavior_ophys_experiment(id_) as experiment:
            assert lines["cells"][column] == str(len(experiment.cell_specimen_table))
            assert lines["trials"][column] == str(len(experiment.trials))
            assert lines["licks"][column] == f"{len(experiment.licks):,}"
            assert lines["hits"][column] == str(int(experiment.trials["hit"].sum()))
            mean = experiment.get_performance_metrics()["mean_dprime"]
            assert lines["d′, rolling mean"][column] == f"{mean:.2f}"


def test_unknown_and_absent_experiments_say_so(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    table = small_cache.get_ophys_experiment_table()
    absent = next(i for i in table.index if i not in small_cache.available("experiment"))
    figure = drawn(
        pages.panel("compare-plots", store([int(absent), 12], show=("change",)))[
            "compare-plots-graph"
        ]["figure"]
    )
    texts = [note.text for note in figure.layout.annotations]
    assert "not on this machine" in texts
    assert "not in the tables" in texts
    assert pages.panel("compare-numbers", store([int(absent), 12]))["state"] == "ready"
