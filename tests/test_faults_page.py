"""The page of faults tells what the tests try."""

from __future__ import annotations

from tests.support.faults import PAGE, page


def test_the_page_of_faults_is_that_of_the_tests() -> None:
    assert PAGE.read_text() == page(), "run: make faults"
