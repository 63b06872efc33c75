"""Which tests run in which process."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"
MIDDLE = "test_l"
"""Where the names of browser tests are divided."""
TOGETHER = (BROWSER, "tests/benchmarks/")
"""Folders whose tests share what is costly to start: one server and browser, one bench."""


class FoldersInOneProcess(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of each folder of ``TOGETHER`` in one process; each other test in any.

    Those in a browser take as long as all others, so they are two groups, by the names of their
    files; else the process with all of them would be at work when the others have ended.

    pytest-xdist's own groups have no effect with pytest 9.2, which no longer reads the names that
    pytest-xdist 3.8 gives to grouped tests.
    """

    def _split_scope(self, nodeid: str) -> str:
        folder = next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)
        is_second = folder == BROWSER and nodeid.removeprefix(BROWSER) >= MIDDLE
        return f"{folder}{MIDDLE}" if is_second else folder
