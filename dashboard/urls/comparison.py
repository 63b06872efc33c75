"""The state of the comparison page and its query: ``?ids=1,2&show=change,numbers&cell=3``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.urls.pages import COMPARE
from dashboard.urls.templates import link, query_value, whole_numbers, with_query
from data_layer.settings import Settings

MAX_COMPARED = int(Settings.model_fields["max_compared"].default)
"""How many experiments stand side by side unless the setting says otherwise."""
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


NOTHING = "none"
"""What a link says where no part is shown."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison page shows.

    ``ids`` are ophys_experiment_ids and ``show`` keys of ``SHOWN``. ``cell`` is a
    cell_specimen_id; None means the average of all cells. ``left_out`` is the number of
    experiments beyond those that find room.
    """

    ids: tuple[int, ...] = ()
    show: tuple[str, ...] = DEFAULT
    cell: int | None = None
    left_out: int = 0

    @classmethod
    def from_query(cls, query: Mapping[str, Any], most: int = MAX_COMPARED) -> Comparison:
        """Parse a query, of which ``most`` experiments stay; invalid values give the defaults."""
        ids = tuple(dict.fromkeys(whole_numbers(query_value(query, "ids"))))
        chosen = query_value(query, "show").split(",")
        show = tuple(name for name in SHOWN if name in chosen)
        if not show and chosen != [NOTHING]:
            show = DEFAULT
        cell = next(iter(whole_numbers(query_value(query, "cell"))), None)
        return cls(ids[:most], show, cell, max(len(ids) - most, 0))

    def path(self) -> str:
        """The path with the query of this comparison."""
        parts = [f"ids={','.join(map(str, self.ids))}"]
        if self.show != DEFAULT:
            parts.append(f"show={','.join(self.show) or NOTHING}")
        if self.cell is not None:
            parts.append(f"cell={self.cell}")
        return with_query(link(COMPARE), "&".join(parts))

    def without(self, id_: int) -> Comparison:
        """This comparison without one experiment."""
        return replace(self, ids=tuple(one for one in self.ids if one != id_))

    def to_json(self) -> dict[str, Any]:
        """The content of the page's store."""
        return {"ids": list(self.ids), "show": list(self.show), "cell": self.cell}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Comparison:
        """Parse the content of the page's store."""
        return cls(tuple(dict.fromkeys(data["ids"])), tuple(data["show"]), data["cell"])
