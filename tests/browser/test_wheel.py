"""The wheel works in a clean environment, without the repository."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.running import vbdash
from tests.support.waiting import wait_for, wait_ready
from tests.support.wheel import CONSTRAINTS, install, outside, run

ROOT = Path(__file__).resolve().parents[2]
SERVED = {".js", ".css"}
ON_DEMAND = {"chart2music.js"}
"""Loaded for those who listen to a figure."""
ALONE = ("vendor", "start")  # the folders whose files are not joined
LOADED = "performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command ``vbdash`` of an environment with only the wheel and its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", ".", ROOT, cwd=folder)
    return install(next(folder.glob("*.whl")), folder)


@pytest.fixture
def served_cache(installed: Path, small_release: Path) -> Iterator[str]:
    command = ("serve", "--cache-dir", small_release)
    with vbdash(*command, program=installed, environment=outside()) as server:
        yield server.url


@pytest.fixture
def opened_file(installed: Path, small_experiment: Path) -> Iterator[str]:
    with vbdash("open", small_experiment, program=installed, environment=outside()) as server:
        yield server.url


def test_everything_that_was_installed_is_pinned(installed: Path) -> None:
    freeze = (installed.with_name("python"), "-m", "pip", "freeze", "--all")
    listed = subprocess.run(freeze, capture_output=True, text=True, check=True).stdout.splitlines()
    others = [
        line for line in listed if not line.startswith(("pip==", "visual-behavior-dashboard"))
    ]
    assert others
    assert set(others) <= set(CONSTRAINTS.read_text().splitlines())


def test_a_cache_is_shown_with_all_assets(served_cache: str, page: Page) -> None:
    page.goto(served_cache)
    wait_ready(page)
    page.mouse.move(500, 300)
    wait_for(page, "() => window.Plotly?.version")  # loaded once somebody uses the page
    loaded = {Path(asset).name for asset in page.evaluate(LOADED)}
    alone = [path for folder in ALONE for path in (ROOT / "assets" / folder).iterdir()]
    wanted = {path.name for path in alone if path.suffix in SERVED} - ON_DEMAND
    assert loaded >= {*wanted, "page.js", "page.css", "favicon.ico"}
    assert "plotly-figures.min.js" in wanted


def test_one_file_is_shown(opened_file: str, page: Page) -> None:
    page.goto(opened_file)
    wait_ready(page)
    assert page.locator("[data-state=ready]").count() > 1
    assert page.locator("[data-state=error]").count() == 0
