"""Which tests run in which process."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling


class BrowserInOneProcess(LoadScopeScheduling):  # type: ignore[misc]
    """All browser tests in one process, with one server and one browser; others on any.

    pytest-xdist's own groups have no effect with pytest 9.2, which no longer reads the names that
    pytest-xdist 3.8 gives to grouped tests.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid
