"""Field of view, cells and trials in the browser: all panels show the same selection."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data_layer import BehaviorOphysExperiment
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.field_of_view import FIELD, zoom_by_wheel
from tests.support.waiting import wait_for, wait_ready

RASTER = "document.querySelector('#trials-raster .js-plotly-plot')"
ON_PAGE = """([plot, x, y]) => {
    const box = eval(plot).getBoundingClientRect();
    const { xaxis, yaxis } = eval(plot)._fullLayout;
    return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
}"""


@pytest.fixture
def experiment(small_cache: VisualBehaviorOphysProjectCache) -> BehaviorOphysExperiment:
    """The first plane of an active session with a file on this machine."""
    table = small_cache.get_ophys_experiment_table()
    here = table[table.index.isin(small_cache.available("experiment")) & ~table["passive"]]
    return small_cache.get_behavior_ophys_experiment(int(here.index[0]))


@pytest.fixture
def session_page(page: Page, experiment: BehaviorOphysExperiment) -> Page:
    page.goto(f"/experiment/{experiment.ophys_experiment_id}")
    wait_ready(page)
    wait_for(page, f"{FIELD}?.layout.shapes?.length && {RASTER}?.data.length")
    return page


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def middle_of(experiment: BehaviorOphysExperiment, cell: int) -> tuple[float, float]:
    """A pixel (x, y) inside a cell's mask."""
    rows, columns = np.nonzero(experiment.cell_specimen_table.loc[cell, "roi_mask"])
    nearest = np.hypot(rows - rows.mean(), columns - columns.mean()).argmin()
    return float(columns[nearest]), float(rows[nearest])


def selected(page: Page, *cells: int) -> None:
    wait_for(page, f"String(vbd.cells.selected()) === '{','.join(map(str, cells))}'")


def test_pointing_at_a_cell_names_it_and_clicks_select(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    first, second = (int(cell) for cell in experiment.cell_specimen_table.index[:2])
    at = {
        c: session_page.evaluate(ON_PAGE, [FIELD, *middle_of(experiment, c)])
        for c in (first, second)
    }
    session_page.mouse.move(*at[first])
    expect(session_page.locator("#cell-tip")).to_contain_text(f"cell_specimen_id {first}")
    session_page.mouse.click(*at[first])
    selected(session_page, first)
    session_page.keyboard.down("Shift")
    session_page.mouse.click(*at[second])
    session_page.keyboard.up("Shift")
    selected(session_page, first, second)
    expect(session_page.locator(".fov-graph")).to_contain_text(str(first))
    expect(session_page.locator(".fov-graph")).to_contain_text(str(second))
    expect(session_page.locator("#panel-timeline")).to_contain_text(f"cell {second}")


def test_beside_the_cells_nothing_is_named_or_selected(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    covered = np.asarray(experiment.segmentation_mask_image)
    free = np.argwhere(covered == 0)
    distance = [np.abs(free - at).sum(axis=1) for at in np.argwhere(covered)]
    y, x = free[np.min(distance, axis=0).argmax()]
    before = session_page.evaluate("vbd.cells.selected()")
    session_page.mouse.click(*session_page.evaluate(ON_PAGE, [FIELD, float(x), float(y)]))
    expect(session_page.locator("#cell-tip")).to_be_hidden()
    assert session_page.evaluate("vbd.cells.selected()") == before


def test_the_chosen_picture_is_shown_and_shared_and_outlines_can_be_hidden(
    session_page: Page,
) -> None:
    session_page.get_by_text("average", exact=True).click()
    wait_for(session_page, f"{FIELD}.layout.images[0].source.includes('average_projection')")
    session_page.wait_for_url("**projection=average_projection*")
    session_page.get_by_label("outlines").uncheck()
    wait_for(session_page, f"{FIELD}.layout.shapes[0].opacity === 0")


def test_the_scale_bar_keeps_its_length_in_the_tissue_when_zoomed(session_page: Page) -> None:
    bar = f"{FIELD}.layout.shapes.find((shape) => shape.name === 'scale bar')"
    before = session_page.evaluate(f"{bar}.x1 - {bar}.x0")
    zoom_by_wheel(session_page, 20)  # to an eighth
    wait_for(session_page, f"{bar}.x1 - {bar}.x0 < {before} - 1")
    length, label, size = session_page.evaluate(
        f"[{bar}.x1 - {bar}.x0, {FIELD}.layout.annotations[0].text, {FIELD}.layout.meta.pixel_size]"
    )
    assert label == f"{length * size:.0f} µm"


def test_a_row_of_the_cell_table_and_the_selection_are_the_same(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    cells = [int(cell) for cell in experiment.cell_specimen_table.index]
    open_tab(session_page, "Cells")
    session_page.locator(f"#cells-table .ag-row[row-id='{cells[3]}']").first.click()
    selected(session_page, cells[3])
    expect(session_page.locator(".fov-graph")).to_contain_text(str(cells[3]))
    session_page.evaluate(f"vbd.cells.select({cells[1]})")
    marked = session_page.locator("#cells-table .ag-row-selected")
    expect(marked.first).to_have_attribute("row-id", str(cells[1]))


def test_the_cell_table_is_saved_as_stored(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    open_tab(session_page, "Cells")
    session_page.locator("#cells-table .ag-row").first.wait_for()
    wait_for(session_page, "dash_ag_grid.getApi('cells-table')?.getColumn('dff_max')")
    with session_page.expect_download() as download:
        session_page.locator(".csv-button:visible").click()
    saved = pd.read_csv(download.value.path(), index_col="cell_specimen_id")
    stored = experiment.cell_specimen_table.drop(columns="roi_mask")
    pd.testing.assert_frame_equal(saved[list(stored.columns)], stored, check_dtype=False)


def test_a_click_on_a_row_of_the_raster_goes_to_that_trial(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    changes = experiment.trials["change_time"].dropna().tolist()
    row = len(changes) // 2
    session_page.mouse.click(*session_page.evaluate(ON_PAGE, [RASTER, 3.5, row]))
    wait_for(
        session_page,
        f"Math.abs((vbd.time.window().start + vbd.time.window().stop) / 2 - {changes[row]}) < 0.01",
    )
    marks = f"{RASTER}.data.find((trace) => trace.name === 'in the time window').y"
    wait_for(session_page, f"[...{marks}].includes({row})")


def test_outcomes_can_be_switched_off_and_rows_sorted(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    trials = experiment.trials
    rows = f"{RASTER}.layout.meta.change_time"
    hits = session_page.locator(".outcome-chip", has_text="hit")
    hits.click()
    kept = trials[trials["change_time"].notna() & ~trials["hit"]]
    wait_for(session_page, f"{rows}.length === {len(kept)}")
    hits.click()
    session_page.get_by_label("rows by").select_option("response_latency")
    fastest = trials[trials["change_time"].notna()]["response_latency"].idxmin()
    wait_for(session_page, f"{rows}[0] === {trials.loc[fastest, 'change_time']}")


def test_a_row_of_the_trials_table_goes_there_and_all_of_it_can_be_saved(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    session_page.get_by_text("table", exact=True).click()
    row = session_page.locator("#trials-table .ag-row[row-id='3']").first
    row.scroll_into_view_if_needed()
    row.click()
    trial = experiment.trials.loc[3]
    at = trial["start_time"] if np.isnan(trial["change_time"]) else trial["change_time"]
    wait_for(
        session_page,
        f"Math.abs((vbd.time.window().start + vbd.time.window().stop) / 2 - {at}) < 0.01",
    )
    expect(session_page.locator("#trials-table .ag-row-selected[row-id='3']").first).to_be_visible()
    with session_page.expect_download() as download:
        session_page.locator(".csv-button:visible").click()
    saved = pd.read_csv(io.BytesIO(download.value.path().read_bytes()), index_col="trials_id")
    stored = pd.DataFrame(experiment.trials).drop(columns="lick_times")
    pd.testing.assert_frame_equal(saved[list(stored.columns)], stored, check_dtype=False)
    assert saved["n_licks"].tolist() == experiment.trials["lick_times"].map(len).tolist()
