"""The tags of a page with other addresses."""

from __future__ import annotations

from dashboard.http.page_files.head import rewritten, sources

HTML = """<link rel="stylesheet" href="/a.css">
<script src="/a.js"></script>
<script src="/b.js"></script>
<script>inline("/a.js")</script>"""


def test_the_addresses_are_found_in_their_order() -> None:
    assert sources(HTML) == ["/a.css", "/a.js", "/b.js"]


def test_an_address_is_replaced_a_tag_without_one_goes_and_inline_scripts_stay() -> None:
    new = rewritten(HTML, {"/a.css": "/c.css", "/a.js": None, "/b.js": "/b.js"}.get)
    assert new == (
        '<link rel="stylesheet" href="/c.css">\n'
        '<script src="/b.js"></script>\n<script>inline("/a.js")</script>'
    )
