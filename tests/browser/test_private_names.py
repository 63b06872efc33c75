"""The private names of Dash, Plotly and AG Grid that the page uses: one test each.

``assets/core/private_names.js`` is the only script that uses them; the stylesheets use a few
class names. A test that fails after an upgrade says what no longer works on the page and which
function of that file must be changed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

ASSETS = Path(__file__).resolve().parents[2] / "assets"
PRIVATE = re.compile(r"_dashprivate|_dashPlotly|_full(Layout|Data)|js-plotly-plot|\.emit = ")
GRAPH = "document.getElementById('timeline-graph')"
PLOT = f"{GRAPH}.querySelector('.js-plotly-plot')"
INNER = f"{GRAPH}.querySelector('.nsewdrag').getBoundingClientRect()"


def becomes(page: Page, condition: str, broken: str) -> None:
    """Wait until a condition holds on the page; ``broken`` says what does not work otherwise."""
    try:
        wait_for(page, condition)
    except Error as error:
        raise AssertionError(broken) from error


@pytest.fixture
def session_page(page: Page, small_cache: VisualBehaviorOphysProjectCache) -> Page:
    """An experiment's page with its timeline drawn."""
    page.goto(f"/experiment/{min(small_cache.available('experiment'))}")
    wait_ready(page)
    return page


def middle_of(page: Page, rectangle: str) -> tuple[float, float]:
    box: dict[str, Any] = page.evaluate(f"{rectangle}.toJSON()")
    return box["left"] + box["width"] / 2, box["top"] + box["height"] / 2


def test_no_other_script_knows_private_names() -> None:
    scripts = [path for path in ASSETS.rglob("*.js") if "vendor" not in path.parts]
    knowing = {path.name for path in scripts if PRIVATE.search(path.read_text())}
    assert knowing == {"private_names.js"}


def test_dash_shows_the_page_that_the_push_state_event_names(session_page: Page) -> None:
    session_page.evaluate("vbd.dash.pushState('/notes')")
    becomes(
        session_page,
        "document.getElementById('panel-notes') && !document.getElementById('panel-timeline')",
        "Dash no longer follows `_dashprivate_pushstate`: clicks on points of figures, rows of the "
        "grid, cells of the QC matrix and Compare change the address and not the page "
        "(vbd.dash.pushState).",
    )


def test_a_link_of_dash_sends_the_push_state_event(session_page: Page) -> None:
    session_page.evaluate("vbd.dash.onPushState(() => { window.followed = true; })")
    session_page.locator("a.nav-link, header a, nav a").first.click()
    becomes(
        session_page,
        "window.followed === true",
        "dcc.Link no longer sends `_dashprivate_pushstate`: Explore does not notice that a link "
        "changed its address (vbd.dash.onPushState).",
    )


def test_dash_asks_again_for_the_page_of_its_location(session_page: Page) -> None:
    session_page.evaluate("""
        window.asked = false;
        document.addEventListener('vbd:ended', ({ detail: { names } }) => {
            window.asked ||= names.includes('_pages_content.children');
        });
        vbd.dash.noticeAgain()""")
    becomes(
        session_page,
        "window.asked",
        "Dash no longer takes an address from `_pages_location`: Back to the view with which a "
        "page was opened changes the address and not the page (vbd.dash.noticeAgain).",
    )


def test_dash_takes_plotly_from_the_bundle_of_the_page(session_page: Page) -> None:
    loaded = session_page.evaluate(
        "performance.getEntriesByType('resource').map((entry) => entry.name)"
        ".filter((name) => name.includes('plotly') && name.includes('.js'))"
    )
    others = [name for name in loaded if "/assets/vendor/plotly-figures.min.js" not in name]
    assert not [name for name in others if "plotly.min" in name], (
        "dcc.Graph no longer waits for `window.Plotly`: Plotly is loaded twice, and pages with "
        "graphs are slower (vbd.dash.setPlotlyPromise)."
    )
    assert len(loaded) > len(others)


def test_a_drawn_graph_is_found_by_the_class_of_its_plot(session_page: Page) -> None:
    assert session_page.evaluate(f"vbd.plotly.plot({GRAPH})?.data.length > 0"), (
        "The class `js-plotly-plot` or the key `_fullLayout` is gone: no cursor, no brush, no "
        "band, no clicks in any graph (vbd.plotly.plot)."
    )


def test_the_range_of_an_axis_is_what_is_seen(session_page: Page) -> None:
    start, stop = session_page.evaluate(f"vbd.plotly.range(vbd.plotly.plot({GRAPH}))")
    window = session_page.evaluate("vbd.time.window()")
    assert (start, stop) == pytest.approx((window["start"], window["stop"])), (
        "`_fullLayout.xaxis.range` is not the range that is seen: the cursor, the brush and the "
        "scale bar are in the wrong place (vbd.plotly.range)."
    )


def test_the_frame_is_the_area_between_the_axes(session_page: Page) -> None:
    frame = session_page.evaluate(f"vbd.plotly.frame(vbd.plotly.plot({GRAPH}))")
    inner = session_page.evaluate(f"{INNER}.toJSON()")
    sides = ("left", "width")  # the rows of the timeline have gaps, so its height is of several
    assert [frame[side] for side in sides] == pytest.approx(
        [inner[side] for side in sides], abs=1
    ), (
        "`_fullLayout._size` is not the area between the axes: the cursor line and the brush are "
        "beside what they point at (vbd.plotly.frame)."
    )


def test_an_axis_converts_between_pixels_and_values(session_page: Page) -> None:
    axis = f"vbd.plotly.axis(vbd.plotly.plot({GRAPH}), 'x')"
    inner = session_page.evaluate(f"{INNER}.toJSON()")
    start, length = session_page.evaluate(f"[{axis}.start, {axis}.length]")
    message = (
        "`_id`, `_offset`, `_length`, `p2d` or `d2p` of an axis mean something else: clicks in the "
        "field of view and in the responses around events find other cells (vbd.plotly.axis)."
    )
    assert (start, length) == pytest.approx((inner["left"], inner["width"]), abs=1), message
    low, high = session_page.evaluate(f"{axis}.range")
    middle = session_page.evaluate(f"{axis}.valueAt({start + length / 2})")
    assert middle == pytest.approx((low + high) / 2), message
    assert session_page.evaluate(f"{axis}.pixelOf({middle})") == pytest.approx(
        start + length / 2
    ), message


def test_dash_is_not_told_of_ranges_of_the_timeline(session_page: Page) -> None:
    told = session_page.evaluate(
        f"""async () => {{
            const told = [];
            {PLOT}.on('plotly_relayout', (event) => told.push(...Object.keys(event)));
            await Plotly.relayout({PLOT}, {{ 'xaxis.range': [1, 2] }});
            await Plotly.relayout({PLOT}, {{ 'title.text': 'x' }});
            return told;
        }}"""
    )
    assert told == ["title.text"], (
        "`plot.emit` is not what Plotly sends its events with: Dash draws the timeline a second "
        "time after each gesture (vbd.plotly.hideZoom)."
    )


def test_what_moves_with_the_time_axis_is_found(session_page: Page) -> None:
    found = session_page.evaluate(
        f"""() => {{
            const {{ axis, first, last, ...parts }} = vbd.plotly.drawing({PLOT});
            const counts = Object.entries(parts).map(([name, all]) => [name, all.length]);
            return {{ ...Object.fromEntries(counts), axis: axis?.querySelectorAll('text').length }};
        }}"""
    )
    drawn = ("rows", "shapes", "images", "texts", "axis")
    assert all(found[name] for name in drawn), (
        f"Plotly names its groups otherwise ({found}): a part of the timeline does not "
        "follow the hand (vbd.plotly.drawing)."
    )


@pytest.mark.parametrize(
    ("selector", "broken"),
    [
        (".timeline-graph .nsewdrag", "the pointer over plots does not show what a click does"),
        (".dash-graph .js-plotly-plot", "graphs do not fill their panels"),
        (".js-plotly-plot .main-svg", "brush and band are not placed anew after a resize"),
        (".window-bar .dash-input-container", "the fields of the window bar have the wrong size"),
    ],
)
def test_class_names_that_the_stylesheets_use_are_there(
    session_page: Page, selector: str, broken: str
) -> None:
    assert session_page.locator(selector).count(), f"No element fits {selector}: {broken}."


def test_the_search_field_has_the_class_names_of_dash(page: Page) -> None:
    page.goto("/")
    wait_ready(page)
    selector = ".explore-search input.dash-input-element, input.dash-input-element.explore-search"
    assert page.locator(selector).count(), (
        "Dash's input has other class names: the search field of Explore has the wrong frame."
    )


def test_a_component_is_marked_while_its_callback_runs(session_page: Page) -> None:
    session_page.evaluate(
        """() => {
            window.marked = false;
            const marks = document.getElementsByClassName('events-note');
            const look = () => {
                window.marked ||= [...marks].some((note) => 'dashIsLoading' in note.dataset);
            };
            new MutationObserver(look).observe(document.body,
                { subtree: true, childList: true, attributes: true });
        }"""
    )
    session_page.get_by_role("tab", name="Events").click()
    becomes(
        session_page,
        "window.marked",
        "Dash no longer sets `data-dash-is-loading`: the panel of responses around events does not "
        "say that it is computing.",
    )


def test_the_grid_has_the_class_names_and_row_ids_that_clicks_are_read_from(
    session_page: Page,
) -> None:
    session_page.get_by_role("tab", name="Cells").click()
    becomes(
        session_page,
        "document.querySelector('#cells-table.linked-table .ag-root .ag-row[row-id]')",
        "AG Grid has other class names or no `row-id`: clicks on rows of tables lead nowhere, and "
        "keys typed into a table move the time window.",
    )


def test_react_is_there_for_what_is_drawn_in_cells_of_a_grid(page: Page) -> None:
    page.goto("/")
    wait_ready(page)
    assert page.evaluate("typeof window.React?.createElement") == "function", (
        "Dash no longer puts React into the page: the grid of Explore has no links, and the tables "
        "of attributes no pictures."
    )
