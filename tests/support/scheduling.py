"""Which tests run in which process."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

BENCH = "tests/benchmarks/"
"""Its tests share one bench, which is costly to start."""
BROWSER = "tests/browser/"
"""Its tests share what their file has started: servers, and what a page has been brought to."""


class SharedInOneProcess(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of the bench in one process, those of a file with a browser in one, others in any.

    pytest-xdist's own groups have no effect with pytest 9.2, which no longer reads the names that
    pytest-xdist 3.8 gives to grouped tests.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(BENCH):
            return BENCH
        return nodeid.partition("::")[0] if nodeid.startswith(BROWSER) else nodeid
