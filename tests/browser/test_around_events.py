"""The panel “Around events” in the browser: choose, look, click, share."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data_layer import BehaviorOphysExperiment
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

PLOT = "document.querySelector('#events-graph .js-plotly-plot')"
META = f"{PLOT}._fullLayout.meta"
MIDDLE = "(vbd.time.window().start + vbd.time.window().stop) / 2"
ROW = f"""(row) => {{
    const plot = {PLOT}, layout = plot._fullLayout, box = plot.getBoundingClientRect();
    const axis = layout.meta.rows === "cells" ? layout.yaxis : layout.yaxis2;
    const across = layout.meta.rows === "cells" ? layout.xaxis : layout.xaxis2;
    const x = across._offset + across._length * 0.3, y = axis._offset + axis.d2p(row);
    return [box.left + x, box.top + y];
}}"""


@pytest.fixture(scope="module")
def experiment(
    small_cache: VisualBehaviorOphysProjectCache, small_experiment: Path
) -> BehaviorOphysExperiment:
    return small_cache.get_behavior_ophys_experiment(min(small_cache.available("experiment")))


@pytest.fixture(scope="module")
def planted(small_release: Path, experiment: BehaviorOphysExperiment) -> dict[str, int]:
    """The simulated cell with each role."""
    truth = json.loads((small_release / "planted_truth.json").read_text())["experiments"]
    cells = pd.DataFrame(truth[str(experiment.ophys_experiment_id)])
    cells = cells[cells["is_planted"]].drop_duplicates("role").set_index("role")
    return {str(role): int(cell) for role, cell in cells["cell_specimen_id"].items()}


@pytest.fixture
def events(page: Page, experiment: BehaviorOphysExperiment) -> Page:
    page.goto(f"/experiment/{experiment.ophys_experiment_id}?tab=events")
    drawn(page)
    return page


def drawn(page: Page) -> None:
    wait_ready(page)
    wait_for(page, f"{PLOT}?._fullLayout?.meta?.rows && {PLOT}._fullLayout.yaxis._length")


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"#option-{name}").select_option(value)


def test_the_omission_cell_is_found_and_its_link_shows_the_same(
    events: Page, planted: dict[str, int]
) -> None:
    choose(events, "event", "omission")
    choose(events, "of", "every")
    choose(events, "split", "none")
    wait_for(events, f"{META}.rows === 'cells' && {META}.cells.length")
    wait_for(events, f"{META}.cells[0] === {planted['omission']}")
    events.mouse.click(*events.evaluate(ROW, 0))
    wait_for(events, f"String(vbd.cells.selected()) === '{planted['omission']}'")
    choose(events, "of", "cells")
    wait_for(events, f"{META}.rows === 'trials'")
    expect(events.locator("#events-note")).to_contain_text(f"Cell {planted['omission']}")
    events.wait_for_url("**event=omission*")
    names = events.evaluate(f"{PLOT}.data.filter((t) => t.mode === 'lines').map((t) => t.name)")
    other = events.context.new_page()
    other.goto(events.url)
    drawn(other)
    shown = f"{PLOT}.data.filter((t) => t.mode === 'lines').map((t) => t.name)"
    assert other.evaluate(shown) == names
    assert "n = " in names[0]
    other.close()


def test_a_click_on_a_single_event_goes_there(events: Page) -> None:
    times = events.evaluate(f"{META}.times")
    row = len(times) // 2
    events.mouse.move(*events.evaluate(ROW, row))
    expect(events.locator(".events-tip")).to_contain_text("click to go there")
    events.mouse.click(*events.evaluate(ROW, row))
    wait_for(events, f"Math.abs({MIDDLE} - {times[row]}) < 0.01")


def test_a_selection_anywhere_changes_the_figure(events: Page, planted: dict[str, int]) -> None:
    events.evaluate(f"vbd.cells.select({planted['running']})")
    expect(events.locator("#events-note")).to_contain_text(f"Cell {planted['running']}.")


def test_windows_are_typed_and_kept_in_the_link(events: Page) -> None:
    box = events.locator("#option-around")
    box.fill("-1, 1.5")
    box.press("Enter")
    wait_for(events, f"Math.abs({PLOT}._fullLayout.xaxis.range[1] - 1.5) < 0.05")
    events.wait_for_url("**around=-1*")


def test_the_table_of_cells_selects_and_is_saved(events: Page, planted: dict[str, int]) -> None:
    events.locator("#panel-events").get_by_text("cells", exact=True).click()
    row = events.locator(f"#responses-table .ag-row[row-id='{planted['change']}']").first
    row.click()
    wait_for(events, f"String(vbd.cells.selected()) === '{planted['change']}'")
    expect(row).to_contain_text(str(planted["change"]))
    with events.expect_download() as download:
        events.locator("#panel-events .csv-button").click()
    saved = pd.read_csv(download.value.path(), index_col="cell")
    assert saved["p_change"].idxmin() in (planted["change"], *saved.index[saved["p_change"] < 0.01])
    assert saved.loc[planted["change"], "change_response"] == saved["change_response"].max()
    events.wait_for_url("**show=table*")


def test_an_event_that_does_not_occur_leaves_the_choices_so_that_another_can_be_made(
    events: Page,
) -> None:
    choice = events.locator("#option-event")
    choice.select_option("times")
    expect(events.locator("#panel-events")).to_have_attribute("data-state", "empty")
    typed = events.locator("#option-at")
    expect(typed).to_be_visible()
    typed.fill("200, 260")
    typed.press("Enter")
    expect(events.locator("#panel-events")).to_have_attribute("data-state", "ready")
    typed.fill("")
    typed.press("Enter")
    expect(events.locator("#panel-events")).to_have_attribute("data-state", "empty")
    events.reload()
    wait_ready(events)
    expect(choice).to_be_visible()
    choice.select_option("change")
    expect(events.locator("#panel-events")).to_have_attribute("data-state", "ready")
    expect(events.locator("#events-graph")).to_be_visible()


def test_a_window_that_is_none_is_told_beside_the_figure(events: Page) -> None:
    note = events.locator("#events-note, .events-note")
    for wrong in ("abc", "2, 1", "3"):
        events.locator("#option-around").fill(wrong)
        events.locator("#option-around").press("Enter")
        expect(note).to_contain_text(f"“{wrong}” is not a window")
    events.locator("#option-around").fill("-2, 3")
    events.locator("#option-around").press("Enter")
    expect(note).not_to_contain_text("is not a window")


def test_every_choice_of_the_events_has_a_name_of_its_own(events: Page) -> None:
    names = events.locator("#panel-events .option-choice:visible").evaluate_all(
        "labels => labels.map(label => label.querySelector('span')?.textContent ?? "
        "label.getAttribute('aria-label'))"
    )
    assert len(names) == len(set(names))
