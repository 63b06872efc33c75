"""A zoom of the field of view survives all other changes, and the scale bar is correct."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.field_of_view import (
    AT_REST,
    FIELD,
    LAYER,
    RANGES,
    Ranges,
    point_in_field,
    zoom_by_wheel,
)
from tests.support.waiting import wait_for, wait_ready

PICTURE = "document.querySelector('.fov-graph .imagelayer image').getBoundingClientRect().width"
BAR = "document.querySelector('.fov-graph .shapelayer path[data-index=\"2\"]')"
LABEL = f"{FIELD}.layout.annotations[0].text"
LABELLED = "document.querySelector('.fov-graph').textContent.includes('{}')"


@pytest.fixture
def field(page: Page, small_cache: VisualBehaviorOphysProjectCache) -> Page:
    """An experiment's page with its field of view drawn."""
    page.goto(f"/experiment/{min(small_cache.available('experiment'))}")
    wait_ready(page)
    wait_for(page, f"{FIELD}?.layout.shapes?.length && {LABEL}")
    return page


def drag(page: Page) -> Ranges:
    """Move the field by a part of the visible size; returns the edges visible afterwards."""
    before = page.evaluate(f"{RANGES}[0]")
    page.mouse.move(*point_in_field(page, 0.4, 0.4))
    page.mouse.down()
    page.mouse.move(*point_in_field(page, 0.5, 0.45), steps=5)
    page.mouse.up()
    wait_for(page, f"{RANGES}[0] !== {before} && {AT_REST}")
    ranges: Ranges = page.evaluate(RANGES)
    return ranges


def zoom_by_wheel_and_drag(page: Page) -> Ranges:
    zoom_by_wheel(page, 8)
    return drag(page)


def select_a_cell(page: Page) -> None:
    cell = page.evaluate(f"{FIELD}.layout.meta.cells.at(-1).name")
    page.evaluate(f"vbd.cells.select({cell})")
    wait_for(page, LABELLED.format(cell))


def select_with_the_keyboard(page: Page) -> None:
    before = page.evaluate("vbd.cells.selected()[0]")
    page.keyboard.press("j")
    wait_for(page, f"vbd.cells.selected()[0] !== {before}")
    wait_for(page, LABELLED.format("' + vbd.cells.selected()[0] + '"))


def move_the_window(page: Page) -> None:
    before = page.evaluate("vbd.time.window().start")
    page.keyboard.press("c")
    wait_for(page, f"vbd.time.window().start !== {before}")
    shown = "vbd.plotly.range(vbd.plotly.plot(document.getElementById('timeline-graph')))[0]"
    wait_for(page, f"Math.abs({shown} - vbd.time.window().start) < 1e-3")
    wait_ready(page)


def show_another_picture(page: Page) -> None:
    page.get_by_text("average", exact=True).click()
    wait_for(page, f"{FIELD}.layout.images[0].source.includes('average_projection')")


def hide_the_outlines(page: Page) -> None:
    page.get_by_label("outlines").uncheck()
    wait_for(page, f"{FIELD}.layout.shapes[0].opacity === 0")


def resize_the_window(page: Page) -> None:
    before = page.evaluate(f"{FIELD}.clientWidth")
    page.set_viewport_size({"width": 1250, "height": 840})
    wait_for(page, f"{FIELD}.clientWidth !== {before}")
    wait_for(page, f"Math.abs({FIELD}._fullLayout.width - {FIELD}.clientWidth) <= 1")


CHANGES = (
    select_a_cell,
    select_with_the_keyboard,
    move_the_window,
    show_another_picture,
    hide_the_outlines,
    resize_the_window,
)


def bar_is_true(page: Page) -> None:
    """The bar's length on the page agrees with its label, measured by the size of the picture."""
    field = page.evaluate(f"{FIELD}.layout.meta")
    pixel = page.evaluate(PICTURE) / field["width"]  # of the page, per pixel of the picture
    number, unit = page.evaluate(LABEL).split()
    assert unit == "µm"
    wanted = float(number) / field["pixel_size"] * pixel
    assert page.evaluate(f"{BAR}.getBoundingClientRect().width") == pytest.approx(wanted, abs=0.5)
    visible = page.evaluate(f"{LAYER}.getBoundingClientRect().width")
    assert 0 < wanted < 0.5 * visible


@pytest.mark.parametrize("zoom", [lambda page: zoom_by_wheel(page, 8), zoom_by_wheel_and_drag])
def test_a_zoom_holds_whatever_else_changes(field: Page, zoom: Callable[[Page], Ranges]) -> None:
    whole = field.evaluate(RANGES)
    bar_is_true(field)
    zoomed = zoom(field)
    assert zoomed[1] - zoomed[0] < 0.6 * (whole[1] - whole[0])
    for change in CHANGES:
        change(field)
        assert field.evaluate(RANGES) == pytest.approx(zoomed), change.__name__
        bar_is_true(field)


def test_a_zoom_goes_on_from_where_the_last_one_ended(field: Page) -> None:
    first = zoom_by_wheel(field, 3)
    select_a_cell(field)
    second = zoom_by_wheel(field, 3)
    assert first[0] < second[0] < second[1] < first[1]
    assert second[1] - second[0] == pytest.approx((first[1] - first[0]) ** 2 / 80, rel=1e-3)
    bar_is_true(field)


def test_the_bar_gets_a_new_length_when_the_old_one_is_too_long(field: Page) -> None:
    before = field.evaluate(LABEL)
    zoom_by_wheel(field, 16)
    wait_for(field, f"{LABEL} !== '{before}'")
    bar_is_true(field)


def test_what_is_selected_during_a_drag_is_shown_after_it_and_the_drag_holds(field: Page) -> None:
    before = zoom_by_wheel(field, 6)
    field.mouse.move(*point_in_field(field, 0.4, 0.4))
    field.mouse.down()
    field.mouse.move(*point_in_field(field, 0.45, 0.4), steps=3)
    cell = field.evaluate(f"{FIELD}.layout.meta.cells.at(-1).name")
    field.evaluate(f"vbd.cells.select({cell})")
    wait_for(field, f"vbd.cells.selected()[0] === {cell}")
    field.mouse.move(*point_in_field(field, 0.5, 0.4), steps=3)
    field.mouse.up()
    wait_for(field, LABELLED.format(cell))
    ranges = field.evaluate(RANGES)
    moved = -0.1 * (before[1] - before[0])
    assert ranges == pytest.approx([before[0] + moved, before[1] + moved, *before[2:]], abs=0.5)
    bar_is_true(field)


def test_a_figure_from_before_a_zoom_does_not_undo_it(field: Page) -> None:
    """On a busy machine a figure may be drawn long after it was composed."""
    whole = field.evaluate(RANGES)
    late = """([plot, whole]) => {
        const { data, layout } = eval(plot);
        const xaxis = { ...layout.xaxis, range: whole.slice(0, 2) };
        const yaxis = { ...layout.yaxis, range: whole.slice(2) };
        window.drawn = 0;
        eval(plot).on('plotly_afterplot', () => { window.drawn += 1; });
        return Plotly.react(eval(plot), data, { ...layout, xaxis, yaxis }).then(() => null);
    }"""
    zoomed = zoom_by_wheel(field, 5)
    field.evaluate(late, [FIELD, whole])
    wait_for(field, "window.drawn >= 2")
    assert field.evaluate(RANGES) == pytest.approx(zoomed)
    bar_is_true(field)


def test_a_double_click_shows_the_whole_field_again(field: Page) -> None:
    whole = field.evaluate(RANGES)
    zoom_by_wheel_and_drag(field)
    select_a_cell(field)
    field.mouse.dblclick(*point_in_field(field, 0.95, 0.95))
    wait_for(field, f"{RANGES}.every((edge, i) => edge === {whole}[i])")
    bar_is_true(field)


def test_a_field_whose_cells_have_not_come_is_left_alone(field: Page) -> None:
    field.evaluate(f"""() => {{ const {{ layout }} = {FIELD}, meta = layout.meta;
        delete layout.meta;
        document.dispatchEvent(new CustomEvent("vbd:fitted"));
        document.querySelector(".fov-graph").dispatchEvent(
            new PointerEvent("pointerover", {{ bubbles: true }}));
        layout.meta = meta; }}""")
    assert field.evaluate(f"{FIELD}.layout.meta.cells.length") > 0  # and no error was thrown
