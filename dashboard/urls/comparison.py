"""What a comparison shows, as its URL says it: ``?ids=1,2&show=change,numbers&cell=3``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.urls.pages import COMPARE
from dashboard.urls.templates import said, whole_numbers, with_query

MAX_COMPARED = 6  # experiments side by side
PLOTS = {
    "change": "around image change",
    "omission": "around omission",
    "running": "running around change",
    "licks": "licks around change",
    "performance": "rolling performance",
}
OTHERS = {"projection": "field of view", "numbers": "numbers"}
SHOWN = OTHERS | PLOTS
DEFAULT = ("projection", "change", "omission", "running", "performance", "numbers")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Experiments side by side, keys of ``SHOWN``, and a cell (None: the population).

    ``left_out`` counts the experiments that did not find room.
    """

    ids: tuple[int, ...] = ()
    show: tuple[str, ...] = DEFAULT
    cell: int | None = None
    left_out: int = 0

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Comparison:
        """Read a URL query; what cannot be understood is left at its default."""
        ids = tuple(dict.fromkeys(whole_numbers(said(query, "ids"))))
        chosen = said(query, "show").split(",")
        show = tuple(name for name in SHOWN if name in chosen) or DEFAULT
        cell = next(iter(whole_numbers(said(query, "cell"))), None)
        return cls(ids[:MAX_COMPARED], show, cell, max(len(ids) - MAX_COMPARED, 0))

    def path(self) -> str:
        """The URL that shows the same."""
        parts = [f"ids={','.join(map(str, self.ids))}"]
        if self.show != DEFAULT:
            parts.append(f"show={','.join(self.show)}")
        if self.cell is not None:
            parts.append(f"cell={self.cell}")
        return with_query(COMPARE, "&".join(parts))

    def without(self, id_: int) -> Comparison:
        """The same without one experiment."""
        return replace(self, ids=tuple(one for one in self.ids if one != id_))

    def to_json(self) -> dict[str, Any]:
        """What the page's store holds."""
        return {"ids": list(self.ids), "show": list(self.show), "cell": self.cell}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Comparison:
        """Read what the store holds."""
        return cls(tuple(data["ids"]), tuple(data["show"]), data["cell"])
