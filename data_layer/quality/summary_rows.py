"""The columns of the table of summaries, and the row that one summary makes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pandas as pd

from data_layer.derived.session_type import image_set
from data_layer.quality.behavior_numbers import NUMBERS
from data_layer.quality.checks.check import VERDICTS, verdict_of
from data_layer.quality.checks.rules import FROM_FILE, RULES
from data_layer.quality.checks.thresholds import LIMITS
from data_layer.quality.measures import MEASURES
from data_layer.quality.summaries import IDS, METADATA, SUMMARY_FORMAT

DATE, DEPTH = "date_of_acquisition", "imaging_depth"
BEHAVIOR = "behavior_"
"""What the names of columns of the behaviour's numbers begin with."""
TEXT, ID, NUMBER, COUNT = "str", "Int64", "float64", "int64"
TIME = "datetime64[us, UTC]"


def _dtypes() -> dict[str, str]:
    found = {"name": TEXT, "state": TEXT, "path": TEXT, "kind": TEXT, "fingerprint": TEXT}
    found |= dict.fromkeys(METADATA, TEXT) | dict.fromkeys(IDS, ID)
    found |= {DATE: TIME, DEPTH: NUMBER, "image_set": TEXT} | dict.fromkeys(MEASURES, NUMBER)
    for check in FROM_FILE:
        found |= {f"value_{check}": NUMBER, f"verdict_{check}": TEXT}
        found |= {f"at_{check}": NUMBER, f"cell_{check}": ID}
    found |= dict.fromkeys((f"n_{verdict}" for verdict in VERDICTS[:3]), COUNT)
    return found | dict.fromkeys((f"{BEHAVIOR}{name}" for name in NUMBERS), NUMBER)


DTYPES = _dtypes()
"""The columns and their types. ``name`` and ``state`` are those of the summary's file."""


def version() -> str:
    """A text that changes when rows would be made in another way."""
    facts = repr([SUMMARY_FORMAT, DTYPES, LIMITS])
    return hashlib.blake2b(facts.encode(), digest_size=16).hexdigest()


def row_of(content: Any) -> dict[str, Any] | None:
    """The row of a summary, without ``name`` and ``state``; None if it is no summary."""
    with suppress(KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        return _row(content) if content["format"] == SUMMARY_FORMAT else None
    return None


def table_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The table with these rows; its types do not depend on what stands in them."""
    table = pd.DataFrame(rows, columns=list(DTYPES))
    dates = pd.to_datetime(table[DATE], utc=True, format="ISO8601", errors="coerce")
    # The copy puts columns of one type together; there are hundreds.
    return table.assign(**{DATE: dates}).astype(DTYPES).copy()


def _row(content: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {name: content[name] for name in ("path", "kind", "fingerprint")}
    row |= {name: content["metadata"].get(name) for name in METADATA}
    row["image_set"] = image_set(str(row["session_type"]))
    row |= {name: content["measures"].get(name) for name in MEASURES}
    counts = content.get("behavior") or {}  # summaries of earlier versions have none
    row |= {f"{BEHAVIOR}{name}": counts.get(name) for name in NUMBERS}
    row |= _checks(content["checks"])
    return {name: _typed(value, DTYPES[name]) for name, value in row.items()}


def _checks(checks: list[list[Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    verdicts = []
    for name, value, at, cell, _ in checks:
        if name in RULES:
            verdict = verdict_of(LIMITS[name], value)
            verdicts.append(verdict)
            row |= {f"value_{name}": value, f"verdict_{name}": verdict}
            row |= {f"at_{name}": at, f"cell_{name}": cell}
    return row | {f"n_{verdict}": verdicts.count(verdict) for verdict in VERDICTS[:3]}


def _typed(value: Any, dtype: str) -> Any:
    """The value in the type of its column, so that one odd value does not spoil all others."""
    if value is None:
        return None
    if dtype in {TEXT, TIME}:
        return str(value)
    number = float(value)
    if dtype == NUMBER:
        return number
    whole = int(value)
    if whole != number or abs(whole) >= 2**63:
        raise ValueError(f"{value} is no id")
    return whole
