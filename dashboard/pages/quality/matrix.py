"""Builds the document of the QC page from the summaries of prepared files and the tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.vocabulary.marks import VERDICT_LETTERS, VERDICT_SYMBOLS
from data_layer.preparing.shelf import Shelf
from data_layer.project_cache.cache import ID_NAMES, Kind
from data_layer.project_cache.own_summaries import own_summaries
from data_layer.project_cache.protocol import Cache
from data_layer.project_cache.table_checks import TableChecks
from data_layer.quality.checks.check import Verdict, verdict_of
from data_layer.quality.checks.rules import FROM_FILE, FROM_TABLES, RULES
from data_layer.quality.checks.thresholds import LIMITS
from data_layer.quality.summaries import METADATA

FACTS = ("mouse_id", "session_type", "cre_line", "targeted_structure", "imaging_depth")
WORST: tuple[Verdict, ...] = ("fail", "look")
INFINITE = (float("inf"), float("-inf"))
"""Values that JSON does not have: they are sent as null, their verdicts as usual."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The document: a list per column, and the number of files that are not prepared.

    ``n_missing`` are on this machine, ``n_streams`` can be streamed.
    """

    columns: dict[str, list[Any]]
    n_rows: int
    n_missing: int
    n_streams: int

    def to_json(self) -> dict[str, Any]:
        """The document as sent to the browser."""
        return {
            "columns": self.columns,
            "n_rows": self.n_rows,
            "n_missing": self.n_missing,
            "n_streams": self.n_streams,
        }


def matrix_of(cache: Cache, shelf: Shelf) -> Matrix:
    """The matrix with a row per prepared file of the cache, worst first.

    The column ``v:<check>`` has the value (None where not applicable), ``s:<check>`` the verdict's
    first letter, ``t:<check>`` the time (s) to look at if the check did not pass.
    """
    table, n_missing, n_streams = _prepared(cache, own_summaries(cache, shelf))
    with_tables = _with_table_checks(TableChecks(cache, shelf.hashes), table)
    counts = with_tables[[f"verdict_{c}" for c in (*FROM_FILE, *FROM_TABLES)]]
    n_fail, n_look = ((counts == verdict).sum(axis=1) for verdict in ("fail", "look"))
    ordered = with_tables.assign(n_fail=n_fail, n_look=n_look).sort_values(
        ["n_fail", "n_look", "date_of_acquisition"], ascending=[False, False, True], kind="stable"
    )
    return Matrix(_columns(ordered), len(ordered), n_missing, n_streams)


def _prepared(cache: Cache, summaries: pd.DataFrame) -> tuple[pd.DataFrame, int, int]:
    """The newest summary of each file that opens; how many here, and how many others, have none."""
    found, missing, streams = [], 0, 0
    for kind, id_name in ID_NAMES.items():
        of_kind = summaries[summaries["kind"] == kind]
        here, opens = _files(cache, kind, cache.here), _files(cache, kind, cache.available)
        of_kind = of_kind[of_kind[id_name].isin(opens)].sort_values("is_current", kind="stable")
        of_kind = of_kind.drop_duplicates(id_name, keep="last")
        found.append(of_kind.assign(id=of_kind[id_name].astype("Int64")))
        prepared = frozenset(int(id_) for id_ in of_kind[id_name])
        missing += len(here - prepared)
        streams += len(opens - here - prepared)
    return pd.concat(found, ignore_index=True), missing, streams


def _files(cache: Cache, kind: str, ids: Callable[[Kind], frozenset[int]]) -> frozenset[int]:
    """Those of some ids of one kind that have a file of their own.

    The behaviour of imaged sessions is part of the experiments' files.
    """
    if kind == "experiment":
        return ids("experiment")
    imaged = set(cache.get_ophys_experiment_table()["behavior_session_id"])
    return frozenset(id_ for id_ in ids("behavior") if id_ not in imaged)


def _with_table_checks(compare: TableChecks, table: pd.DataFrame) -> pd.DataFrame:
    rows = []
    facts_of = table[list(METADATA)].to_dict("records")
    for kind, path, facts in zip(table["kind"], table["path"], facts_of, strict=True):
        metadata = {str(name): value for name, value in facts.items()}
        checks = compare.of_file(kind, metadata, Path(path))
        values = {f"value_{check.name}": check.value for check in checks}
        rows.append(values | {f"verdict_{check.name}": check.verdict for check in checks})
    names = [f"{what}_{check}" for check in FROM_TABLES for what in ("value", "verdict")]
    return table.join(pd.DataFrame(rows, columns=names, index=table.index))


def _columns(table: pd.DataFrame) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {
        name: _plain(table[name]) for name in ("id", "kind", *FACTS, "is_current")
    }
    columns["worst"] = _worst(table)
    columns["date"] = table["date_of_acquisition"].dt.strftime("%Y-%m-%d").tolist()
    columns |= {name: table[name].astype(int).tolist() for name in ("n_fail", "n_look")}
    for check in (*FROM_FILE, *FROM_TABLES):
        values = _plain(table[f"value_{check}"])
        verdicts = [verdict_of(LIMITS[check], value) for value in values]
        columns[f"v:{check}"] = [None if value in INFINITE else value for value in values]
        columns[f"s:{check}"] = [VERDICT_LETTERS[verdict] for verdict in verdicts]
        if f"at_{check}" in table:
            times = _plain(table[f"at_{check}"])
            columns[f"t:{check}"] = [
                at if code in "fl" else None
                for at, code in zip(times, columns[f"s:{check}"], strict=True)
            ]
    return columns


def _worst(table: pd.DataFrame) -> list[str]:
    """For each row the titles of its checks with the verdict fail, then of those with look."""
    verdicts = table[[f"verdict_{check}" for check in RULES]].to_numpy(object)
    titles = [rule.title for rule in RULES.values()]
    return [
        ", ".join(
            f"{VERDICT_SYMBOLS[wanted]} {titles[i]}"
            for wanted in WORST
            for i in (row == wanted).nonzero()[0].tolist()
        )
        for row in verdicts
    ]


def _plain(values: pd.Series[Any]) -> list[Any]:
    return [None if pd.isna(v) else getattr(v, "item", lambda v=v: v)() for v in values]
