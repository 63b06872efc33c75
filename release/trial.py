"""A wheel in an environment of its own: ``vbdash demo`` starts, and its pages are drawn."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from release.text import CannotRelease
from tests.support import chromium
from tests.support.complaints import listen_for_complaints
from tests.support.running import vbdash
from tests.support.waiting import wait_ready
from tests.support.wheel import install, outside

EXPERIMENTS = "**/behavior_ophys_experiment_*.nwb"


def try_demo(wheel: Path) -> None:
    """Install a wheel, show the demo release with it and look at every kind of page.

    Raises:
        CannotRelease: a page complains.
        AssertionError: the wheel cannot be installed, or its demo does not start.
    """
    with tempfile.TemporaryDirectory(prefix="vbdash-release-") as folder:
        program, work = install(wheel.resolve(), Path(folder)), Path(folder) / "work"
        with vbdash("demo", "--work-dir", work, program=program, environment=outside()) as demo:
            url = demo.url.rstrip("/")
            with urlopen(f"{url}/health"):  # raises unless it answers with success
                pass
            _look_at(url, list(_pages(work)))


def _pages(work: Path) -> Iterator[str]:
    yield from ("/", "/qc", "/notes")
    experiment = min(work.glob(EXPERIMENTS))
    yield f"/experiment/{experiment.stem.rpartition('_')[2]}"


def _look_at(url: str, pages: list[str]) -> None:
    complaints: list[str] = []
    with sync_playwright() as playwright:
        options = ["--no-sandbox"]  # which Chromium refuses to root
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=options)
        for path in pages:
            page = browser.new_page()
            listen_for_complaints(page, complaints)
            page.goto(f"{url}{path}")
            wait_ready(page)
            complaints += [f"{path}: an error panel"] * page.locator("[data-state=error]").count()
            page.close()
        browser.close()
    if complaints:
        raise CannotRelease("The wheel's demo is not in order:\n" + "\n".join(complaints))
