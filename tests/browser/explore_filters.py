"""A second implementation of Explore's filters in pandas, on the tables on disk."""

from __future__ import annotations

import ast
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

Filters = dict[str, list[str] | tuple[Any, Any]]
TABLES = {
    "experiment": "ophys_experiment_table",
    "session": "ophys_session_table",
    "behavior": "behavior_session_table",
}
VALUES = (
    "experience_level",
    "cre_line",
    "targeted_structure",
    "behavior_type",
    "image_set",
    "sex",
    "mouse_id",
    "session_type",
    "project_code",
    "equipment_name",
)
RANGES = (
    "imaging_depth",
    "age_in_days",
    "prior_exposures_to_image_set",
    "prior_exposures_to_omissions",
    "prior_exposures_to_session_type",
)
NO_VALUE = "none"


class PlainTable:
    """One table, with a list of values for every row and facet."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.table = self._read(folder, kind)
        self.planes = self._read(folder, "experiment").set_index("ophys_experiment_id")
        self.values = {name: self._values(name) for name in (*VALUES, *RANGES)}
        self.values["date_of_acquisition"] = [[d[:10]] for d in self.table["date_of_acquisition"]]

    def _read(self, folder: Path, kind: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"{TABLES[kind]}.csv", dtype={"mouse_id": str})

    def _values(self, name: str) -> list[list[Any]]:
        if name in self.table:
            cells = self.table[name].where(self.table[name].notna(), None).tolist()
            return [[] if cell is None else [self._plain(name, cell)] for cell in cells]
        lists = self.table["ophys_experiment_id"].fillna("[]").map(ast.literal_eval)
        return [list(dict.fromkeys(self.planes.loc[ids, name].tolist())) for ids in lists]

    def _plain(self, name: str, cell: Any) -> Any:
        return cell.removeprefix("images_") if name == "image_set" else cell

    def passing(self, filters: Filters) -> list[bool]:
        """A mask of the rows that pass all filters."""
        return [
            all(self._passes(name, row, wanted) for name, wanted in filters.items())
            for row in range(len(self.table))
        ]

    def _passes(self, name: str, row: int, wanted: list[str] | tuple[Any, Any]) -> bool:
        values = self.values[name][row]
        if isinstance(wanted, tuple):
            return any(wanted[0] <= value <= wanted[1] for value in values)
        return any(value in wanted for value in values) or (not values and NO_VALUE in wanted)

    def counts(self, name: str, filters: Filters) -> Counter[str]:
        """The number of rows per value of a facet with the other filters."""
        others = {other: wanted for other, wanted in filters.items() if other != name}
        counts: Counter[str] = Counter()
        for values, passes in zip(self.values[name], self.passing(others), strict=True):
            if passes:
                counts.update(values or [NO_VALUE])
        return counts

    def some_filters(self, seed: int) -> Filters:
        """One to four filters with values of a random row, so that at least one row matches."""
        draw = random.Random(seed)
        row = draw.randrange(len(self.table))
        names = draw.sample(sorted(self.values), draw.randint(1, 4))
        return {name: self._wanted(draw, name, row) for name in names}

    def _wanted(self, draw: random.Random, name: str, row: int) -> list[str] | tuple[Any, Any]:
        present = sorted({value for values in self.values[name] for value in values})
        own = self.values[name][row]
        if name in VALUES:
            return sorted({*own, draw.choice(present)}) or [NO_VALUE]
        low, high = sorted([*own[:1], *draw.choices(present, k=2)][:2])
        return low, high


def query_of(kind: str, filters: Filters) -> list[tuple[str, str]]:
    """The filters as the query of a link."""
    parameters = [("tab", kind)]
    for name, wanted in filters.items():
        texts = [f"{wanted[0]:g}..{wanted[1]:g}"] if is_span(wanted) else wanted
        texts = [f"{wanted[0]}..{wanted[1]}"] if name == "date_of_acquisition" else texts
        parameters += [(name, text) for text in texts]
    return parameters


def is_span(wanted: list[str] | tuple[Any, Any]) -> bool:
    return isinstance(wanted, tuple) and not isinstance(wanted[0], str)
