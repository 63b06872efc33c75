"""The skeleton of a page."""

from __future__ import annotations

import pytest

from dashboard.components.skeleton import skeleton


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "explore"),
        ("/experiment/5", "recording"),
        ("/session/5", "recording"),
        ("/qc", "other"),
        ("/mouse/5", "other"),
        ("/nowhere", "other"),
    ],
)
def test_a_page_has_the_skeleton_of_its_kind(path: str, kind: str) -> None:
    assert f'class="bones bones-{kind}"' in skeleton(path, "Title")


def test_the_title_is_no_markup() -> None:
    assert "A &lt;b&gt;" in skeleton("/", "A <b>")
