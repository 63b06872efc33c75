"""A session of which a part is damaged: that part says so, and everything else is shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import h5py
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.running import vbdash
from tests.support.waiting import wait_ready
from tests.support.writable import writable

pytestmark = pytest.mark.fault

SPEED, LICKS = "processing/running/speed", "processing/licking"


@pytest.fixture(scope="module")
def damaged(small_experiment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session whose running speed is a virtual dataset and whose licks cannot be opened."""
    path = tmp_path_factory.mktemp("damaged") / small_experiment.name
    shutil.copyfile(small_experiment, path)
    with writable(path) as file:
        n_samples = len(file[f"{SPEED}/data"])
        layout = h5py.VirtualLayout((n_samples,), "f8")
        layout[:] = h5py.VirtualSource(".", f"{SPEED}/data", (n_samples,))
        attributes = dict(file[f"{SPEED}/data"].attrs)
        del file[f"{SPEED}/data"]
        file.create_virtual_dataset(f"{SPEED}/data", layout).attrs.update(attributes)
        header = h5py.h5o.get_info(file[LICKS].id).addr
    with path.open("r+b") as content:
        content.seek(header)
        content.write(bytes(16))
    return path


@pytest.fixture(scope="module")
def page(browser: Browser, damaged: Path) -> Iterator[Page]:
    work = damaged.parent / "work"
    with vbdash("open", damaged, "--work-dir", work, "--prepare", "0") as server:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(server.url)
        wait_ready(page)
        yield page
        page.close()


def test_the_read_out_shows_what_it_knows_and_names_what_is_damaged(page: Page) -> None:
    box = page.locator("#timeline-graph").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    read_out = page.locator("#readout")
    expect(read_out).to_contain_text("running cannot be read")
    expect(read_out).to_contain_text("image")
    expect(read_out).to_contain_text("px²")


def test_rows_of_the_timeline_tell_damage_and_not_absence(page: Page) -> None:
    words = page.locator("#timeline-graph").inner_text()
    assert "running_speed cannot be read" in words
    assert "licks cannot be read" in words
    assert "did not lick" not in page.locator("body").inner_text()


@pytest.mark.parametrize("attribute", ["licks", "running_speed"])
def test_the_csv_of_a_damaged_part_is_an_error_with_a_sentence(page: Page, attribute: str) -> None:
    folder = page.evaluate("`${location.origin}/data${location.pathname}`")
    answer = page.request.get(f"{folder}/{attribute}.csv")
    assert answer.status == 404
    assert f"{attribute} cannot be read" in answer.text()
    assert page.request.get(f"{folder}/trials.csv").status == 200
