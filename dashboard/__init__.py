"""The dashboard; ``show`` shows a session in a cell of a notebook.

    from dashboard import show

    show(951980471)

It is imported on first use, so importing the package itself is fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.notebook.frame import show

__all__ = ["show"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from dashboard.notebook.frame import show

    return show
