"""The timeline in the hand: everything that is drawn is where the hand has moved it, at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

GRAPH = "document.getElementById('timeline-graph')"
START, STOP = 100.0, 130.0  # s; the session has more than a window to either side
LENGTH = STOP - START
CLOSE = 1.5  # px
Span = tuple[float, float]

FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Two frames: what a gesture moved has been drawn."""

AREA = f"vbd.axis.frame({GRAPH})"

# How far each kind of thing is from where its time lies in a span, in px.
OFF = f"""([start, stop]) => {{
    const plot = vbd.plotly.plot({GRAPH});
    const {{ left, width }} = {AREA};
    const off = (time, x) => x - (left + (time - start) / (stop - start) * width);
    const edge = (element) => element.getBoundingClientRect();
    const [image] = plot.layout.images;
    const rows = plot.querySelectorAll('.overplot > g');
    const lines = plot._fullData.findIndex(({{ name }}) => name === 'running_speed');
    const spans = plot._fullData.findIndex(({{ name }}) => name === 'flash');
    const pathOf = (i, kind) => rows[Number(plot._fullData[i].yaxis.slice(1) || 1) - 1]
        .querySelectorAll(`.trace ${{kind}}`)[0];
    const first = (path) => Number(path.match(/M([\\d.]+)/)[1]);
    const licks = plot.layout.shapes.findIndex(({{ name }}) => name === 'lick');
    const stroke = plot.querySelector(`.shape-group[data-index="${{licks}}"] path`);
    const marks = plot._fullData.findIndex(({{ name }}) => name === 'earned reward');
    const mark = edge(pathOf(marks, '.point'));
    const axis = '.moved-axis, .xaxislayer-above:not([display])';
    const numbers = [...plot.querySelectorAll(`:is(${{axis}}) text`)];
    return {{
        heatmap: off(image.x, edge(plot.querySelector('.imagelayer image')).left),
        row: off(plot._fullData[lines].x[0], edge(pathOf(lines, '.js-line')).left),
        spans: off(plot._fullData[spans].x[0], edge(pathOf(spans, '.js-fill')).left),
        strokes: off(first(plot.layout.shapes[licks].path), edge(stroke).left),
        mark: off(plot._fullData[marks].x[0], (mark.left + mark.right) / 2),
        axis: Math.max(...numbers.map((number) => {{
            const {{ left: from, right: to }} = edge(number);
            const time = Number(number.textContent.replaceAll(',', ''));
            return Math.abs(off(time, (from + to) / 2));
        }})),
    }};
}}"""

# How much of the timeline's width is without rows, heatmap or spans, in px.
BLANK = f"""() => {{
    const plot = vbd.plotly.plot({GRAPH});
    const {{ left, width }} = {AREA};
    const lines = [...plot.querySelectorAll('.lines')].filter((line) => line.firstChild);
    const all = [...plot.querySelectorAll('.imagelayer image'), ...lines];
    const edges = all.map((element) => element.getBoundingClientRect());
    return Math.max(...edges.map((edge) => Math.max(edge.left - left, left + width - edge.right)));
}}"""


@pytest.fixture
def timeline(page: Page, small_cache: VisualBehaviorOphysProjectCache) -> Page:
    """A session's page half a minute wide, with what lies ahead of it fetched."""
    table = small_cache.get_ophys_experiment_table()
    active = [i for i in small_cache.available("experiment") if not table.loc[i, "passive"]]
    page.goto(f"/experiment/{min(active)}?t={START:g}-{STOP:g}")
    wait_ready(page)
    return page


def area(page: Page) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(AREA)
    return found


def at(page: Page, part: float, row: str = "running_speed") -> tuple[float, float]:
    """A point over a row, or over the numbers of the axis, at a part of the width."""
    f = area(page)
    if row == "axis":
        return f["left"] + part * f["width"], f["top"] + f["height"] + 12
    rows = page.evaluate(f"vbd.plotly.plot({GRAPH}).layout.meta.rows")
    low, high = next(found["domain"] for found in rows if found["name"].startswith(row))
    return f["left"] + part * f["width"], f["top"] + (1 - (low + high) / 2) * f["height"]


def seen(page: Page) -> Span:
    page.evaluate(FRAMES)
    start, stop = page.evaluate("Object.values(vbd.hand.seen())")
    return start, stop


def assert_all_moved(page: Page, span: Span) -> None:
    off: dict[str, float] = page.evaluate(OFF, list(span))
    assert {name: by for name, by in off.items() if abs(by) > CLOSE} == {}


def assert_drawn(page: Page, span: Span) -> None:
    """After the gesture, window, link, axis and drawing agree."""
    wait_ready(page)
    assert page.evaluate("Object.values(vbd.time.window())") == pytest.approx(span, abs=2e-3)
    (linked,) = parse_qs(urlsplit(page.url).query)["t"]
    assert [float(t) for t in linked.split("-")] == pytest.approx(span, abs=2e-3)
    assert page.evaluate(f"vbd.plotly.range(vbd.plotly.plot({GRAPH}))") == pytest.approx(
        span, abs=2e-3
    )
    assert not page.locator(".moved-axis").count()
    assert_all_moved(page, span)


@contextmanager
def dragging(page: Page, row: str, left: float, right: float) -> Iterator[None]:
    """Within it the pointer has dragged from one part of the width to another."""
    page.mouse.move(*at(page, left, row))
    page.mouse.down()
    page.mouse.move(*at(page, right, row), steps=4)
    yield
    page.mouse.up()


@contextmanager
def asked(page: Page) -> Iterator[list[str]]:
    """The requests that the page sends within it."""
    found: list[str] = []

    def note(request: Request) -> None:
        found.append(f"{request.method} {request.url} {request.post_data or ''}")

    page.on("request", note)
    yield found
    page.remove_listener("request", note)


@pytest.mark.parametrize("row", ["running_speed", "activity", "trials", "axis"])
def test_a_drag_moves_everything_with_the_hand(timeline: Page, row: str) -> None:
    expected = (START + 0.4 * LENGTH, STOP + 0.4 * LENGTH)
    with dragging(timeline, row, 0.7, 0.3):
        assert seen(timeline) == pytest.approx(expected, abs=0.05)
        assert_all_moved(timeline, seen(timeline))
        numbers = timeline.locator(".moved-axis text").all_text_contents()
        span = seen(timeline)
    assert_drawn(timeline, span)
    assert timeline.locator("#timeline-graph .xaxislayer-above text").all_text_contents() == numbers


def test_what_lies_under_the_pointer_stays_there_and_so_does_the_cursor(timeline: Page) -> None:
    x, _ = at(timeline, 0.7)
    timeline.mouse.move(x, at(timeline, 0.7)[1])
    grabbed = timeline.evaluate(f"vbd.axis.timeAt({GRAPH}, {x})")
    with dragging(timeline, "running_speed", 0.7, 0.3):
        timeline.evaluate(FRAMES)
        now = at(timeline, 0.3)[0]
        assert timeline.evaluate(f"vbd.axis.timeAt({GRAPH}, {now})") == pytest.approx(grabbed)
        line = timeline.locator("#timeline-graph .cursor-line").bounding_box()
        assert line is not None
        assert line["x"] == pytest.approx(now, abs=2)


@pytest.mark.parametrize(("left", "right"), [(0.98, 0.05), (0.02, 0.95)])
def test_nothing_is_blank_or_asked_for_within_one_window_to_either_side(
    timeline: Page, left: float, right: float
) -> None:
    timeline.mouse.move(*at(timeline, left))
    wait_ready(timeline)
    timeline.wait_for_timeout(300)  # the values under the pointer have been read
    with asked(timeline) as requests, dragging(timeline, "running_speed", left, right):
        span = seen(timeline)
        assert abs(span[0] - START) == pytest.approx(0.93 * LENGTH, abs=0.1)
        assert timeline.evaluate(BLANK) <= CLOSE
        assert_all_moved(timeline, span)
        assert requests == []
    assert_drawn(timeline, span)


def test_elements_that_are_drawn_during_a_drag_follow_it_too(timeline: Page) -> None:
    """Plotly puts new elements in the place of others, in parts with frames between them."""
    drawn_anew = f"""() => {{
        const plot = vbd.plotly.plot({GRAPH});
        for (const one of plot.querySelectorAll('.overplot > g > g, .imagelayer > image'))
            one.replaceWith(one.cloneNode(true));
        plot.emit('plotly_afterplot');
    }}"""
    with dragging(timeline, "running_speed", 0.7, 0.4):
        timeline.evaluate(FRAMES)
        timeline.evaluate(drawn_anew)
        timeline.mouse.move(*at(timeline, 0.3), steps=2)
        assert_all_moved(timeline, seen(timeline))
        timeline.mouse.move(*at(timeline, 0.7))  # back, so that Plotly need not draw the copies


def test_every_sample_ahead_is_drawn(timeline: Page) -> None:
    """Plotly simplifies lines the more the farther they are from what is seen."""
    found = timeline.evaluate(
        f"""() => {{
            const plot = vbd.plotly.plot({GRAPH});
            const trace = plot._fullData.find(({{ name }}) => name === 'running_speed');
            const row = plot.querySelector(`.overplot > .x${{trace.yaxis}}`);
            const path = row.querySelector('.js-line').getAttribute('d');
            return [path.match(/-?[\\d.]+,-?[\\d.]+|[HV]/g).length, trace.x.length];
        }}"""
    )
    drawn, samples = found
    assert drawn >= 0.99 * samples


def test_the_brush_follows_a_drag_and_a_drag_of_the_brush_moves_the_rows(timeline: Page) -> None:
    before = timeline.locator("#brush").bounding_box()
    with dragging(timeline, "running_speed", 0.8, 0.2):
        timeline.evaluate(FRAMES)
        during = timeline.locator("#brush").bounding_box()
    assert before is not None
    assert during is not None
    assert during["x"] > before["x"] + 2
    wait_ready(timeline)
    span = seen(timeline)
    box = timeline.locator("#brush").bounding_box()
    assert box is not None
    timeline.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    timeline.mouse.down()
    timeline.mouse.move(
        box["x"] + box["width"] / 2 - box["width"] / 2, box["y"] + box["height"] / 2, steps=3
    )
    moved = seen(timeline)
    assert moved[0] < span[0] - 1
    assert_all_moved(timeline, moved)
    timeline.mouse.up()
    assert_drawn(timeline, moved)


@pytest.mark.parametrize("ctrl", [False, True], ids=["wheel", "pinch"])
def test_the_wheel_and_pinching_zoom_around_the_pointer(timeline: Page, ctrl: bool) -> None:
    x, y = at(timeline, 0.25)
    timeline.mouse.move(x, y)
    time = timeline.evaluate(f"vbd.axis.timeAt({GRAPH}, {x})")
    if ctrl:
        timeline.keyboard.down("Control")
    timeline.mouse.wheel(0, -40)
    wait_for(timeline, f"vbd.hand.seen().stop - vbd.hand.seen().start < {LENGTH - 0.5}")
    span = seen(timeline)
    assert timeline.evaluate(f"vbd.axis.timeAt({GRAPH}, {x})") == pytest.approx(time)
    assert_all_moved(timeline, span)
    if ctrl:
        timeline.keyboard.up("Control")
    assert_drawn(timeline, span)
    assert span[1] - span[0] < (0.8 if ctrl else 0.95) * LENGTH
    assert timeline.evaluate("window.visualViewport.scale") == 1


def test_words_and_marks_keep_their_shape_while_the_rows_are_stretched(timeline: Page) -> None:
    widths = """() => [...document.querySelectorAll('#timeline-graph .point, .textpoint > text')]
        .map((element) => element.getBoundingClientRect().width)"""
    before = timeline.evaluate(widths)
    timeline.mouse.move(*at(timeline, 0.5))
    timeline.mouse.wheel(0, -200)
    wait_for(timeline, f"vbd.hand.seen().stop - vbd.hand.seen().start < {LENGTH - 0.5}")
    timeline.evaluate(FRAMES)
    assert before
    assert timeline.evaluate(widths) == pytest.approx(before, abs=0.5)


@pytest.mark.parametrize(("dx", "dy", "shift"), [(120, 0, False), (0, 120, True)])
def test_the_wheel_to_the_side_or_with_shift_moves_along(
    timeline: Page, dx: int, dy: int, shift: bool
) -> None:
    timeline.mouse.move(*at(timeline, 0.5))
    if shift:
        timeline.keyboard.down("Shift")
    timeline.mouse.wheel(dx, dy)
    wait_for(timeline, f"vbd.hand.seen().start > {START} + 1")
    span = seen(timeline)
    assert span[0] - START == pytest.approx(120 / area(timeline)["width"] * LENGTH, rel=0.02)
    assert span[1] - span[0] == pytest.approx(LENGTH)
    assert_all_moved(timeline, span)
    if shift:
        timeline.keyboard.up("Shift")
    assert_drawn(timeline, span)


def test_a_drag_with_shift_draws_a_box_and_zooms_into_it(timeline: Page) -> None:
    timeline.keyboard.down("Shift")
    with dragging(timeline, "activity", 0.25, 0.75):
        box = timeline.locator(".zoom-box").bounding_box()
        assert seen(timeline) == (START, STOP)
    timeline.keyboard.up("Shift")
    assert box is not None
    assert box["width"] == pytest.approx(area(timeline)["width"] / 2, abs=3)
    assert_drawn(timeline, (START + LENGTH / 4, STOP - LENGTH / 4))
    assert not timeline.locator(".zoom-box").is_visible()


def test_escape_drops_the_box(timeline: Page) -> None:
    timeline.keyboard.down("Shift")
    with dragging(timeline, "activity", 0.25, 0.75):
        timeline.keyboard.press("Escape")
        assert not timeline.locator(".zoom-box").is_visible()
    timeline.keyboard.up("Shift")
    assert_drawn(timeline, (START, STOP))


@pytest.mark.parametrize(("key", "sign"), [("ArrowRight", 1), ("ArrowLeft", -1)])
def test_an_arrow_key_moves_a_quarter_and_goes_on_while_it_is_held(
    timeline: Page, key: str, sign: int
) -> None:
    quarter = (START + sign * LENGTH / 4, STOP + sign * LENGTH / 4)
    timeline.keyboard.press(key)
    wait_for(timeline, f"Math.abs(vbd.time.window().start - {quarter[0]}) < 1e-3")
    assert_drawn(timeline, quarter)
    timeline.keyboard.down(key)
    for _ in range(3):
        timeline.keyboard.down(key)  # as a held key repeats
        timeline.evaluate(FRAMES)
    span = seen(timeline)
    assert sign * (span[0] - quarter[0]) > 0
    timeline.keyboard.up(key)
    wait_for(timeline, "!vbd.hand.isHeld()")
    wait_ready(timeline)
    assert_drawn(timeline, seen(timeline))


def test_a_click_is_no_drag(timeline: Page) -> None:
    timeline.mouse.click(*at(timeline, 0.6))
    assert not timeline.evaluate("vbd.hand.isHeld()")
    assert_drawn(timeline, (START, STOP))


def test_back_undoes_a_drag(timeline: Page) -> None:
    timeline.keyboard.press("+")
    wait_ready(timeline)
    timeline.wait_for_timeout(1600)  # a change after a pause is an entry of its own
    first = timeline.url
    with dragging(timeline, "running_speed", 0.7, 0.3):
        pass
    wait_ready(timeline)
    assert timeline.url != first
    timeline.go_back()
    wait_ready(timeline)
    assert timeline.url == first


def test_the_picture_of_a_moved_timeline_is_what_is_seen(timeline: Page) -> None:
    def shown() -> Any:
        return timeline.evaluate(
            f"""async () => {{
                const plot = vbd.plotly.plot({GRAPH});
                const svg = await Plotly.toImage(plot, {{ format: 'svg' }});
                const text = decodeURIComponent(svg);
                return [...text.matchAll(/>([\\d,]+)<\\/text>/g)].map((found) => found[1]);
            }}"""
        )

    with dragging(timeline, "running_speed", 0.7, 0.3):
        pass
    wait_ready(timeline)
    numbers = timeline.locator("#timeline-graph .xaxislayer-above text").all_text_contents()
    assert numbers
    assert set(numbers) <= set(shown())
