"""Which tests run in which process."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/benchmarks/")
"""Folders whose tests share what is costly to start: one server and browser, one bench."""


class FoldersInOneProcess(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of each folder of ``TOGETHER`` in one process; each other test in any.

    pytest-xdist's own groups have no effect with pytest 9.2, which no longer reads the names that
    pytest-xdist 3.8 gives to grouped tests.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)
