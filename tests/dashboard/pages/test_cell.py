"""The cell page: a column per day, found or not, on common axes."""

from __future__ import annotations

import numpy as np
import pytest

from data_layer.around_events.times import event_times
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.matched_cells import cell_days
from data_layer.store.session_store import SessionStore
from tests.dashboard.figures.drawn import drawn
from tests.dashboard.pages.conftest import Pages
from tests.dashboard.pages.session.reading import having, text


@pytest.fixture(scope="module")
def cells(small_cache: VisualBehaviorOphysProjectCache) -> list[int]:
    """Matched cells, those that were missed on a day that is on this machine first."""
    table = small_cache.get_ophys_cells_table()
    here = table[table["ophys_experiment_id"].isin(small_cache.available("experiment"))]
    counts = here["cell_specimen_id"].dropna().astype(int).value_counts()
    return counts.index.tolist()


def test_each_day_is_a_column_that_leads_to_its_experiment(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, cells: list[int]
) -> None:
    page = pages.layout("cell", cell_specimen_id=str(cells[0]))
    days = cell_days(small_cache, cells[0])
    captions = having(page, "className", "day-caption")
    assert len(captions) == len(days)
    for caption, day in zip(captions, days, strict=True):
        [link] = having(caption, "href")
        selected = f"?cells={cells[0]}" if day.here and day.cell_roi_id is not None else ""
        assert link.href == f"/experiment/{day.ophys_experiment_id}{selected}"
        assert ("not found" in text(caption)) == (day.cell_roi_id is None)


def test_crops_are_centred_on_the_cell(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, cells: list[int]
) -> None:
    answer = pages.panel(
        "cell-crops", {"cell-specimen.data": cells[0], "cell-streamed.data": False}
    )
    figure = drawn(answer["cell-crops-graph"]["figure"])
    days = cell_days(small_cache, cells[0])
    shown = [day for day in days if day.here and day.cell_roi_id is not None]
    assert len(figure.layout.images) == len(shown)
    for number, day in enumerate(days, 1):
        axis = figure.layout["xaxis" if number == 1 else f"xaxis{number}"]
        if day not in shown:
            continue
        with small_cache.get_behavior_ophys_experiment(day.ophys_experiment_id) as experiment:
            mask = experiment.cell_specimen_table["roi_mask"][cells[0]]
        centre = np.argwhere(mask)[:, 1].mean()
        assert axis.range == pytest.approx((centre - 50, centre + 50))


def test_responses_are_those_of_plain_interpolation_on_one_axis(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, cells: list[int]
) -> None:
    answer = pages.panel(
        "cell-responses", {"cell-specimen.data": cells[0], "cell-streamed.data": False}
    )
    figure = drawn(answer["cell-responses-graph"]["figure"])
    days = cell_days(small_cache, cells[0])
    ranges = {figure.layout[name].range for name in figure.layout if name.startswith("yaxis")}
    assert len(ranges) == 1
    day = next(day for day in days if day.here and day.cell_roi_id is not None)
    line = next(t for t in figure.data if t.name == "change" and t.mode == "lines")
    with small_cache.get_behavior_ophys_experiment(day.ophys_experiment_id) as experiment:
        times, trace = experiment.ophys_timestamps, experiment.dff_traces["dff"][cells[0]]
        changes = event_times(SessionStore(experiment), "change").times
    inside = [c for c in changes if times[0] <= c + line.x[0] and c + line.x[-1] <= times[-1]]
    expected = np.mean([np.interp(c + line.x, times, trace) for c in inside], axis=0)
    np.testing.assert_allclose(line.y, expected, rtol=1e-4, atol=1e-5)
    images = {t.name for t in figure.data if t.name and t.name.startswith("im")}
    assert len(images) >= 8


def test_responses_are_split_as_in_the_events_tab_and_shown_with_single_events(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, cells: list[int]
) -> None:
    asked = {"cell-specimen.data": cells[0], "cell-streamed.data": False}
    chosen = {"cell-split.value": "outcome", "cell-single.value": True}
    answer = pages.panel("cell-responses", asked | chosen)
    figure = drawn(answer["cell-responses-graph"]["figure"])
    day = next(d for d in cell_days(small_cache, cells[0]) if d.here and d.cell_roi_id is not None)
    with small_cache.get_behavior_ophys_experiment(day.ophys_experiment_id) as experiment:
        times, trace = experiment.ophys_timestamps, experiment.dff_traces["dff"][cells[0]]
        hits = experiment.trials.query("hit")["change_time"]
    line = next(t for t in figure.data if t.name == "hit" and t.mode == "lines")
    inside = [t for t in hits if times[0] <= t + line.x[0] and t + line.x[-1] <= times[-1]]
    each = [np.interp(t + line.x, times, trace) for t in inside]
    np.testing.assert_allclose(line.y, np.mean(each, axis=0), rtol=1e-4, atol=1e-5)
    single = next(t for t in figure.data if t.name == "single event")
    first = single.y[: len(line.x)]
    assert min(np.abs(first - one).max() for one in each) < 1e-4
    assert np.isnan(single.y[len(line.x)])
    columns = single.meta["columns"]
    assert (columns["event"], columns["group"]) == ("change", "hit")
    assert columns["event_time"]["each"] == len(line.x) + 1
    first_time = columns["event_time"]["values"][0]
    assert min(abs(first_time - one) for one in inside) < 1e-6
    np.testing.assert_allclose(
        first, np.interp(first_time + line.x, times, trace), rtol=1e-4, atol=1e-4
    )


def test_days_without_the_cell_or_the_file_say_so(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    table = small_cache.get_ophys_cells_table()
    for cell in table["cell_specimen_id"].dropna().astype(int).unique():
        days = cell_days(small_cache, cell)
        missing = [day for day in days if day.cell_roi_id is None]
        if missing:
            break
    assert missing
    figure = drawn(
        pages.panel("cell-traces", {"cell-specimen.data": int(cell), "cell-streamed.data": False})[
            "cell-traces-graph"
        ]["figure"]
    )
    sentences = [note.text for note in figure.layout.annotations]
    assert sentences.count("not found on this day") == len(missing)
    absent = [day for day in days if day.cell_roi_id is not None and not day.here]
    assert sentences.count("not on this machine") == len(absent)


def test_the_trace_is_the_files_around_the_first_hit(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, cells: list[int]
) -> None:
    figure = drawn(
        pages.panel("cell-traces", {"cell-specimen.data": cells[0], "cell-streamed.data": False})[
            "cell-traces-graph"
        ]["figure"]
    )
    day = cell_days(small_cache, cells[0])[0]
    assert day.here
    trace = figure.data[0]
    with small_cache.get_behavior_ophys_experiment(day.ophys_experiment_id) as experiment:
        hits = experiment.trials[experiment.trials["hit"]]
        times, values = experiment.ophys_timestamps, experiment.dff_traces["dff"][cells[0]]
    moment = hits["change_time"].iloc[0]
    assert trace.customdata - trace.x == pytest.approx(np.full(len(trace.x), moment), abs=1e-3)
    stored = set(values.astype(np.float32).tolist())
    assert set(trace.y.astype(np.float32).tolist()) <= stored
    assert times[0] <= trace.customdata.min()


def test_a_roi_leads_to_its_cell_and_an_unknown_id_to_a_sentence(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    table = small_cache.get_ophys_cells_table()
    roi, cell = int(table.index[0]), int(table["cell_specimen_id"].iloc[0])
    page = pages.layout("cell", cell_specimen_id=str(roi))
    assert f"cell_specimen_id {' '} {cell}".split() == text(page).split()[:2]
    assert "No cell_specimen_id 12" in text(pages.layout("cell", cell_specimen_id="12"))
