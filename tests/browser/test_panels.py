"""Performance, eye, stimuli and details in the browser, linked with the time window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from dashboard.figures.eye import ellipse
from data_layer import BehaviorOphysExperiment
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

MIDDLE = "Object.values(vbd.time.window()).reduce((a, b) => a + b) / 2"
TRACES = "document.querySelector('#{} .js-plotly-plot').data"


@pytest.fixture(scope="module")
def experiment(small_release: Path) -> BehaviorOphysExperiment:
    """The first plane of an active session with eye tracking and a file on this machine."""
    cache = VisualBehaviorOphysProjectCache.from_local_cache(small_release)
    table = cache.get_ophys_experiment_table()
    here = table[table.index.isin(cache.available("experiment")) & ~table["passive"]]
    opened = (cache.get_behavior_ophys_experiment(int(id_)) for id_ in here.index)
    return next(session for session in opened if session.has("eye_tracking"))


@pytest.fixture
def show(page: Page, experiment: BehaviorOphysExperiment) -> Callable[[str], Page]:
    """Open the experiment's page with a tab, at a window of ten seconds in the task."""

    def show(tab: str) -> Page:
        start = float(experiment.trials["start_time"].iloc[5])
        page.goto(
            f"/experiment/{experiment.ophys_experiment_id}?t={start:.1f}-{start + 10:.1f}&tab={tab}"
        )
        wait_ready(page)
        return page

    return show


def test_the_window_is_a_band_over_the_performance_and_a_click_moves_it(
    show: Callable[[str], Page],
) -> None:
    page = show("performance")
    band = page.locator("#performance-graph .window-band")
    expect(band).to_be_visible()
    frame = page.evaluate("vbd.axis.frame(document.getElementById('performance-graph'))")
    wanted = frame["start"] + 0.6 * (frame["stop"] - frame["start"])
    page.mouse.click(frame["left"] + 0.6 * frame["width"], frame["top"] + 20)
    wait_for(page, f"Math.abs({MIDDLE} - {wanted}) < 2")
    box = band.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] / 2 == pytest.approx(frame["left"] + 0.6 * frame["width"], abs=2)


def test_raw_rates_are_shown_on_demand(show: Callable[[str], Page]) -> None:
    page = show("performance")
    raw = TRACES.format("performance-graph") + ".filter(t => t.meta === 'raw').map(t => t.visible)"
    assert page.evaluate(raw) == [False, False]
    page.locator("#performance-raw").check()
    wait_for(page, f"{raw}.every(visible => visible === true)")
    expect(page.locator("#performance-graph .window-band")).to_be_visible()


def test_the_eye_follows_the_cursor(
    show: Callable[[str], Page], experiment: BehaviorOphysExperiment
) -> None:
    page = show("eye")
    graph = page.locator(".timeline-graph .nsewdrag").first.bounding_box()
    assert graph is not None
    readout = page.locator("#eye-readout")
    before = readout.text_content()
    page.mouse.move(graph["x"] + 0.8 * graph["width"], graph["y"] + 40)
    expect(readout).not_to_have_text(before or "")
    expect(readout).to_contain_text("frame")
    frame = int((readout.text_content() or "").split()[1].replace(",", ""))
    row = experiment.eye_tracking.loc[frame]
    for part in ("eye", "pupil", "cr"):
        fit = [row[f"{part}_{key}"] for key in ("center_x", "center_y", "width", "height", "phi")]
        find = f"{TRACES.format('eye-graph')}.find(t => t.meta === '{part}')"
        drawn = page.evaluate(f"[[...{find}.x], [...{find}.y]]")
        expected = ellipse(*fit) if np.isfinite(fit).all() else ([], [])
        np.testing.assert_allclose(drawn, expected, rtol=1e-6)


def test_pictures_are_loaded_when_they_are_seen_and_turn_to_the_other_side(
    show: Callable[[str], Page], experiment: BehaviorOphysExperiment
) -> None:
    page = show("performance")
    pictures = page.locator(".image-card img[src]")
    assert pictures.count() == 0
    page.get_by_role("tab", name="Stimuli").click()
    name = sorted(experiment.image_names)[0]
    for side, words in (("warped", "on the monitor"), ("unwarped", "as seen")):
        page.locator("#panel-stimuli").get_by_text(words, exact=True).click()
        picture = page.get_by_alt_text(f"Image {name} {words}")
        expect(picture).to_be_visible()
        wait_for(page, f"document.querySelector('.image-card img.{side}').naturalWidth > 0")


def test_a_click_on_a_presentation_moves_the_window_there(
    show: Callable[[str], Page], experiment: BehaviorOphysExperiment
) -> None:
    page = show("stimuli")
    row = page.locator("#stimuli-table .ag-row[row-index='4'] .ag-cell").first
    expect(row).to_be_visible()
    row.click()
    start = experiment.stimulus_presentations["start_time"].iloc[4]
    low = float(experiment.stimulus_timestamps[0])
    wanted = max(start, low + 5)  # the window cannot begin before the session
    wait_for(page, f"Math.abs({MIDDLE} - {wanted}) < 0.01")


def test_presentations_are_filtered_and_scrolled_without_being_loaded_whole(
    show: Callable[[str], Page], experiment: BehaviorOphysExperiment
) -> None:
    page = show("stimuli")
    table = experiment.stimulus_presentations
    grid = "dash_ag_grid.getApi(document.querySelector('#stimuli-table .vbd-grid')?.id)"
    page.locator("#stimuli-table .vbd-grid").wait_for()
    wait_for(page, f"{grid} && {grid}.getDisplayedRowCount() > 1")
    assert page.evaluate(f"{grid}.getDisplayedRowCount()") == len(table)
    page.goto(f"{page.url}&stimuli-rows=omitted.is.true")
    wait_ready(page)
    n_omitted = int(table["omitted"].fillna(False).sum())
    wait_for(page, f"{grid}?.getDisplayedRowCount() === {n_omitted}")


def test_any_column_is_found_and_its_rows_follow_the_selected_cell(
    show: Callable[[str], Page], experiment: BehaviorOphysExperiment
) -> None:
    page = show("details")
    page.locator("#details-view").get_by_text("Data", exact=True).click()
    options = page.locator("#details-attribute label:visible")
    expect(options.first).to_be_visible()
    page.locator("#details-filter").fill("noise_std")
    expect(options).to_have_count(1)
    options.first.click()
    preview = page.locator("#details-preview")
    expect(preview).to_contain_text("noise_std")
    first = page.evaluate("vbd.cells.selected()[0]")
    expect(preview).to_contain_text(f"Cell {first}")
    page.locator("#details-view").get_by_text("Data", exact=True).click()
    other = next(int(i) for i in experiment.cells["cell_specimen_id"].dropna() if i != first)
    page.evaluate(f"vbd.cells.select({other})")
    expect(preview).to_contain_text(f"Cell {other}")
    expect(preview.locator(".ag-row").first).to_be_visible()
    link = preview.get_by_text("CSV of this cell").get_attribute("href")
    answer = page.request.get(link or "")
    assert answer.text().splitlines()[0] == "frame,timestamps,events,filtered_events"


def test_keys_are_filtered_by_name_meaning_and_earlier_name(show: Callable[[str], Page]) -> None:
    page = show("details")
    rows = page.locator("#details-keys tr:visible")
    expect(rows.first).to_be_visible()
    page.locator("#details-filter").fill("experiment_container_id")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("ophys_container_id")
    page.locator("#details-filter").fill("weather")
    expect(rows).to_have_count(0)
    expect(page.locator(".no-match")).to_be_visible()
