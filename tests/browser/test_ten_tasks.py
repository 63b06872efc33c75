"""Ten tasks that people come with, each by mouse in few clicks and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.store.cell_order import cell_order
from data_layer.store.session_store import SessionStore
from tests.browser.conftest import LAPTOP
from tests.browser.controls import picture
from tests.support import seen
from tests.support.complaints import listen_for_complaints
from tests.support.hands import Keyboard, Mouse
from tests.support.pictures import differs
from tests.support.running import vbdash
from tests.support.task_release import FAULT, FAULTY, WITH_FILES, write_task_release
from tests.support.waiting import wait_for, wait_ready

COPIED = "navigator.clipboard.readText()"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_task_release(tmp_path_factory.mktemp("tasks") / "release")


@pytest.fixture(scope="module")
def cache(release: Path) -> VisualBehaviorOphysProjectCache:
    return VisualBehaviorOphysProjectCache.from_local_cache(release)


@pytest.fixture(scope="module")
def ids(cache: VisualBehaviorOphysProjectCache) -> dict[str, int]:
    """The experiment of each session type that has a file."""
    table = cache.get_ophys_experiment_table()
    here = table[table.index.isin(cache.available("experiment"))]
    return {row["session_type"]: int(id_) for id_, row in here.iterrows()}


@pytest.fixture(scope="module")
def store(cache: VisualBehaviorOphysProjectCache, ids: dict[str, int]) -> SessionStore:
    """The store of the faulty session."""
    return SessionStore(cache.get_behavior_ophys_experiment(ids[FAULTY]))


@pytest.fixture(scope="module")
def url(
    release: Path,
    cache: VisualBehaviorOphysProjectCache,
    ids: dict[str, int],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A dashboard over the release, prepared."""
    work = tmp_path_factory.mktemp("work")
    for id_ in ids.values():
        Shelf(work / "store", 10**9).prepare(cache.path_of("experiment", id_))
    words = ("--cache-dir", release, "--work-dir", work, "--prepare", "0")
    with vbdash("serve", *words) as server:
        yield server.url.rstrip("/")


@pytest.fixture(scope="module")
def page(browser: Browser, url: str) -> Iterator[Page]:
    """One page for all tasks, which may copy."""
    context = browser.new_context(base_url=url, viewport=LAPTOP)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    complaints: list[str] = []
    page = context.new_page()
    listen_for_complaints(page, complaints)
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def session(page: Page, ids: dict[str, int]) -> Page:
    """The page of the faulty session."""
    return at(page, f"/experiment/{ids[FAULTY]}")


def at(page: Page, path: str) -> Page:
    page.goto(path)
    wait_ready(page)
    return page


def rows(page: Page) -> list[str]:
    shown = page.evaluate(
        f"{seen.PLOT.format('timeline-graph')}.layout.meta.rows.map(row => row.name)"
    )
    return [name.partition(":")[0] for name in shown]


def level(page: Page, column: str, value: str) -> Locator:
    """A value in the filters of Explore."""
    return page.locator(f"#facet-{column} [data-value='{value}']")


LEVELS = {
    "experience_level": "Novel 1",
    "cre_line": "Vip-IRES-Cre",
    "targeted_structure": "VISp",
    "behavior_type": "active_behavior",
}


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_from_the_front_page_to_the_first_miss_of_a_novel_day(
    page: Page, ids: dict[str, int], hand: str
) -> None:
    at(page, "/")
    link = page.locator(".row-link", has_text=str(ids[FAULTY]))
    if hand == "mouse":
        with Mouse(page, at_most=8) as mouse:
            for column, value in LEVELS.items():
                mouse.click(level(page, column, value))
            expect(page.locator(".row-link")).to_have_count(1)
            mouse.click(link)
            page.wait_for_url("**/experiment/**")
            wait_ready(page)
            mouse.click(page.get_by_role("button", name="next miss"))
    else:
        keys = Keyboard(page)
        for column, value in LEVELS.items():
            keys.reach(level(page, column, value))
            keys.press("Enter")
        expect(page.locator(".row-link")).to_have_count(1)
        keys.press("/", "ArrowDown", "Enter")
        page.wait_for_url("**/experiment/**")
        wait_ready(page)
        keys.press("s")
    wait_for(page, f"Math.abs({seen.MIDDLE} - vbd.stores.landmarks.miss[0]) < 0.01")
    expect(page.locator(".step-name[data-kind=miss]")).to_have_text(re.compile(r"^miss 1 of \d+$"))


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_only_licks_running_and_the_brightest_cell_for_ten_seconds(
    session: Page, store: SessionStore, hand: str
) -> None:
    (_choose_rows_by_mouse if hand == "mouse" else _choose_rows_by_keyboard)(session)
    names = [store.cell_names[cell] for cell in cell_order(store, "brightness")]
    wait_for(session, f"{seen.SELECTED}.join() === '{names[0]}'")
    wait_ready(session)
    assert rows(session) == ["licks", "running_speed", "cell"]
    assert session.evaluate(seen.LENGTH) == pytest.approx(10)
    session.keyboard.press("J")
    wait_for(session, f"{seen.SELECTED}.join() === '{names[1]}'")
    session.keyboard.press("k")  # no heatmap: in its order all the same
    stored = [store.cell_names[cell] for cell in cell_order(store, "stored")]
    above = stored[stored.index(names[1]) - 1]
    wait_for(session, f"{seen.SELECTED}.join() === '{above}'")


def _box(page: Page, row: str) -> Locator:
    return page.locator(f"#option-rows input[value={row}]")


def _choose_rows_by_mouse(page: Page) -> None:
    with Mouse(page, at_most=6) as mouse:
        mouse.click(page.get_by_role("button", name="Rows", exact=True))
        mouse.click(page.get_by_role("button", name="only licks and rewards", exact=True))
        mouse.click(_box(page, "running_speed"))
        mouse.click(_box(page, "cells"))
        mouse.click(page.get_by_role("button", name="10 s", exact=True))
        mouse.click(page.get_by_role("button", name="Select the brightest cell"))


def _choose_rows_by_keyboard(page: Page) -> None:
    keys = Keyboard(page)
    for name in ("10 s", "Rows"):
        keys.reach(page.get_by_role("button", name=name, exact=True))
        keys.press("Enter")
    keys.reach(_box(page, "licks"))
    keys.press("Enter")
    expect(_box(page, "running_speed")).not_to_be_checked()
    for row in ("running_speed", "cells"):
        keys.reach(_box(page, row))
        keys.press("Space")
    keys.press("Escape", "K")


def test_a_pasted_link_shows_the_same_to_the_pixel_in_another_browser(
    session: Page, browser: Browser, url: str
) -> None:
    session.keyboard.press("o")
    session.keyboard.press("K")
    at(session, session.url + "&rows=licks,running_speed,cells&tab=events")
    here = picture(session)
    context = browser.new_context(base_url=url, viewport=LAPTOP)
    other = at(context.new_page(), session.url)
    there = picture(other)
    context.close()
    assert not differs(here, there)


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_the_cell_that_answers_to_omissions_its_trials_and_its_days(
    session: Page, store: SessionStore, hand: str
) -> None:
    best = store.cell_names[cell_order(store, "omission_response")[0]]
    days = session.get_by_role("link", name=f"all days of {best}")
    order, events = session.locator("#option-sort"), session.get_by_role("tab", name="Events")
    top = f"{seen.HEATMAP}.cells[0] === {best}"
    if hand == "mouse":
        with Mouse(session, at_most=6) as mouse:
            mouse.choose(order, "omission_response")
            wait_for(session, top)
            mouse.click(session.locator("#timeline-graph"), at=session.evaluate(seen.TOP_ROW))
            mouse.click(events)
            expect_hit_against_miss(session, best)
            mouse.click(days)
    else:
        keys = Keyboard(session)
        keys.reach(order)
        keys.type("omi")
        wait_for(session, top)
        keys.reach(session.get_by_role("tab", name="Trials"))
        keys.press("ArrowRight", "ArrowRight")
        for _ in store.cell_names:
            if session.evaluate(seen.SELECTED) != [best]:
                keys.press("k")
                session.wait_for_timeout(50)
        expect_hit_against_miss(session, best)
        keys.reach(days)
        keys.press("Enter")
    session.wait_for_url(f"**/cell/{best}**")
    wait_ready(session)
    expect(session.locator("#_pages_content")).to_contain_text(str(best))


def expect_hit_against_miss(page: Page, cell: int) -> None:
    """The events tab shows a cell's averages of hits and of misses, and the single trials."""
    wait_for(page, f"{seen.SELECTED}.join() === '{cell}'")
    expect(page.locator("#panel-events .events-note")).to_contain_text(str(cell))
    wait_ready(page)
    words = page.locator("#events-graph").inner_text()
    for word in ("hit, n =", "miss, n =", "single events"):
        assert word in words


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_an_average_is_taken_as_a_picture_and_as_numbers(
    page: Page, ids: dict[str, int], hand: str
) -> None:
    at(page, f"/experiment/{ids[FAULTY]}?tab=events&event=omission")
    menu = page.locator("#panel-events .panel-menu-button")
    for item, begins in {"SVG": b"<svg", "Numbers as CSV": b"# "}.items():
        entry = page.get_by_role("menuitem", name=item, exact=True)
        with page.expect_download() as saved:
            if hand == "mouse":
                with Mouse(page, at_most=2) as mouse:
                    mouse.click(menu)
                    mouse.click(entry)
            else:
                keys = Keyboard(page)
                keys.reach(menu)
                keys.press("Enter", *["ArrowDown"] * ({"SVG": 1}.get(item, 4)), "Enter")
        content = Path(saved.value.path()).read_bytes()
        assert content.startswith(begins)
        assert b"omission" in content


def expect_the_jump(page: Page, store: SessionStore) -> None:
    """The faulty session is open at the second of its jump, with the check that fails."""
    wait_ready(page)
    jump = float(store.session.stimulus_timestamps[0]) + FAULT.motion_jump_at
    wait_for(page, f"Math.abs({seen.MIDDLE} - {jump}) < 0.5")
    expect(page.locator("[data-check=motion_jump]")).to_have_attribute("data-verdict", "fail")
    expect(page.locator("[data-check=motion_jump]")).to_be_in_viewport()


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_sessions_that_are_not_good_are_found_with_why_and_when(
    page: Page, store: SessionStore, hand: str
) -> None:
    at(page, "/")
    failing = page.locator("#qc-matrix .fail[col-id=motion_jump]")
    if hand == "mouse":
        with Mouse(page, at_most=3) as mouse:
            mouse.click(page.get_by_role("link", name="QC", exact=True))
            wait_ready(page)
            mouse.click(page.locator("#panel-qc-all .segment", has_text="only"))
            expect(page.locator("#qc-count")).to_contain_text("with a fail")
            expect(failing).to_be_in_viewport()
            mouse.click(failing)
    else:
        keys = Keyboard(page)
        keys.reach(page.get_by_role("link", name="QC", exact=True))
        keys.press("Enter")
        wait_ready(page)
        keys.reach(page.locator("#qc-shown input:checked"))
        keys.press("ArrowLeft")
        expect(failing).to_be_in_viewport()
        keys.press("x")
        page.wait_for_url("**/experiment/**")
        wait_ready(page)
        keys.reach(page.locator("[data-check=motion_jump] .check-link"))
        keys.press("Enter")
    page.wait_for_url("**/experiment/**")
    expect_the_jump(page, store)


def test_a_note_there_reviewed_and_the_next_one_by_a_key_each(
    page: Page, ids: dict[str, int]
) -> None:
    at(page, f"/experiment/{ids[FAULTY]}?t=100-140&tab=qc")
    keys = Keyboard(page)
    keys.press("N")
    expect(page.get_by_label("at 120.0 s, the window’s middle")).to_be_checked()
    keys.type("The picture jumps")
    keys.reach(page.get_by_label("Your name"))
    keys.type("Ada")
    keys.press("Control+Enter")
    note = page.locator(".note").first
    expect(note).to_contain_text("The picture jumps")
    expect(note).to_contain_text("120.0 s")
    keys.press("Escape", "g")
    expect(page.get_by_role("button", name="good")).to_have_attribute("aria-pressed", "true")
    keys.press("x")
    page.wait_for_url(f"**/experiment/{ids[WITH_FILES[0]]}?**")
    wait_ready(page)


@pytest.mark.parametrize("size", [(1366, 768), (1440, 900)])
def test_the_words_of_the_task_are_one_click_key_or_hover_away(
    session: Page, size: tuple[int, int]
) -> None:
    chip = session.locator("#trials-outcomes .outcome-label", has_text="correct reject")
    expect(chip).to_have_attribute("title", re.compile("the mouse did not lick"))
    session.set_viewport_size({"width": size[0], "height": size[1]})
    with Mouse(session, at_most=1) as mouse:
        mouse.click(session.locator("#help-button"))
        expect_all_words(session)
    Keyboard(session).press("Escape", "?")
    expect_all_words(session)
    Keyboard(session).press("Escape")


def expect_all_words(page: Page) -> None:
    """The help shows all its keys and words without scrolling."""
    help_ = page.locator("#help")
    for word in ("correct reject", "d′", "omission"):
        row = help_.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name=word, exact=True)
        )
        expect(row).to_be_in_viewport(ratio=1)
    assert help_.evaluate("e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize(("hand", "name"), [("mouse", "events"), ("keyboard", "cells")])
def test_one_panel_alone_is_read_from_the_last_row(
    page: Page, ids: dict[str, int], hand: str, name: str
) -> None:
    at(page, f"/experiment/{ids[FAULTY]}?tab={name}")
    small, button = seen.SMALLEST.format(name), page.locator(f"#panel-{name} .maximise-button")
    before = page.evaluate(small)
    if hand == "mouse":
        with Mouse(page, at_most=1) as mouse:
            mouse.click(button)
    else:
        Keyboard(page).reach(page.locator(f"#panel-{name} .panel-menu-button"))
        Keyboard(page).press("m")
    wait_for(page, f"{small} > innerHeight / 60 && {small} > 1.5 * {before}")
    wait_ready(page)
    if name == "cells":
        wait_for(page, f"{seen.ROW_HEIGHT} === 38")
    Keyboard(page).press("Escape")
    wait_for(page, f"{small} === {before}")
    if name == "cells":
        wait_for(page, f"{seen.ROW_HEIGHT} === 24")


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_the_same_selection_in_python_is_copied_pasted_and_run(
    page: Page, ids: dict[str, int], release: Path, hand: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(page, f"/experiment/{ids[FAULTY]}?t=60-70")
    page.evaluate("navigator.clipboard.writeText('')")
    button = page.get_by_role("button", name="Copy the code of Timeline")
    if hand == "mouse":
        with Mouse(page, at_most=1) as mouse:
            mouse.click(button)
    else:
        Keyboard(page).reach(button)
        Keyboard(page).press("Enter")
    expect(page.locator("#notice")).to_contain_text("is copied")
    monkeypatch.chdir(release)
    names: dict[str, dict[str, pd.DataFrame]] = {}
    exec(compile(str(page.evaluate(COPIED)), "pasted", "exec"), names)
    times = names["timeline"]["running_speed"]["timestamps"]
    assert 60 <= times.min() < times.max() <= 70
