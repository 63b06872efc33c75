"""Reviewing many sessions: verdicts by key, the next session without one, and their column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.running import vbdash
from tests.support.waiting import wait_for, wait_ready

GOOD, BAD = "✓ good", "✕ bad"


@pytest.fixture(scope="module")
def planes(small_cache: VisualBehaviorOphysProjectCache) -> list[int]:
    """Three imaging planes, which are prepared."""
    return sorted(small_cache.available("experiment"))[:3]


@pytest.fixture(scope="module")
def dashboard_url(
    small_release: Path,
    small_cache: VisualBehaviorOphysProjectCache,
    planes: list[int],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A dashboard with three prepared sessions and a file of notes of its own."""
    work = tmp_path_factory.mktemp("work")
    for plane in planes:
        Shelf(work / "store", 10**9).prepare(small_cache.path_of("experiment", plane))
    words = ("--cache-dir", small_release, "--work-dir", work, "--prepare", "0")
    with vbdash("serve", *words) as server:
        yield server.url.rstrip("/")


def be_eve(page: Page) -> None:
    """Write the name that the browser remembers."""
    page.keyboard.press("n")
    page.get_by_label("Your name").fill("Eve")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")


def rows(page: Page) -> Locator:
    return page.locator("#qc-matrix .ag-pinned-left-cols-container .ag-row")


def test_sessions_are_judged_one_after_the_other_by_keys_alone(  # noqa: PLR0915 - one long visit
    page: Page, planes: list[int]
) -> None:
    page.goto("/qc?review=not%20reviewed&qc-matrix=-id")
    wait_ready(page)
    expect(rows(page)).to_have_count(3)
    order = [int(row.locator("[col-id=id]").inner_text()) for row in rows(page).all()]
    assert order == planes[::-1]  # not as the server sends them, the worst first
    expect(rows(page).first.locator("[col-id=review]")).to_have_text("not reviewed")
    page.keyboard.press("x")
    expect(page).to_have_url(re.compile(rf"/experiment/{order[0]}\?(.*&)?tab=qc"))
    wait_ready(page)
    page.keyboard.press("g")  # nobody has said who that is
    expect(page.locator(".notes-told")).to_contain_text("Say who you are")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="good")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    expect(page).to_have_url(re.compile(rf"/experiment/{order[1]}\?"))
    wait_ready(page)
    expect(page.get_by_role("button", name="good")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("b")
    expect(page.locator("#notice")).to_have_text(f"{BAD}, by Ada. n says why, u takes it back.")
    page.keyboard.press("n")
    page.keyboard.type("The encoder jumps")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note").first).to_contain_text("The encoder jumps")
    expect(page.locator("#notes-button")).to_have_text("notes (1)")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    expect(page).to_have_url(re.compile(rf"/experiment/{order[2]}\?"))
    wait_ready(page)
    page.keyboard.press("l")
    expect(page.get_by_role("button", name="look again")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("x")
    expect(page.locator("#notice")).to_have_text("Every recording that is prepared has a verdict.")
    page.goto("/qc")
    wait_ready(page)
    shown = dict(zip(order, [GOOD, BAD, "? look again"], strict=True))
    for row in rows(page).all():
        plane = int(row.locator("[col-id=id]").inner_text())
        expect(row.locator("[col-id=review]")).to_have_text(shown[plane])
    page.locator("#qc-review").select_option("bad")
    expect(rows(page)).to_have_count(1)
    expect(page).to_have_url(re.compile("review=bad"))
    page.get_by_role("button", name="next recording without").click()
    expect(page.locator("#notice")).to_have_text("Every recording that is shown has a verdict.")


def test_a_verdict_by_mouse_is_changed_and_taken_back(page: Page, planes: list[int]) -> None:
    note = {"subject": "experiment", "subject_id": planes[0], "author": "Ben"}
    page.goto(f"/experiment/{planes[0]}")
    page.request.post("/annotations", data=note | {"label": "look again", "note": "odd"})
    wait_ready(page)
    be_eve(page)
    notes = page.locator("#notes-button")
    before = int(notes.inner_text().removeprefix("notes (").removesuffix(")"))
    good, bad = (
        page.locator(f".verdict-button[data-verdict={label}]") for label in ("good", "bad")
    )
    for one in (good, bad):
        one.click()
        expect(one).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".verdicts")).to_have_attribute("title", re.compile(f"{BAD}, Eve"))
    undo = page.get_by_role("button", name="take your verdict back")
    undo.click()
    expect(page.locator("#notice")).to_contain_text(f"Taken back. Now: {GOOD}, Eve")
    expect(good).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("u")  # and the taking back
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(notes).to_have_text(f"notes ({before + 1})")


def test_a_verdict_that_is_lost_is_told(
    page: Page, planes: list[int], complaints: list[str]
) -> None:
    page.goto(f"/experiment/{planes[1]}")
    wait_ready(page)
    be_eve(page)
    page.route("**/_dash-update-component**", lambda route: route.abort())
    page.keyboard.press("g")
    expect(page.get_by_text("the note is not saved")).to_be_visible()
    page.unroute("**/_dash-update-component**")
    complaints.clear()  # of the question without an answer


def test_reviews_that_are_lost_are_told_beside_the_checks(
    page: Page, complaints: list[str]
) -> None:
    page.route("**/annotations/reviews.json", lambda route: route.abort())
    page.goto("/qc")
    expect(page.locator("#message-qc-all")).to_contain_text("The reviews could not be loaded")
    wait_for(page, "document.getElementById('panel-qc-all').dataset.state === 'ready'")
    expect(rows(page).first.locator("[col-id=review]")).to_have_text("?")
    page.keyboard.press("x")
    expect(page.locator("#notice")).to_have_text(
        "The server did not tell which recordings have no verdict."
    )
    complaints.clear()  # of the question without an answer
