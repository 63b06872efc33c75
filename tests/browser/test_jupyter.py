"""The dashboard in a real JupyterLab: from its launcher, and in the cells of a notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.browser.conftest import LAPTOP
from tests.support.complaints import listen_for_complaints
from tests.support.jupyter import BASE, Jupyter, jupyter_lab
from tests.support.waiting import wait_for, wait_ready

FIGURE = "vbd.plotly.plot(document.getElementById('timeline-graph'))"
DIRECT = "import os; del os.environ['JUPYTERHUB_SERVICE_PREFIX']"


@pytest.fixture(scope="module")
def jupyter(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    folder = tmp_path_factory.mktemp("jupyter")
    settings = {"VBDASH_CACHE_DIR": str(small_release), "VBDASH_WORK_DIR": str(folder / "work")}
    with jupyter_lab(folder, settings) as lab:
        yield lab


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=LAPTOP) as context:
        yield context.new_page()


@pytest.fixture
def id_(small_cache: Cache) -> int:
    return min(small_cache.available("experiment"))


def test_the_launcher_opens_the_dashboard(
    visitor: Page, jupyter: Jupyter, id_: int, complaints: list[str]
) -> None:
    visitor.goto(jupyter.page("lab"))
    card = visitor.locator(".jp-LauncherCard", has_text="Visual Behavior")
    expect(card.locator("svg, img").first).to_be_visible()
    with visitor.expect_popup() as opened:
        card.click()
    page = opened.value
    listen_for_complaints(page, complaints)
    expect(page).to_have_url(re.compile(re.escape(f"{jupyter.url}vbdash/")))
    wait_ready(page)
    expect(page.locator(".row-link", has_text=str(id_))).to_be_visible()
    page.locator(".row-link", has_text=str(id_)).click()
    expect(page).to_have_url(re.compile(rf"{BASE}vbdash/experiment/{id_}\b"))
    wait_ready(page)
    assert page.evaluate(f"{FIGURE}.data.length") > 0
    page.reload()
    wait_ready(page)
    assert not complaints


def run(visitor: Page, jupyter: Jupyter, name: str, *lines: str) -> None:
    """Run the only cell of a new notebook, in a workspace of JupyterLab of its own."""
    content = {"cell_type": "code", "id": "only", "source": "\n".join(lines), "metadata": {}}
    cell = {**content, "execution_count": None, "outputs": []}
    kernel = {"name": "python3", "display_name": "Python", "language": "python"}
    book = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (jupyter.notebooks / f"{name}.ipynb").write_text(json.dumps(book))
    visitor.goto(jupyter.page(f"lab/workspaces/{name}/tree/{name}.ipynb"))
    expect(visitor.get_by_role("button", name="| Idle")).to_be_visible()
    visitor.locator(".jp-Notebook .cm-content").first.click()
    visitor.keyboard.press("Control+Enter")


def frame_of(visitor: Page) -> Frame:
    """The frame in the notebook's output."""
    box = visitor.locator(".jp-OutputArea iframe")
    expect(box).to_be_visible(timeout=60_000)
    frame = box.element_handle().content_frame()
    assert frame is not None
    wait_for(frame, "location.href !== 'about:blank'")
    return frame


@pytest.mark.parametrize("where", ["hub", "local"])
def test_a_cell_of_a_notebook_shows_a_session(
    visitor: Page, jupyter: Jupyter, id_: int, small_cache: Cache, where: str
) -> None:
    cells = small_cache.get_ophys_cells_table().query(f"ophys_experiment_id == {id_}")
    cell = int(cells["cell_specimen_id"].dropna().iloc[0])
    before = [DIRECT] if where == "local" else []
    opened = f"show(experiment, window=(20, 50), cells=[{cell}], height=640)"
    path = f"'{small_cache.path_of('experiment', id_)}'"
    run(
        visitor,
        jupyter,
        where,
        *before,
        "from dashboard import show",
        "from data_layer import BehaviorOphysExperiment",
        f"experiment = BehaviorOphysExperiment.from_nwb_path({path})",
        opened,
    )
    frame = frame_of(visitor)
    place = rf"{re.escape(jupyter.url)}proxy/\d+" if where == "hub" else r"http://127.0.0.1:\d+"
    assert re.match(rf"{place}/experiment/{id_}\?t=20-50&cells=", frame.url), frame.url
    wait_ready(frame)
    box = visitor.locator(".jp-OutputArea iframe").bounding_box()
    assert box is not None
    assert round(box["height"]) == 640
    assert frame.evaluate(f"{FIGURE}.data.length") > 0
    assert frame.evaluate("[vbd.time.window().start, vbd.time.window().stop]") == [20, 50]
    assert frame.locator("#timeline-graph .main-svg").first.bounding_box()
