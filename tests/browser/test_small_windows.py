"""Small windows, zoom and a phone: what is drawn can be read, and nothing lies beside the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_ready

SIZES = {
    "small laptop": (1024, 768),
    "1920 × 1080 at 200 %": (960, 540),
    "phone": (390, 844),
}
LOWEST = {"navigator-graph": 80, "cell-traces-graph": 90, "cell-crops-graph": 90}  # px
CROWDED = ("trials", "performance", "events", "eye", "stimuli")
"""The tabs with figures or pictures."""

USUAL, FIELD = 110, 60  # px, of figures and of one of several fields of view
GRAPHS = """[...document.querySelectorAll('.dash-graph')].filter(graph => graph.offsetParent).map(
    graph => [graph.id, graph.offsetHeight, graph.offsetWidth])"""
BESIDE = """[...document.querySelectorAll('body *')].filter(element => {
    const {right, width} = element.getBoundingClientRect();
    const inScroller = element.closest('.ag-root, .dash-graph, svg, .popover, .visually-hidden');
    return width > 0 && !inScroller && element.checkVisibility()
        && right > document.documentElement.clientWidth + 1;
}).slice(0, 3).map(element => `${element.localName}#${element.id}.${element.className}`)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def pages(small_cache: VisualBehaviorOphysProjectCache) -> list[str]:
    table = small_cache.get_ophys_experiment_table()
    here = sorted(small_cache.available("experiment"))
    row = table.loc[here[0]]
    cells = small_cache.get_ophys_cells_table()
    cell = cells["cell_specimen_id"][cells["ophys_experiment_id"] == here[0]].dropna().iloc[0]
    others = [
        "/",
        "/qc",
        "/notes",
        f"/mouse/{row['mouse_id']}",
        f"/container/{row['ophys_container_id']}",
        f"/compare?ids={here[0]},{here[1]}",
        f"/cell/{int(cell)}",
    ]
    return others + [f"/session/{row['ophys_session_id']}?tab={name}" for name in CROWDED]


@pytest.mark.parametrize("size", SIZES)
def test_figures_can_be_read_and_nothing_is_beside_the_page(
    page: Page, pages: list[str], size: str
) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    problems = []
    for path in pages:
        page.goto(path)
        wait_ready(page)
        problems += [
            f"{path}: {name} is {tall:.0f} px high and {wide:.0f} px wide"
            for name, tall, wide in page.evaluate(GRAPHS)
            if tall < LOWEST.get(name, FIELD if name.startswith("{") else USUAL) or wide < FIELD
        ]
        if (wider := page.evaluate(WIDER)) > 0:
            problems.append(f"{path}: {wider} px too wide, as {page.evaluate(BESIDE)}")
    assert not problems, "\n".join(problems)
