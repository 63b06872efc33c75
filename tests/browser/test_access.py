"""What browsers may do with the pages: scripts, frames, and names that were rebound."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import chromium
from tests.support.running import vbdash
from tests.support.waiting import wait_for, wait_ready

LISTEN = """window.violations = [];
document.addEventListener('securitypolicyviolation',
    event => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));"""


@pytest.fixture
def watched(page: Page) -> Page:
    """A page that records what its policy forbids, and asks nobody anything."""
    page.add_init_script(LISTEN)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    return page


def test_no_tab_needs_what_the_policy_forbids(watched: Page, small_experiment: Path) -> None:
    """On other pages the browser's complaint fails the tests that open them (``complaints``)."""
    watched.goto(f"/experiment/{small_experiment.stem.rpartition('_')[2]}")
    wait_ready(watched)
    for tab in watched.get_by_role("tab").all():
        if tab.is_visible():
            tab.click()
            wait_ready(watched)
    assert watched.evaluate("window.violations") == []


@pytest.mark.fault
def test_a_script_that_came_into_a_page_does_not_run(watched: Page, complaints: list[str]) -> None:
    watched.goto("/notes")
    wait_ready(watched)
    watched.evaluate(
        """document.body.insertAdjacentHTML('beforeend',
            `<img src="data:," onerror="window.XSS = 1"><a id="trap" href="javascript:XSS=1">x</a>
             <iframe srcdoc="<script>parent.XSS = 1</script>"></iframe>`)
        document.body.append(Object.assign(
            document.createElement('script'), {textContent: 'window.XSS = 1'}))
        document.getElementById('trap').click()
        setTimeout(() => { try { eval('window.XSS = 1') } catch {} })"""
    )
    wait_for(watched, "window.violations.length >= 4")
    assert watched.evaluate("window.XSS") is None
    assert complaints
    complaints.clear()


@contextmanager
def site(html: str) -> Iterator[str]:
    """The address of another site, whose every page is ``html``."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.fault
def test_a_page_of_another_site_neither_frames_the_dashboard_nor_writes_notes(
    page: Page, dashboard_url: str, complaints: list[str]
) -> None:
    note = '{"subject": "session", "subject_id": 7, "label": "bad", "author": "Eve"}'
    html = f"""<iframe src="{dashboard_url}/notes"></iframe>
        <form method="post" enctype="text/plain" action="{dashboard_url}/annotations">
        <input name='{note}'></form>"""
    with site(html) as foreign:
        page.goto(foreign)
        assert page.frames[1].evaluate("document.querySelector('#page')") is None
        with page.expect_navigation():
            page.evaluate("document.forms[0].submit()")
        assert "another site may not write" in page.inner_text("body")
    complaints.clear()


def test_a_site_that_is_named_may_frame_the_dashboard(page: Page, small_release: Path) -> None:
    with (
        site("<p>The lab's wiki</p>") as lab,
        vbdash("serve", "--cache-dir", small_release, "--embed-in", lab) as server,
    ):
        page.goto(lab)
        page.set_content(f'<iframe src="{server.url}notes" width="1200" height="700"></iframe>')
        body = page.frame_locator("iframe").locator("body")
        expect(body).to_have_attribute("data-state", "ready")


@pytest.mark.fault
def test_a_name_that_was_rebound_to_this_machine_reads_nothing(
    browser: Browser, dashboard_url: str
) -> None:
    port = dashboard_url.rpartition(":")[2]
    rebound = [*chromium.OPTIONS, "--host-resolver-rules=MAP rebound.example 127.0.0.1"]
    launch = browser.browser_type.launch
    with launch(executable_path=chromium.find(), args=rebound) as other:
        page = other.new_page()
        answer = page.goto(f"http://rebound.example:{port}/annotations.json")
        assert answer is not None
        assert answer.status == 421
        assert "--allowed-hosts" in answer.text()
