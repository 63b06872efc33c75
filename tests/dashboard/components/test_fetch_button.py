"""The button that downloads files: their size as far as it is known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dashboard.components.buttons.fetch_button import size_of


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        ([1_500_000, 500_000], " (2 MB)"),
        ([1_500_000, None], " (at least 1.5 MB)"),
        ([None, None], " (size unknown)"),
    ],
)
def test_the_size_of_some_files_is_told_as_far_as_it_is_known(
    sizes: Sequence[int | None], text: str
) -> None:
    assert size_of(sizes) == text
