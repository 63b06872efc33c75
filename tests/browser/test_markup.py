"""Markup in files, tables and notes: every page shows it as text, and nothing of it comes alive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.browser.shown_pages import KINDS, addresses
from tests.browser.test_access import LISTEN
from tests.support.complaints import listen_for_complaints
from tests.support.markup import MARKUP, SITE, with_markup
from tests.support.running import vbdash
from tests.support.waiting import wait_for, wait_ready

pytestmark = pytest.mark.fault

ALIVE = f"""[...document.querySelectorAll('*')].filter(element =>
    element.getAttribute('src') === 'x' || element.hasAttribute('onerror')
    || [...element.attributes].some(({{name, value}}) =>
        name.endsWith('href') && value.includes('{SITE}') && !value.startsWith('/picture/'))
).map(element => element.outerHTML)"""
TEXT = "document.body.textContent"
SHOWN = [page for page in KINDS if page != "nothing"]


@pytest.fixture(scope="module")
def marked_release(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small release with markup in every text."""
    return with_markup(small_release, tmp_path_factory.mktemp("marked") / "release")


@pytest.fixture(scope="module")
def marked_url(marked_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a dashboard over that release."""
    work = tmp_path_factory.mktemp("work")
    with vbdash("serve", "--cache-dir", marked_release, "--work-dir", work) as server:
        yield server.url.rstrip("/")


@pytest.fixture
def marked(browser: Browser, marked_url: str, complaints: list[str]) -> Iterator[Page]:
    """A page over that release; at its end, nothing has come alive."""
    size = {"width": 1440, "height": 900}
    with browser.new_context(base_url=marked_url, viewport=size) as context:
        page = context.new_page()
        page.add_init_script(LISTEN)
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        listen_for_complaints(page, complaints)
        yield page
        assert page.evaluate(ALIVE) == []
        assert page.evaluate("window.XSS") is None
        assert page.evaluate("window.violations") == []
        assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="module")
def paths(marked_release: Path) -> dict[str, str]:
    """The path of one page of each kind."""
    return addresses(Cache.from_local_cache(marked_release))


def tabs(page: Page) -> Iterator[Locator | None]:
    """The page as it opens, then with each of its tabs shown."""
    wait_ready(page)
    yield None
    for tab in page.get_by_role("tab").all():
        if tab.is_visible():
            tab.click()
            wait_ready(page)
            yield tab


@pytest.mark.parametrize("name", SHOWN)
def test_markup_in_files_and_tables_is_text_on_every_page_and_tab(
    marked: Page, paths: dict[str, str], name: str
) -> None:
    marked.goto(paths[name])
    seen = ""
    for _ in tabs(marked):
        assert marked.evaluate(ALIVE) == []
        seen += marked.evaluate(TEXT)
    assert name in ("qc", "notes", "compare") or MARKUP in seen


def test_the_picture_and_the_colour_of_an_image_whose_name_is_markup_are_found(
    marked: Page, paths: dict[str, str]
) -> None:
    marked.goto(f"{paths['experiment']}?tab=stimuli")
    wait_ready(marked)
    wait_for(
        marked,
        f"""[...document.querySelectorAll('#panel-stimuli .image-card')].filter(card =>
            card.textContent.includes({json.dumps(MARKUP)})
            && [...card.querySelectorAll('img')].some(image => image.naturalWidth > 10)
        ).length >= 4""",
    )
    colors = marked.evaluate(
        """[...document.querySelectorAll('#panel-stimuli .image-card')]
            .map(card => card.style.borderTopColor)"""
    )
    assert len(set(colors)) == len(colors)


def test_markup_in_a_note_is_text_in_the_drawer_and_on_the_page_of_notes(
    marked: Page, marked_url: str, paths: dict[str, str]
) -> None:
    id_ = int(paths["experiment"].rpartition("/")[2])
    note = {"subject": "experiment", "subject_id": id_, "label": "good"}
    answer = marked.request.post("/annotations", data=note | {"author": MARKUP, "note": MARKUP})
    assert answer.ok
    marked.goto("/notes")
    wait_ready(marked)
    wait_for(marked, f"{TEXT}.includes({json.dumps(MARKUP)})")
    marked.goto(paths["experiment"])
    wait_ready(marked)
    marked.keyboard.press("n")
    wait_for(marked, f"{TEXT}.includes({json.dumps(MARKUP)})")


def test_markup_is_text_when_the_pointer_rests_on_a_point(
    marked: Page, paths: dict[str, str]
) -> None:
    marked.goto(paths["mouse"])
    wait_ready(marked)
    box = marked.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    assert box is not None
    marked.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    hover = "[...document.querySelectorAll('.hoverlayer')].map(one => one.textContent).join()"
    wait_for(marked, f"({hover}).includes({json.dumps(MARKUP)})")


@pytest.mark.parametrize("of", ["cells", "every"])
def test_markup_is_text_in_the_names_of_groups_around_events(
    marked: Page, paths: dict[str, str], of: str
) -> None:
    marked.goto(f"{paths['experiment']}?tab=events")
    wait_ready(marked)
    marked.locator("#option-split").select_option("image")
    marked.locator("#option-of").select_option(of)
    drawn = "document.querySelector('#panel-events .js-plotly-plot')?.textContent ?? ''"
    wait_for(marked, f"({drawn}).includes({json.dumps(MARKUP)})")


def test_markup_is_text_in_the_names_of_groups_of_rows(marked: Page) -> None:
    marked.goto("/?view=group&by=cre_line")
    drawn = "document.querySelector('.js-plotly-plot')?.textContent ?? ''"
    wait_for(marked, f"({drawn}).includes({json.dumps(MARKUP)})")
