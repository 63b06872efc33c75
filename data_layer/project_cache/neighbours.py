"""Related recordings: planes of a session, days of a container, sessions of a mouse."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Row:
    """One recording of a sequence: its id, whether its file is here, and its row of the table."""

    id: int
    available: bool
    facts: pd.Series


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A sequence of related recordings, and the index of the given one in it."""

    rows: tuple[Row, ...]
    position: int

    @property
    def previous(self) -> Row | None:
        """The recording before; None at the start."""
        return self.rows[self.position - 1] if self.position > 0 else None

    @property
    def next(self) -> Row | None:
        """The recording after; None at the end."""
        after = self.position + 1
        return self.rows[after] if after < len(self.rows) else None


def planes(
    experiments: pd.DataFrame, ophys_experiment_id: int, available: Collection[int]
) -> Neighbours:
    """The planes imaged together, including the given one, sorted by area and depth.

    Args:
        experiments: the experiment table, index ``ophys_experiment_id``.
        ophys_experiment_id: a row of that table.
        available: the ids whose files are on this machine.
    """
    order = ["targeted_structure", "imaging_depth"]
    return _group(experiments, ophys_experiment_id, "ophys_session_id", order, available)


def days(
    experiments: pd.DataFrame, ophys_experiment_id: int, available: Collection[int]
) -> Neighbours:
    """The same plane on the days of its container, by date; arguments as for ``planes``."""
    order = ["date_of_acquisition"]
    return _group(experiments, ophys_experiment_id, "ophys_container_id", order, available)


def sessions(sessions_table: pd.DataFrame, id_: int, available: Collection[int]) -> Neighbours:
    """The sessions of the same mouse, by date, from the behaviour or the ophys session table."""
    return _group(sessions_table, id_, "mouse_id", ["date_of_acquisition"], available)


def _group(
    table: pd.DataFrame, id_: int, column: str, order: list[str], available: Collection[int]
) -> Neighbours:
    same = (table[column] == table.loc[id_, column]).fillna(False)
    group = table[same | (table.index == id_)]
    known = [name for name in order if name in group]
    # Sorting by id first makes the order of equal dates the same on every machine.
    group = group.sort_index().sort_values(known, kind="stable") if known else group.sort_index()
    ids = [int(i) for i in group.index]
    rows = tuple(Row(i, i in available, group.iloc[n]) for n, i in enumerate(ids))
    return Neighbours(rows, ids.index(id_))
