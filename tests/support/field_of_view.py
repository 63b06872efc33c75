"""Moves and zooms the field of view of a session page, as a user does."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.waiting import wait_for

FIELD = "document.querySelector('.fov-graph .js-plotly-plot')"
LAYER = "document.querySelector('.fov-graph .nsewdrag')"
RANGES = f"[...vbd.plotly.range({FIELD}, 'x'), ...vbd.plotly.range({FIELD}, 'y')]"
AT_REST = f"!{FIELD}.dataset.moving"
Ranges = list[float]  # left, right, bottom, top edge of the visible part


def point_in_field(page: Page, x: float, y: float) -> tuple[float, float]:
    """The page coordinates of a point of the field; ``x`` and ``y`` are from 0 to 1."""
    box = page.evaluate(f"{LAYER}.getBoundingClientRect().toJSON()")
    return box["left"] + x * box["width"], box["top"] + y * box["height"]


def zoom_by_wheel(page: Page, turns: int) -> Ranges:
    """Turn the wheel step by step, waiting for each; return the ranges after the last."""
    page.mouse.move(*point_in_field(page, 0.4, 0.6))
    for _ in range(turns):
        before = page.evaluate(f"{RANGES}[0]")
        page.mouse.wheel(0, -100)
        wait_for(page, f"{RANGES}[0] !== {before}")
    wait_for(page, AT_REST)
    ranges: Ranges = page.evaluate(RANGES)
    return ranges
