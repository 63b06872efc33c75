"""What a file lacks costs one part of its page, and that part says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.dashboard.pages.session.conftest import EXPERIMENT
from tests.dashboard.pages.session.opened_page import OpenedPage
from tests.support.faulty_files import CELLS, edit

pytestmark = pytest.mark.fault
Spoil = Callable[[Path], object]
Opened = Callable[[Spoil], OpenedPage]


@pytest.fixture
def opened(experiment_file: Path, tmp_path: Path) -> Opened:
    """Opens a copy of the experiment once it is spoiled."""

    def make(spoil: Spoil) -> OpenedPage:
        path = tmp_path / experiment_file.name
        shutil.copyfile(experiment_file, path)
        spoil(path)
        return OpenedPage(path, tmp_path / "work")

    return make


def test_a_plane_without_a_valid_roi_has_a_heatmap_that_says_so(opened: Opened) -> None:
    page = opened(edit(f"{CELLS}/valid_roi", np.zeros_like))
    row = page.rows()[f"activity:{EXPERIMENT}"]
    assert row["absent"] == "no valid cells in this plane"
    assert page.rows()["running_speed"]
    assert {name for name, (state, *_) in page.panels().items() if state == "error"} == set()


@pytest.mark.parametrize("attribute", ["dff_traces", "events", "corrected_fluorescence_traces"])
def test_a_csv_of_the_traces_of_no_cell_has_only_its_header(opened: Opened, attribute: str) -> None:
    answer = opened(edit(f"{CELLS}/valid_roi", np.zeros_like)).csv(attribute)
    assert answer.status_code == 200
    assert answer.text == "frame,timestamps\n"
