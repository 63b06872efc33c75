"""Performance numbers of many sessions, from their files or else from the tables' counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd

from data_layer.derived.session_performance import session_rates
from data_layer.derived.session_type import behavior_type
from data_layer.errors import DataLayerError, UnknownId
from data_layer.project_cache.files import FileKind, as_ids
from data_layer.project_cache.numbers_shelf import NumbersShelf
from data_layer.project_cache.protocol import Cache
from data_layer.quality.behavior_numbers import NUMBERS, Numbers, behavior_numbers
from data_layer.quality.summary_rows import BEHAVIOR
from data_layer.values.known import known

FACTS = (
    "mouse_id",
    "session_type",
    "session_number",
    "experience_level",
    "behavior_type",
    "date_of_acquisition",
    "ophys_session_id",
    "ophys_experiment_id",
)
OUTCOME_COUNTS = ("hit", "miss", "false_alarm", "correct_reject")
PASSIVE = "passive_viewing"
Prepared = Mapping[tuple[int, str], Numbers]
"""The numbers of prepared files by behavior_session_id and path."""


class BehaviorHistory:
    """The performance of sessions of a cache; numbers read from files are stored in ``folder``.

    ``summaries`` gives the table of prepared files; those files are not opened.
    """

    def __init__(
        self, cache: Cache, folder: Path, summaries: Callable[[], pd.DataFrame] | None = None
    ) -> None:
        self.cache, self.shelf, self.summaries = cache, NumbersShelf(folder), summaries

    def of_mouse(self, mouse_id: str) -> pd.DataFrame:
        """Every session of a mouse; see :meth:`of_sessions`.

        Raises:
            UnknownId: The tables have no session of this mouse.
        """
        table = self.cache.get_behavior_session_table()
        ids = table.index[(table["mouse_id"] == mouse_id).fillna(False)]
        if ids.empty:
            raise UnknownId("mouse_id", mouse_id)
        return self.of_sessions([int(id_) for id_ in ids])

    def of_sessions(self, behavior_session_ids: Sequence[int]) -> pd.DataFrame:
        """One row per session, sorted by date, index behavior_session_id.

        Columns: ``FACTS`` as in the table; ``here``, whether a file is on this machine; ``source``
        of the numbers: ``file``, also of one that was streamed and prepared, ``table`` or empty;
        ``problem``, why an existing file could not be read; ``NUMBERS`` (NaN if unknown; volume in
        ml); ``uncounted``, the number of trials that the table counts neither as go nor as catch;
        ``active``, whether there is a task, and if so ``hit_rate``, ``false_alarm_rate`` and
        ``dprime`` over the whole session.
        """
        table = self.cache.get_behavior_session_table()
        rows = table[table.index.isin(behavior_session_ids)].sort_index()
        rows = rows.sort_values("date_of_acquisition", kind="stable")
        here = self.cache.here("behavior")
        facts = zip(rows.index.tolist(), rows.to_dict("records"), strict=True)
        prepared = self._prepared(behavior_session_ids)
        numbers = [self._numbers(id_, id_ in here, row, prepared) for id_, row in facts]
        history = pd.DataFrame({name: rows.get(name) for name in FACTS}, index=rows.index)
        history["here"] = [int(id_) in here for id_ in rows.index]
        for name in ("source", "problem"):
            history[name] = [str(one.get(name) or "") for one in numbers]
        for name in (*NUMBERS, "uncounted"):
            history[name] = [_number(one.get(name)) for one in numbers]
        return _with_rates(history)

    def _prepared(self, behavior_session_ids: Sequence[int]) -> Prepared:
        """The numbers of prepared files that name one of these ids."""
        if self.summaries is None:
            return {}
        table = self.summaries()
        # Summaries of earlier versions have no numbers.
        wanted = table["is_current"] & table[f"{BEHAVIOR}trial_count"].notna()
        wanted &= table["behavior_session_id"].isin(behavior_session_ids).fillna(False)
        names = ["behavior_session_id", "path", *(f"{BEHAVIOR}{name}" for name in NUMBERS)]
        return {
            (int(id_), path): {n: _known(v) for n, v in zip(NUMBERS, values, strict=True)}
            for id_, path, *values in table.loc[wanted, names].itertuples(index=False)
        }

    def _numbers(
        self, id_: int, here: bool, row: dict[Any, Any], prepared: Prepared
    ) -> dict[str, object]:
        problem = ""
        if here:
            try:
                return {"source": "file", **self._of_file(id_, prepared)}
            except DataLayerError as error:
                problem = str(error)
        elif streamed := self._of_streamed(id_, row, prepared):
            return {"source": "file", **streamed}
        return _of_table(row) | {"problem": problem}

    def _of_streamed(self, id_: int, row: dict[Any, Any], prepared: Prepared) -> Numbers | None:
        """The numbers of a session that was streamed and prepared, from any of its files."""
        if not any(named == id_ for named, _ in prepared):
            return None
        planes = [("experiment", plane) for plane in as_ids(row.get("ophys_experiment_id"))]
        for kind, of in [("behavior", id_), *planes]:
            with suppress(DataLayerError):  # it is not streamed, or the tables do not list it
                path = self.cache.path_of(cast(FileKind, kind), of).resolve()
                if found := prepared.get((id_, str(path))):
                    return found
        return None

    def _of_file(self, id_: int, prepared: Prepared) -> Numbers:
        path = self.cache.path_of("behavior", id_)
        numbers = prepared.get((id_, str(path.resolve()))) or self.shelf.look_up(path)
        if numbers is None:
            # Not through OpenStores: a mouse has more sessions than are kept open, and these
            # would close the sessions that users look at.
            with self.cache.get_behavior_session(id_) as session:
                numbers = behavior_numbers(session)
            self.shelf.store(path, numbers)
        return numbers


def _of_table(row: dict[Any, Any]) -> dict[str, object]:
    """The counts in the released behaviour table; older tables have none."""
    counts: dict[str, object] = {
        name: row[f"{name}_trial_count"]
        for name in OUTCOME_COUNTS
        if pd.notna(row.get(f"{name}_trial_count"))
    }
    total = row.get("trial_count")
    if len(counts) < len(OUTCOME_COUNTS) or pd.isna(total):
        return {"source": ""}
    rest = float(total) - sum(float(str(count)) for count in counts.values())
    return {"source": "table", "trial_count": total, "uncounted": rest, **counts}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _number(value: object) -> float:
    return float("nan") if value is None else float(str(value))


def _is_passive(row: dict[Any, Any]) -> bool:
    """Whether a session is known to be passive, from its type or else from the table's column."""
    session_type = known(row["session_type"])
    kind = known(row["behavior_type"]) if session_type is None else behavior_type(session_type)
    return bool(kind == PASSIVE)


def _with_rates(history: pd.DataFrame) -> pd.DataFrame:
    active = ~np.array([_is_passive(row) for row in history.to_dict("records")], dtype=bool)
    counts = (np.where(active, history[name].to_numpy(float), np.nan) for name in OUTCOME_COUNTS)
    rates = session_rates(*counts)
    return history.assign(active=active, **rates._asdict())
