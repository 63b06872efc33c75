"""Notes in the browser: write, read, correct, filter, export and import."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.running import vbdash
from tests.support.waiting import wait_for, wait_ready


@pytest.fixture(scope="module")
def dashboard_url(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard with its own file of notes, for the tests of this module."""
    notes = tmp_path_factory.mktemp("notes") / "annotations.sqlite"
    with vbdash("serve", "--cache-dir", small_release, "--annotations", notes) as server:
        yield server.url.rstrip("/")


@pytest.fixture
def experiment(small_cache: VisualBehaviorOphysProjectCache) -> int:
    return max(small_cache.available("experiment"))


def open_session(page: Page, experiment: int) -> None:
    page.goto(f"/experiment/{experiment}")
    wait_ready(page)
    expect(page.locator("#notes-button")).to_contain_text("(")


def test_a_note_written_in_one_browser_is_seen_in_another(  # noqa: PLR0915 - one long visit
    open_page: Callable[[], Page], experiment: int, tmp_path: Path
) -> None:
    ada, ben = open_page(), open_page()
    open_session(ada, experiment)
    ada.keyboard.press("n")
    ada.keyboard.type("The encoder jumps")
    ada.get_by_text("✕ bad").click()
    ada.get_by_text("the window’s middle").click()
    ada.get_by_text("about cell").click()
    ada.keyboard.press("Control+Enter")
    expect(ada.locator(".notes-told")).to_contain_text("Say who you are")
    ada.keyboard.type("Ada")
    ada.keyboard.press("Enter")
    expect(ada.locator("#notes-button")).to_have_text("notes (1)")
    note = ada.locator(".note")
    expect(note).to_contain_text("✕ bad")
    expect(note).to_contain_text("The encoder jumps")
    cell = ada.evaluate("vbd.cells.selected().at(-1)")
    moment = ada.evaluate("(vbd.time.window().start + vbd.time.window().stop) / 2")

    open_session(ben, experiment)
    ben.get_by_role("button", name="notes (1)").click()
    expect(ben.locator(".note-who")).to_contain_text("Ada")
    expect(ben.get_by_label("Your name")).to_have_value("")
    ben.evaluate("vbd.time.show(0, 5)")
    ben.locator(".note").get_by_text("at ").click()
    wait_for(
        ben, f"Math.abs((vbd.time.window().start + vbd.time.window().stop) / 2 - {moment}) < 0.01"
    )
    ben.evaluate("vbd.cells.select(1)")
    ben.locator(".note").get_by_text(f"cell {cell}").click()
    wait_for(ben, f"String(vbd.cells.selected()) === '{cell}'")

    ben.locator(".note").get_by_text("correct", exact=True).click()
    ben.get_by_text("? look again").click()
    ben.get_by_label("Your name").fill("Ben")
    ben.get_by_role("button", name="Save").click()
    expect(ben.locator(".note.superseded")).to_contain_text("corrected by Ben")
    expect(ben.locator("#notes-button")).to_have_text("notes (1)")
    ben.keyboard.press("Escape")
    expect(ben.locator("#notes-drawer")).to_be_hidden()

    open_session(ada, experiment)
    ada.keyboard.press("n")
    expect(ada.get_by_label("Your name")).to_have_value("Ada")
    expect(ada.locator(".note").first).to_contain_text("look again")
    ada.locator(".note").first.get_by_text("withdraw").click()
    expect(ada.locator("#notes-button")).to_have_text("notes (0)")
    expect(ada.locator(".note")).to_have_count(3)


def test_the_page_beside_the_drawer_can_be_used_and_the_focus_comes_back(
    page: Page, experiment: int
) -> None:
    open_session(page, experiment)
    page.keyboard.press("n")
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    page.keyboard.type("n is a letter here")
    page.evaluate("vbd.time.show(10, 30)")
    expect(page.locator("#notes-drawer")).to_contain_text("at 20.0 s, the window’s middle")
    start = page.locator("#window-start")
    start.click()
    page.wait_for_timeout(200)  # a drawer that holds the focus would take it back by now
    expect(start).to_be_focused()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("#notes-button")).to_be_focused()
    expect(page.locator("#notes-button")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.locator("#notes-button")).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_label("Note", exact=True)).to_have_value("n is a letter here")
    page.keyboard.press("Escape")
    expect(page.locator("#notes-button")).to_be_focused()


OVERLAPS = """() => {
    const drawer = document.getElementById('notes-drawer').getBoundingClientRect();
    const panels = [...document.querySelectorAll('.session-page .panel, .neighbours, .window-bar')];
    return panels.filter(one => one.checkVisibility()).some(one => {
        const box = one.getBoundingClientRect();
        return box.right > drawer.left && box.left < drawer.right
            && box.bottom > drawer.top && box.top < drawer.bottom;
    });
}"""


@pytest.mark.parametrize("width", [1366, 1920])
def test_the_drawer_lies_beside_the_panels_and_stands_in_the_link(
    page: Page, experiment: int, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    open_session(page, experiment)
    before = page.locator("#timeline-graph").bounding_box()
    page.keyboard.press("n")
    expect(page.locator("#notes-drawer")).to_be_visible()
    wait_for(page, f"() => !({OVERLAPS})()")
    assert before
    drawn = "document.querySelector('#timeline-graph .main-svg').getBoundingClientRect().width"
    wait_for(page, f"{drawn} < {before['width'] - 100}")
    expect(page).to_have_url(re.compile("[?&]notes=open"))
    page.reload()
    wait_ready(page)
    expect(page.locator("#notes-drawer")).to_be_visible()
    expect(page.locator("#notes-button")).to_have_attribute("aria-expanded", "true")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page).not_to_have_url(re.compile("notes=open"))
    wait_for(page, f"Math.abs({drawn} - {before['width']}) < 1")


def test_notes_are_marked_on_navigator_and_timeline_and_lead_to_their_text(
    page: Page, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    experiment = sorted(small_cache.available("experiment"))[2]
    about = {"subject": "experiment", "subject_id": experiment, "author": "Mia"}
    for time, text in ((30, "early"), (200, "late")):
        note = about | {"label": "bad", "note": text, "time": time}
        assert page.request.post("/annotations", data=note).ok
    page.goto(f"/experiment/{experiment}?t=20-40")
    wait_ready(page)
    on_navigator = page.locator("#navigator-graph .note-mark button")
    on_timeline = page.locator("#timeline-graph .note-mark button:visible")
    expect(on_navigator).to_have_count(2)
    expect(on_timeline).to_have_count(1)
    expect(on_timeline).to_have_attribute("title", "✕ bad at 30.0 s, Mia: early")
    box = on_timeline.bounding_box()
    time = page.evaluate(
        "x => vbd.axis.timeAt(document.getElementById('timeline-graph'), x)",
        box and box["x"] + box["width"] / 2,
    )
    assert abs(time - 30) < 0.2
    on_timeline.click()
    expect(page.locator(".note:focus")).to_contain_text("early")
    wait_for(page, "vbd.time.window().start === 20 && vbd.time.window().stop === 40")
    page.keyboard.press("Escape")
    expect(on_timeline).to_be_focused()
    on_navigator.last.press("Enter")
    expect(page.locator(".note:focus")).to_contain_text("late")
    wait_for(page, "vbd.time.window().start === 190 && vbd.time.window().stop === 210")
    wait_ready(page)
    expect(on_timeline).to_have_attribute("aria-label", "✕ bad at 200.0 s, Mia: late")
    page.locator(".note:focus").get_by_text("withdraw").click()
    expect(page.locator("#notes-told")).to_contain_text("Say who you are")
    page.keyboard.type("Mia")
    page.locator(".note").first.get_by_text("withdraw").click()
    expect(on_navigator).to_have_count(1)


def test_a_note_is_text_and_a_server_that_is_away_is_told(
    page: Page, small_cache: VisualBehaviorOphysProjectCache, complaints: list[str]
) -> None:
    open_session(page, sorted(small_cache.available("experiment"))[1])
    page.keyboard.press("n")
    page.get_by_label("Your name").fill("Zoe")
    text = page.get_by_label("Note", exact=True)
    text.fill("<b id=bold>first</b>\nsecond")
    page.route("**/_dash-update-component**", lambda route: route.abort())
    text.press("Control+Enter")
    expect(page.get_by_text("the note is not saved")).to_be_visible()
    expect(text).to_have_value("<b id=bold>first</b>\nsecond")
    page.unroute("**/_dash-update-component**")
    text.press("Control+Enter")
    expect(page.locator(".note p").first).to_have_text("<b id=bold>first</b>\nsecond")
    expect(page.locator("#bold")).to_have_count(0)
    expect(page.get_by_text("the note is not saved")).to_be_hidden()
    expect(text).to_have_value("")
    expect(text).to_be_focused()
    complaints.clear()  # of the question without an answer


def test_the_notes_page_lists_filters_and_leads_back(
    page: Page, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    experiment = min(small_cache.available("experiment"))
    note = {"subject": "experiment", "subject_id": experiment, "label": "good", "author": "Eva"}
    page.request.post("/annotations", data=note | {"note": "fine", "time": 60})
    page.goto("/notes?notes-table=-subject")
    wait_ready(page)
    row = page.locator("#notes-table .ag-row").filter(has_text="Eva")
    expect(row).to_contain_text("✓ good")
    page.get_by_text("Not reviewed").click()
    here = small_cache.available("experiment")
    expect(page.locator("#notes-count")).to_contain_text(f"of {len(here)} imaging planes")
    listed = page.locator("#notes-table [row-id^='experiment:']")
    expect(listed.filter(has_text=str(max(here))).first).to_be_visible()
    expect(listed.filter(has_text=str(experiment))).to_have_count(0)
    page.wait_for_url("**/notes?notes-table=-subject&view=unreviewed")
    page.reload()
    wait_ready(page)
    expect(page.locator("#notes-count")).to_contain_text("have no current note")
    page.get_by_text("Current", exact=True).click()
    row.get_by_text("fine").click()
    page.wait_for_url(f"**/experiment/{experiment}?t=30**-90**")
    wait_ready(page)
    expect(page.locator("#notes-button")).to_have_text("notes (1)")


def test_a_file_is_exported_and_imported(page: Page, complaints: list[str], tmp_path: Path) -> None:
    about = {"subject": "session", "subject_id": 5, "label": "bad", "author": "Eva"}
    id_ = page.request.post("/annotations", data=about).json()["id"]
    page.goto("/notes")
    wait_ready(page)
    with page.expect_download() as download:
        page.get_by_text("Export CSV").click()
    mine = Path(download.value.path()).read_text().splitlines()
    (line,) = [line for line in mine if line.startswith(id_)]
    theirs = line.replace(id_, "3b7f0f7e-3f5c-4a51-9a52-2d7f3d0a3f3e").replace("Eva", "Tom")
    (tmp_path / "both.csv").write_text("\n".join([mine[0], line, theirs]) + "\n")
    (tmp_path / "bad.csv").write_text(f"{mine[0]}\n1,2\n")

    def import_(name: str) -> None:
        with page.expect_file_chooser() as chooser:
            page.get_by_text("Import …").click()
        chooser.value.set_files([tmp_path / name])

    import_("both.csv")
    told = page.locator("#notes-told")
    expect(told).to_have_text("both.csv: 1 notes added, 1 were here already.")
    expect(page.locator("#notes-table .ag-row").filter(has_text="Tom")).to_have_count(1)
    import_("bad.csv")
    expect(told).to_contain_text("bad.csv: Nothing was imported: line 2: has not 11 cells")
    complaints.clear()  # of the refused file


def test_explore_counts_and_filters_what_is_reviewed(
    page: Page, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    table = small_cache.get_ophys_session_table()
    session, first = table["behavior_session_id"].iloc[0], table.index[0]
    note = {
        "subject": "session",
        "subject_id": int(session),
        "label": "look again",
        "author": "Eva",
    }
    page.goto("/?tab=session")
    wait_ready(page)
    expect(page.locator(".ag-header-cell[col-id='review']")).to_have_count(0)
    page.request.post("/annotations", data=note)
    page.get_by_role("link", name="Notes").click()
    wait_ready(page)
    page.get_by_role("link", name="Explore").click()
    page.wait_for_url("**/")
    page.goto("/?tab=session")
    wait_ready(page)
    waiting = page.locator("#facet-review [data-value='not reviewed']")
    expect(waiting).to_contain_text(str(len(table) - 1))
    page.locator("#facet-review [data-value='look again']").click()
    expect(page.locator("#explore-count")).to_have_text(f"1 of {len(table)}")
    expect(page.locator(f".ag-row[row-id='{first}'] [col-id='review']")).to_have_text(
        "? look again"
    )
