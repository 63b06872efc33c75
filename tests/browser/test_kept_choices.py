"""Every choice of a page stands in its address: the link gives the same view."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.urls.kept_choices import KEPT_CHOICES
from dashboard.urls.view_state import PANEL_OPTIONS
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

TABS = {
    "trials": "trials",
    "performance": "performance",
    "replay": "replay",
    "stimuli": "stimuli",
    "details": "details",
}
RAW = """vbd.plotly.plot(document.getElementById('performance-graph')).data
    .filter(t => t.meta === 'raw').map(t => t.visible)"""
OTHERS = """e => [...e.options].filter(o => !o.disabled && o.value !== e.value)
    .map(o => o.value)"""
ROWS = "vbd.plotly.plot(document.getElementById('trials-raster')).layout.meta.start_time.length"


@pytest.fixture(scope="module")
def experiment(small_cache: VisualBehaviorOphysProjectCache) -> int:
    return max(small_cache.available("experiment"))


@pytest.fixture(scope="module")
def paths(small_cache: VisualBehaviorOphysProjectCache, experiment: int) -> dict[str, str]:
    """The path of the page of each control."""
    row = small_cache.get_ophys_experiment_table().loc[experiment]
    pages = {
        "qc": "/qc",
        "container": f"/container/{row['ophys_container_id']}",
        "mouse": f"/mouse/{row['mouse_id']}",
        "cell": f"/cell/{_cell_of(small_cache, experiment)}",
    }
    found = {control: pages[control.partition("-")[0]] for control in KEPT_CHOICES}
    for control in PANEL_OPTIONS:
        tab = TABS.get(control.partition("-")[0], "trials")
        found[control] = f"/experiment/{experiment}?tab={tab}"
    sessions = small_cache.get_ophys_experiment_table()["ophys_session_id"].value_counts()
    several = max(small_cache.available("session") & set(sessions.index[sessions > 1]))
    found["details-plane"] = f"/session/{several}?tab=details"
    return found


def _cell_of(cache: VisualBehaviorOphysProjectCache, experiment: int) -> int:
    cells = cache.get_ophys_cells_table()
    return int(
        cells["cell_specimen_id"][cells["ophys_experiment_id"] == experiment].dropna().iloc[0]
    )


def place_of(control: str) -> str:
    """The page or panel of a control; that of several planes is on a page of its own."""
    return "plane" if control == "details-plane" else control.partition("-")[0]


def choose(control: Locator) -> str:
    """Give a control another value with the mouse or the keyboard; returns it."""
    kind = control.evaluate("e => e.matches('input') ? e.type : e.localName")
    if kind == "select":
        control.select_option(control.evaluate(OTHERS)[0])
    elif kind == "search":
        control.fill("OPHYS")
    elif kind == "checkbox":
        control.click()
    else:
        other = "label:has(input[type=checkbox]), label:not(.chosen):not(:has(input:checked))"
        box = ".form-check:has(input[type=checkbox]) label"
        control.locator(f"{box}, {other}").first.click()
    return value_of(control)


def value_of(control: Locator) -> str:
    value = control.evaluate("""e => e.type === 'checkbox' ? String(e.checked)
        : e.value ?? [...e.querySelectorAll('input:checked')].map(one => one.value).join()""")
    return str(value)


@pytest.mark.parametrize("place", ["qc", "container", "mouse", "cell", *TABS, "field", "plane"])
def test_a_link_has_the_choices_and_gives_them_again(
    open_page: Callable[[], Page], paths: dict[str, str], place: str
) -> None:
    controls = [control for control in paths if place_of(control) == place]
    mine, theirs = open_page(), open_page()
    mine.goto(paths[controls[0]])
    wait_ready(mine)
    chosen = {}
    for control in controls:
        usual = value_of(mine.locator(f"#{control}"))
        chosen[control] = choose(mine.locator(f"#{control}"))
        assert chosen[control] != usual
        name = KEPT_CHOICES[control].name if control in KEPT_CHOICES else control
        expect(mine).to_have_url(re.compile(rf"[?&]{name}="))
    theirs.goto(mine.url)
    wait_ready(theirs)
    assert {control: value_of(theirs.locator(f"#{control}")) for control in controls} == chosen
    assert theirs.url == mine.url


def test_the_figures_of_a_link_are_drawn_with_its_choices(page: Page, experiment: int) -> None:
    page.goto(f"/experiment/{experiment}?tab=performance&performance-raw=on")
    wait_ready(page)
    wait_for(page, f"{RAW}.every(Boolean)")
    page.goto(f"/experiment/{experiment}?trials-outcomes=none")
    wait_ready(page)
    wait_for(page, f"{ROWS} === 0")
    expect(page.locator("#trials-outcomes input:checked")).to_have_count(0)


def test_one_outcome_alone_is_shown_by_double_click_or_enter_and_all_are_by_another(
    page: Page, experiment: int
) -> None:
    page.goto(f"/experiment/{experiment}")
    wait_ready(page)
    every = page.evaluate(ROWS)
    miss = page.locator("#trials-outcomes input[value=miss]")
    n = int(page.locator("#trials-outcomes label", has_text="miss").locator("b").inner_text())
    page.locator("#trials-outcomes label", has_text="miss").dblclick()
    wait_for(page, f"{ROWS} === {n}")
    expect(page).to_have_url(re.compile(r"trials-outcomes=miss(&|$)"))
    miss.press("Enter")
    wait_for(page, f"{ROWS} === {every}")
    miss.press("Enter")
    wait_for(page, f"{ROWS} === {n}")
