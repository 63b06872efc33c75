"""docs/serving.md lists every setting as it is."""

from __future__ import annotations

from tests.support.settings_table import PAGE, table


def test_the_page_lists_every_setting_with_its_default_and_explanation() -> None:
    wanted = "python -m tests.support.settings_table writes the table anew"
    assert table() in PAGE.read_text(), wanted
