"""The group view of Explore in the browser, compared with counts by pandas."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd
from playwright.sync_api import Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

Cache = VisualBehaviorOphysProjectCache
PLOT = "document.querySelector('#explore-group .js-plotly-plot')"
NAMES = f"{PLOT}.layout.xaxis.ticktext"
LONELIEST_POINT = f"""() => {{
    const plot = {PLOT};
    const {{ x, y, customdata: ids }} = plot.data.find((trace) => trace.mode === "markers");
    const box = plot.getBoundingClientRect();
    const {{ xaxis, yaxis }} = plot._fullLayout;
    const at = ids.map((id, i) => [id, box.left + xaxis._offset + xaxis.d2p(x[i]),
                                       box.top + yaxis._offset + yaxis.d2p(y[i])]);
    const apart = (a, b) => Math.hypot(a[1] - b[1], a[2] - b[2]);
    const alone = (a) => Math.min(...at.filter((b) => b !== a).map((b) => apart(a, b)));
    return at.sort((a, b) => alone(b) - alone(a))[0];
}}"""


def grouped(page: Page, **query: str) -> None:
    page.goto(f"/?{urlencode({'view': 'group', **query})}")
    wait_ready(page)
    drawn(page)


def drawn(page: Page) -> None:
    page.wait_for_selector("#explore-group[data-state=ready]")


def names_are(page: Page, counts: pd.Series) -> None:
    expected = [f"{name}<br>n = {n}" for name, n in counts.sort_index().items()]
    wait_for(page, f"expected => String({NAMES}) === String(expected)", arg=expected)


def test_groups_are_those_of_the_filtered_rows_and_a_link_shows_the_same(
    open_page: Callable[[], Page], small_cache: Cache
) -> None:
    table = small_cache.get_ophys_experiment_table()
    page = open_page()
    page.goto("/")
    wait_ready(page)
    page.get_by_role("button", name="Group", exact=True).click()
    drawn(page)
    page.get_by_label("by", exact=True).select_option("targeted_structure")
    names_are(page, table["targeted_structure"].value_counts())
    level = table["experience_level"].iloc[0]
    page.locator(f"#facet-experience_level [data-value='{level}']").click()
    left = table[table["experience_level"] == level]
    names_are(page, left["targeted_structure"].value_counts())
    expect(page.locator(".group-told")).to_contain_text(f"{len(left)} of the {len(left)} filtered")
    page.wait_for_url("**view=group&by=targeted_structure**")
    other = open_page()
    other.goto(page.url)
    wait_ready(other)
    drawn(other)
    names_are(other, left["targeted_structure"].value_counts())
    other.locator("#explore-group .js-plotly-plot").hover()
    expect(other.locator("#explore-group .modebar-btn")).to_have_count(0)
    other.get_by_role("button", name="Table", exact=True).click()
    expect(other.locator("#explore-count")).to_have_text(f"{len(left)} of {len(table)}")
    expect(other.locator("#explore-group")).to_be_hidden()
    expect(other.locator(".ag-row").first).to_be_visible()


def test_panels_and_means_are_of_the_values(page: Page, small_cache: Cache) -> None:
    table = small_cache.get_behavior_session_table()
    grouped(
        page,
        tab="behavior",
        measure="age_in_days",
        by="behavior_type",
        panels="experience_level",
        plot="mean",
    )
    wait_for(page, f"{PLOT}?.layout.annotations.length")
    levels = page.evaluate(f"{PLOT}.layout.annotations.map(({{hovertext}}) => hovertext)")
    assert levels == sorted(table["experience_level"].unique())
    bars = page.evaluate(
        f"{PLOT}.data.filter(({{type}}) => type === 'bar')"
        ".map(({ y, error_y, xaxis }) => [y[0], error_y.visible ? error_y.array[0] : null, xaxis])"
    )
    groups = table.groupby(["experience_level", "behavior_type"])["age_in_days"]
    expected = zip(groups.mean(), groups.sem(), strict=True)
    for (mean, error), (found, spread, _) in zip(expected, bars, strict=True):
        assert abs(mean - found) < 1e-9
        assert (spread is None) if pd.isna(error) else abs(error - spread) < 1e-9


def test_a_point_leads_to_its_row(page: Page) -> None:
    grouped(page, by="cre_line")
    wait_for(page, f"{PLOT}?.data.length")
    id_, x, y = page.evaluate(LONELIEST_POINT)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page.locator(".preview-facts h3")).to_contain_text(str(id_))
    page.wait_for_url(f"**row={id_}**")
    page.mouse.dblclick(x, y)
    page.wait_for_url(f"**/experiment/{id_}**")


def test_files_that_are_not_prepared_are_counted(page: Page, small_cache: Cache) -> None:
    table, here = small_cache.get_ophys_experiment_table(), small_cache.available("experiment")
    grouped(page, measure="responsive_fraction")
    told = page.locator(".group-told")
    expect(told).to_contain_text(f"{len(table) - len(here)} are not on this machine")
    valued = int(told.inner_text().split()[0])
    if valued < len(here):
        expect(told).to_contain_text("run “vbdash prepare --all”")
