"""The session page in the browser: look, zoom, step, select, share."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data_layer import BehaviorOphysExperiment
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.store.cell_order import cell_order
from data_layer.store.session_store import SessionStore
from tests.support.waiting import wait_for, wait_ready

PANELS = ("navigator", "timeline", "field-of-view", "trials")
CLOSED = ("performance", "eye", "stimuli", "cells", "details")
RANGE = "document.querySelector('.timeline-graph .js-plotly-plot')._fullLayout.xaxis.range"
ROWS = "document.querySelector('.timeline-graph .js-plotly-plot').layout.meta.rows"
LINES = "document.querySelector('.timeline-graph .js-plotly-plot')._fullData"
WINDOW = "Object.values(vbd.time.window())"
MIDDLE = "Object.values(vbd.time.window()).reduce((a, b) => a + b) / 2"


@pytest.fixture(scope="module")
def cache(small_release: Path) -> VisualBehaviorOphysProjectCache:
    return VisualBehaviorOphysProjectCache.from_local_cache(small_release)


@pytest.fixture(scope="module")
def experiment(cache: VisualBehaviorOphysProjectCache) -> BehaviorOphysExperiment:
    """The first plane of an active session with a file on this machine."""
    table = cache.get_ophys_experiment_table()
    here = table[table.index.isin(cache.available("experiment")) & ~table["passive"]]
    return cache.get_behavior_ophys_experiment(int(here.index[0]))


@pytest.fixture
def session_page(page: Page, experiment: BehaviorOphysExperiment) -> Page:
    page.goto(f"/experiment/{experiment.ophys_experiment_id}")
    wait_ready(page)
    return page


def window(page: Page) -> tuple[float, float]:
    start, stop = page.evaluate(WINDOW)
    return start, stop


def settled(page: Page, before: tuple[float, float]) -> tuple[float, float]:
    """The new window, once the timeline shows it."""
    wait_for(page, f"{WINDOW}[0] !== {before[0]} || {WINDOW}[1] !== {before[1]}")
    wait_for(page, f"{RANGE}.every((t, i) => Math.abs(t - {WINDOW}[i]) < 1e-3)")
    wait_ready(page)
    return window(page)


def test_every_panel_is_there_and_ready(session_page: Page) -> None:
    for name in PANELS:
        assert session_page.locator(f"#panel-{name}").get_attribute("data-state") == "ready"


def test_a_panel_behind_a_tab_asks_for_nothing_until_that_is_opened_and_stays(
    session_page: Page,
) -> None:
    asked: list[str] = []
    session_page.on("request", lambda r: asked.append(r.post_data or ""))
    for name in CLOSED:
        assert not session_page.locator(f"#panel-{name}").count()
        session_page.get_by_role("tab", name=name.capitalize(), exact=True).click()
        session_page.wait_for_selector(f"#panel-{name}[data-state=ready]")
        assert any(f"panel-{name}.data-state" in body for body in asked)
    asked.clear()
    for name in CLOSED:
        session_page.get_by_role("tab", name=name.capitalize(), exact=True).click()
        wait_ready(session_page)
    assert not [body for body in asked if "panel-performance" in body or "panel-stimuli" in body]


def test_the_first_screen_shows_a_minute_around_the_first_hit(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    trials = experiment.trials
    start, stop = window(session_page)
    assert stop - start == pytest.approx(60)
    assert start <= trials.loc[trials["hit"], "change_time"].iloc[0] <= stop


AXES_SHOW_THE_WINDOW = (
    "vbd.axis.shows(document.getElementById('timeline-graph'), vbd.time.window())"
)


def drag(page: Page, left: float, right: float) -> None:
    """Draw a box between two parts of the timeline's width."""
    box = page.locator(".timeline-graph .nsewdrag").first.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * left, y)
    page.keyboard.down("Shift")
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * right, y, steps=5)
    page.mouse.up()
    page.keyboard.up("Shift")


def test_a_drag_with_shift_across_the_timeline_zooms(session_page: Page) -> None:
    before = window(session_page)
    drag(session_page, 0.25, 0.5)
    start, stop = settled(session_page, before)
    assert start == pytest.approx(before[0] + 15, abs=0.5)
    assert stop == pytest.approx(before[0] + 30, abs=0.5)


def test_a_figure_of_an_earlier_window_that_is_drawn_late_does_not_move_the_axes(
    session_page: Page,
) -> None:
    session_page.evaluate(
        """() => {
            const plot = vbd.plotly.plot(document.getElementById('timeline-graph'));
            const xaxis = { ...plot.layout.xaxis, range: [1, 2], autorange: false };
            return Plotly.react(plot, plot.data, { ...plot.layout, xaxis, uirevision: 'late' });
        }"""
    )
    wait_for(session_page, AXES_SHOW_THE_WINDOW, timeout=5_000)
    wait_ready(session_page)


def test_drags_keys_and_choices_may_follow_each_other(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    """Plotly preserves the range of a drag, but the window is that of the last action."""
    whole = tuple(experiment.stimulus_timestamps[[0, -1]])
    seen = window(session_page)
    for _ in range(2):
        session_page.keyboard.press("a")
        seen = settled(session_page, seen)
        assert seen == pytest.approx(whole)
        drag(session_page, 0.4, 0.6)
        seen = settled(session_page, seen)
        assert seen[1] - seen[0] == pytest.approx(0.2 * (whole[1] - whole[0]), rel=0.03)
    session_page.get_by_role("button", name="30 s", exact=True).click()
    seen = settled(session_page, seen)
    session_page.locator("#option-activity").select_option("events")
    wait_ready(session_page)
    drag(session_page, 0.5, 0.9)
    dragged = settled(session_page, seen)
    assert dragged[0] == pytest.approx(seen[0] + 15, abs=0.5)
    session_page.keyboard.press("-")
    assert settled(session_page, dragged)[0] < dragged[0]


def test_keys_and_buttons_step_from_event_to_event(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    changes = experiment.trials.query("is_change")["change_time"].sort_values()
    before = window(session_page)
    middle = sum(before) / 2
    session_page.keyboard.press("c")
    start, stop = settled(session_page, before)
    expected = changes[changes > middle + 1e-3].iloc[0]
    assert (start + stop) / 2 == pytest.approx(expected, abs=1e-3)
    session_page.get_by_title("previous change (shift c)").click()
    back = settled(session_page, (start, stop))
    assert sum(back) / 2 == pytest.approx(changes[changes < expected - 1e-3].iloc[-1], abs=1e-3)


def test_the_heatmap_is_sorted_by_responses_that_stand_in_the_cells_table(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    page, sort = session_page, session_page.locator("#option-sort")
    store = SessionStore(experiment)
    first = f"{ROWS}.find(row => row.name.startsWith('activity')).cells"
    for order in ("omission_response", "change_response"):
        cells = [store.cell_names[roi] for roi in cell_order(store, order)]
        if order == "omission_response":
            sort.select_option(order)
        else:  # the one before it in the list
            sort.press("ArrowUp")
        wait_for(page, f"JSON.stringify({first}) === '{cells}'.replaceAll(' ', '')")
        expect(page).to_have_url(re.compile(f"sort={order}"))
    page.get_by_role("tab", name="Cells").click()
    wait_ready(page)
    for name in ("brightness", "dff_noise", "change_response", "omission_response"):
        fields = "vbd.panels.shownNumbers(document.getElementById('panel-cells')).columns"
        column = f"{fields}.find(({{name}}) => name === '{name}')"
        wait_for(page, f"{column}?.values.filter(Number.isFinite).length > 1")


OUTCOME_KEYS = {"hit": "h", "miss": "s", "false_alarm": "f", "correct_reject": "e"}


def test_keys_and_buttons_step_from_outcome_to_outcome(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    page, trials = session_page, experiment.trials
    low = page.evaluate("vbd.time.bounds().start")
    for outcome, key in OUTCOME_KEYS.items():
        name = outcome.replace("_", " ")
        times = trials[trials[outcome].astype(bool)]["change_time"].sort_values().tolist()
        page.evaluate(f"vbd.time.show({low}, {low + 10})")
        wait_for(page, f"vbd.time.window().start === {low}")
        expected = [t for t in times if t > low + 5 + 1e-3][:2]
        if expected:
            page.keyboard.press(key)
        else:
            page.get_by_title(f"next {name} ({key})").click()
            expect(page.locator("#notice")).to_have_text(f"There is no later {name}.")
            continue
        wait_for(page, f"Math.abs({MIDDLE} - {expected[0]}) < 1e-3")
        if len(expected) > 1:
            page.get_by_title(f"next {name} ({key})").click()
            wait_for(page, f"Math.abs({MIDDLE} - {expected[1]}) < 1e-3")
            page.keyboard.press(key.upper())
            wait_for(page, f"Math.abs({MIDDLE} - {expected[0]}) < 1e-3")
    hits = trials[trials["hit"].astype(bool)]["change_time"]
    assert len(hits) > 1  # else nothing was tried
    page.evaluate("vbd.time.setLength(null)")
    is_later = hits.max() > page.evaluate(MIDDLE) + 1
    page.keyboard.press("h" if is_later else "H")
    edge = "end" if is_later else "start"
    told = f"The hit is in sight: the window is at the {edge} of the session already."
    expect(page.locator("#notice")).to_have_text(told)
    wait_ready(page)


def test_the_brush_moves_the_window(session_page: Page) -> None:
    first = window(session_page)
    session_page.get_by_role("button", name="30 s", exact=True).click()
    before = settled(session_page, first)
    brush = session_page.locator("#brush").bounding_box()
    assert brush is not None
    x, y = brush["x"] + brush["width"] / 2, brush["y"] + brush["height"] / 2
    session_page.mouse.move(x, y)
    session_page.mouse.down()
    session_page.mouse.move(x + 200, y, steps=8)
    session_page.mouse.up()
    start, stop = settled(session_page, before)
    assert start > before[0] + 10
    assert stop - start == pytest.approx(30)


def test_the_cursor_reads_out_what_lies_under_it(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    box = session_page.locator(".timeline-graph .nsewdrag").first.bounding_box()
    assert box is not None
    session_page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    expect(session_page.locator("#readout")).to_contain_text("hit")
    assert session_page.locator(".cursor-line").first.is_visible()


def test_a_click_on_a_heatmap_row_selects_that_cell_everywhere(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    rows = session_page.evaluate(ROWS)
    heatmap = next(row for row in rows if row["name"].startswith("activity:"))
    wanted = heatmap["cells"][2]
    box = session_page.locator(".timeline-graph .nsewdrag").first.bounding_box()
    frame = session_page.evaluate("vbd.axis.frame(document.getElementById('timeline-graph'))")
    assert box is not None
    low, high = heatmap["domain"]
    middle = high - (2.5 / len(heatmap["cells"])) * (high - low)
    session_page.mouse.click(frame["left"] + 200, frame["top"] + (1 - middle) * frame["height"])
    wait_for(session_page, f"vbd.cells.selected().join() === '{wanted}'")
    expect(session_page.locator("#panel-timeline")).to_contain_text(f"cell {wanted}")
    wait_ready(session_page)
    assert f"cells={wanted}" in session_page.url


def test_a_row_that_is_chosen_in_the_menu_is_drawn(
    session_page: Page, experiment: BehaviorOphysExperiment
) -> None:
    session_page.locator("#panel-timeline").get_by_role("button", name="Rows").click()
    session_page.get_by_role("checkbox", name="lick rate (1 s)").check()
    session_page.wait_for_url("**rows=*licks_per_second*")
    wait_ready(session_page)
    expect(session_page.locator(".timeline-graph .annotation", has_text="licks/s")).to_be_visible()
    before = window(session_page)
    session_page.get_by_role("button", name="all", exact=True).click()
    settled(session_page, before)
    line = f"{LINES}.find((line) => line.name === 'licks_per_second')"
    last = experiment.stimulus_timestamps[-1]
    assert session_page.evaluate(f"{line}.x.at(-1)") == pytest.approx(last)
    drawn = session_page.locator(f".trace{session_page.evaluate(f'{line}.uid')} .js-line")
    box, axis = drawn.bounding_box(), session_page.locator(".timeline-graph .nsewdrag").first
    assert box is not None
    assert box["height"] > 10
    assert box["width"] == pytest.approx((axis.bounding_box() or box)["width"], abs=2)


def test_a_shared_link_shows_the_same_view_in_a_second_browser(
    session_page: Page, open_page: Callable[[], Page]
) -> None:
    before = window(session_page)
    session_page.keyboard.press("c")
    settled(session_page, before)
    session_page.keyboard.press("j")
    session_page.wait_for_url("**cells=*")
    wait_ready(session_page)
    session_page.get_by_role("tab", name="Eye").click()
    session_page.wait_for_url("**tab=eye*")
    other = open_page()
    other.goto(session_page.url)
    wait_ready(other)
    assert window(other) == pytest.approx(window(session_page), abs=1e-3)
    assert other.evaluate("vbd.cells.selected()") == session_page.evaluate("vbd.cells.selected()")
    expect(other.locator("#panel-eye")).to_be_visible()


def step_after_a_pause(page: Page) -> None:
    """Step to the next change after a pause, which adds an entry to the browser's history."""
    entries = page.evaluate("history.length")
    page.clock.fast_forward(2000)  # by the page's own clock
    before = window(page)
    page.keyboard.press("c")
    settled(page, before)
    wait_for(page, f"history.length === {entries + 1}")


def test_the_back_button_undoes_a_step(page: Page, experiment: BehaviorOphysExperiment) -> None:
    page.clock.install()
    page.goto(f"/experiment/{experiment.ophys_experiment_id}")
    wait_ready(page)
    page.wait_for_url("**t=*")
    before = window(page)
    step_after_a_pause(page)
    first = window(page)
    step_after_a_pause(page)
    page.go_back()
    wait_for(page, f"Math.abs({WINDOW}[0] - {first[0]}) < 0.01")
    page.go_back()
    wait_for(page, f"Math.abs({WINDOW}[0] - {before[0]}) < 0.01")


def test_all_planes_of_a_session_stand_side_by_side(
    page: Page, cache: VisualBehaviorOphysProjectCache
) -> None:
    experiments = cache.get_ophys_experiment_table()
    here = experiments[experiments.index.isin(cache.available("experiment"))]
    sizes = here.groupby("ophys_session_id").size()
    page.goto(f"/session/{sizes.idxmax()}")
    wait_ready(page)
    rows = page.evaluate(
        "document.querySelector('.timeline-graph .js-plotly-plot').layout.meta.rows"
    )
    heatmaps = [row for row in rows if row["name"].startswith("activity:")]
    assert len(heatmaps) == sizes.max() > 1


def test_a_behavior_session_has_no_imaging_panels(
    page: Page, cache: VisualBehaviorOphysProjectCache
) -> None:
    id_ = min(cache.available("behavior"))
    page.goto(f"/behavior/{id_}")
    wait_ready(page)
    assert page.locator("#panel-timeline").get_attribute("data-state") == "ready"
    assert page.locator("#panel-field-of-view").count() == 0


def test_a_session_that_is_not_here_says_what_to_do(
    page: Page, cache: VisualBehaviorOphysProjectCache
) -> None:
    experiments = cache.get_ophys_experiment_table()
    absent = min(set(experiments.index) - cache.available("experiment"))
    page.goto(f"/experiment/{absent}")
    wait_ready(page)
    expect(page.locator("#panel-session")).to_contain_text("not on this machine")


def test_no_answer_is_larger_than_it_may_be(
    page: Page, experiment: BehaviorOphysExperiment
) -> None:
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: (
            sizes.update({answer.url: len(answer.body())})
            if "_dash-update-component" in answer.url
            else None
        ),
    )
    page.goto(f"/experiment/{experiment.ophys_experiment_id}")
    wait_ready(page)
    assert sizes
    assert max(sizes.values()) < 1_500_000


def test_a_cells_name_beside_its_trace_leads_to_all_its_days(session_page: Page) -> None:
    cell = session_page.evaluate("vbd.cells.selected()[0]")
    name = session_page.locator(".timeline-graph .annotation a", has_text=f"cell {cell}")
    box = name.bounding_box()
    assert box is not None
    session_page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    session_page.wait_for_url(f"**/cell/{cell}")
    wait_ready(session_page)
