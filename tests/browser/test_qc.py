"""The checks of a faulty session and the matrix of all sessions lead to the time of the fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data_layer.demo.ophys.imaging import simulate_plane
from data_layer.demo.recording import simulate_recording
from data_layer.demo.writing.ophys import write_behavior_ophys_experiment
from data_layer.preparing.shelf import Shelf
from tests.data_layer.demo.conftest import FAULTY
from tests.support.running import vbdash
from tests.support.waiting import wait_for, wait_ready

MIDDLE = "Object.values(vbd.time.window()).reduce((a, b) => a + b) / 2"
EXPERIMENT = FAULTY.planes[0].ophys_experiment_id


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """The file of a session with a jump of the motion correction, and its time (s)."""
    recording = simulate_recording(FAULTY)
    path = tmp_path_factory.mktemp("faulty") / f"behavior_ophys_experiment_{EXPERIMENT}.nwb"
    write_behavior_ophys_experiment(path, recording, simulate_plane(recording, FAULTY.planes[0]))
    assert FAULTY.fault is not None
    return path, float(recording.stimulus_timestamps[0]) + FAULTY.fault.motion_jump_at


@pytest.fixture(scope="module")
def faulty_url(
    faulty: tuple[Path, float], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A dashboard over the faulty session, prepared."""
    work = tmp_path_factory.mktemp("work")
    Shelf(work / "store", 10**9).prepare(faulty[0])
    with vbdash("open", faulty[0], "--work-dir", work) as server:
        yield server.url.partition("/experiment")[0]


def test_a_click_on_the_motion_jump_shows_its_second(
    page: Page, faulty: tuple[Path, float], faulty_url: str
) -> None:
    page.goto(f"{faulty_url}/experiment/{EXPERIMENT}")
    wait_ready(page)
    page.get_by_role("tab", name="QC").click()
    wait_ready(page)
    expect(page.locator(".check-count")).to_contain_text("2 fail")
    page.locator("[data-check=motion_jump] .check-link").click()
    wait_for(page, f"Math.abs({MIDDLE} - {faulty[1]}) < 0.5")
    wait_ready(page)
    rows = "vbd.plotly.plot(document.getElementById('timeline-graph')).layout.meta.rows"
    wait_for(page, f"{rows}.some(({{ name }}) => name.startsWith('motion'))")
    expect(page).to_have_url(re.compile("rows=[^&]*motion"))
    line = page.locator("[data-check=motion_jump]")
    line.locator(".check-title").click()
    expect(line.locator(".check-about")).to_contain_text("The field of view does not jump")


def test_a_click_on_a_cell_of_the_matrix_opens_the_session_there(
    page: Page, faulty: tuple[Path, float], faulty_url: str
) -> None:
    page.goto(f"{faulty_url}/qc")
    wait_ready(page)
    expect(page.locator("#qc-count")).to_contain_text("1 of 1 recording: ✕ 1 with a fail")
    page.locator("[data-state=ready] #qc-family").select_option(label="Motion")
    expect(page.locator(".qc-cell")).to_have_count(2)
    page.locator(".ag-row [col-id=motion_jump]").click()
    page.wait_for_url(f"**/experiment/{EXPERIMENT}?*")
    expect(page.locator("#panel-qc .check-count")).to_contain_text("2 fail")
    wait_ready(page)
    wait_for(page, f"Math.abs({MIDDLE} - {faulty[1]}) < 0.5")


def test_the_saved_matrix_has_one_row_of_names_and_the_rows_that_are_shown(
    page: Page, faulty_url: str
) -> None:
    page.goto(f"{faulty_url}/qc")
    wait_ready(page)
    with page.expect_download() as download:
        page.locator("#panel-qc-all .csv-button").click()
    table = pd.read_csv(download.value.path())
    assert "motion_jump" in table.columns
    assert table["id"].tolist() == [EXPERIMENT]


def test_the_order_of_the_matrix_is_in_its_link(page: Page, faulty_url: str) -> None:
    sorting = "dash_ag_grid.getApi('qc-matrix')?.getColumn('motion_jump')?.getSort()"
    page.goto(f"{faulty_url}/qc?qc-matrix=-motion_jump,id.has.1")
    wait_ready(page)
    wait_for(page, f"{sorting} === 'desc'")
    page.locator("#qc-matrix .ag-header-cell[col-id=id]").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/qc\?qc-matrix=id,id\.has\.1$"))
    page.go_back()
    wait_ready(page)
    wait_for(page, f"{sorting} === 'desc'")


def test_the_empty_page_says_what_to_do(
    page: Page, faulty: tuple[Path, float], tmp_path: Path
) -> None:
    with vbdash("open", faulty[0], "--work-dir", tmp_path, "--prepare", "0") as server:
        page.goto(f"{server.url.partition('/experiment')[0]}/qc")
        expect(page.locator("#message-qc-all")).to_contain_text("vbdash prepare --all")
