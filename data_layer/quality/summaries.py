"""Summaries: one row per prepared file, stored beside the stores, for views of many sessions.

Each NWB file has one small JSON file, which is replaced atomically, so that processes that prepare
at the same time need no lock. A summary stays when its store is removed to save space. All of them
are read as one table; only files that have changed are read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from data_layer.derived.session_type import image_set
from data_layer.errors import FileMissing, NotReadableNow, SessionFileError
from data_layer.kept_files import write_json
from data_layer.prepared.fingerprint import size_and_time
from data_layer.quality.checks.check import VERDICTS, verdict_of
from data_layer.quality.checks.rules import FROM_FILE, RULES
from data_layer.quality.checks.thresholds import LIMITS
from data_layer.quality.measures import MEASURES, measures
from data_layer.quality.session_checks import quality, to_rows

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

SUMMARY_FORMAT = 3
FOLDER = ".summaries"
METADATA = (
    "ophys_experiment_id",
    "behavior_session_id",
    "ophys_session_id",
    "ophys_container_id",
    "mouse_id",
    "session_type",
    "project_code",
    "cre_line",
    "targeted_structure",
    "imaging_depth",
    "equipment_name",
    "date_of_acquisition",
)
IDS = METADATA[:4]
_KNOWN: dict[Path, tuple[int, dict[str, Any]]] = {}
_LOCK = threading.Lock()


def summary_of(store: SessionStore, fingerprint: str) -> dict[str, Any]:
    """The summary of a session; ``fingerprint`` is that of its file.

    Raises:
        SessionFileError: The session's metadata cannot be read.
    """
    metadata = store.metadata
    facts = {name: metadata.get(name) for name in METADATA}
    date = metadata["date_of_acquisition"]
    facts["date_of_acquisition"] = date and date.isoformat()
    return {
        "format": SUMMARY_FORMAT,
        "path": str(store.session.path.resolve()),
        "fingerprint": fingerprint,
        "kind": "experiment" if store.has_cells else "behavior",
        "metadata": {k: getattr(v, "item", lambda v=v: v)() for k, v in facts.items()},
        "measures": measures(store),
        "checks": to_rows(quality(store)),
    }


def write_summary(store: SessionStore, fingerprint: str, folder: Path, name: str) -> None:
    """Write the summary of a session under ``name`` into ``folder``, the folder of the stores.

    A session whose metadata cannot be read gets no summary.

    Raises:
        OSError: The folder cannot be written.
    """
    try:
        write_json(folder / FOLDER / f"{name}.json", summary_of(store, fingerprint))
    except NotReadableNow:
        raise
    except SessionFileError:
        pass


def summaries_in(folder: Path) -> pd.DataFrame:
    """All summaries in ``folder``, the folder of the stores, as one table, one row per NWB file.

    Columns: ``path``; ``kind`` (``experiment`` or ``behavior``); ``is_current`` (whether the file
    is unchanged since it was prepared); those of ``METADATA`` as in the file (ids Int64, missing
    in behaviour files; ``date_of_acquisition`` in UTC), ``image_set``; those of ``MEASURES``
    (float, NaN if a session does not have it); for each check of ``FROM_FILE`` ``value_<check>``
    (float), ``verdict_<check>``, ``at_<check>`` (s) and ``cell_<check>`` (cell_roi_id, Int64);
    ``n_fail``, ``n_look``, ``n_pass``. Without summaries the table has no rows.
    """
    rows = [_row(content) for content in _read(folder / FOLDER)]
    table = pd.DataFrame(rows, columns=_columns())
    ids = (*IDS, *(f"cell_{check}" for check in FROM_FILE))
    numbers = [*MEASURES, *(f"{what}_{check}" for what in ("value", "at") for check in FROM_FILE)]
    table = table.astype(dict.fromkeys(ids, "Int64") | dict.fromkeys(numbers, "float64"))
    date = pd.to_datetime(table["date_of_acquisition"], utc=True, format="ISO8601")
    return table.assign(date_of_acquisition=date).copy()  # defragments its many columns


def state_of(folder: Path) -> str:
    """A text that changes when any summary in ``folder`` changes; found without reading them."""
    states = []
    for entry in _entries(folder / FOLDER):
        with suppress(OSError):  # removed meanwhile
            states.append((entry.name, entry.stat().st_mtime_ns))
    return hashlib.blake2b(repr(sorted(states)).encode(), digest_size=16).hexdigest()


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        return [e for e in entries if e.name.endswith(".json") and not e.name.startswith(".")]
    return []


def _read(folder: Path) -> list[dict[str, Any]]:
    """The content of every summary; unchanged files come from memory."""
    found: dict[Path, tuple[int, dict[str, Any]]] = {}
    for entry in _entries(folder):
        with suppress(OSError, ValueError):  # removed meanwhile, or not a summary
            path, changed = Path(entry.path), entry.stat().st_mtime_ns
            known = _KNOWN.get(path)
            if known is None or known[0] != changed:
                known = changed, json.loads(path.read_text())
            found[path] = known
    with _LOCK:
        for path in [path for path in _KNOWN if path.parent == folder and path not in found]:
            del _KNOWN[path]
        _KNOWN.update(found)
    return [content for _, content in found.values() if _is_summary(content)]


def _is_summary(content: Any) -> bool:
    return isinstance(content, dict) and content.get("format") == SUMMARY_FORMAT


def _columns() -> list[str]:
    checks = [f"{what}_{check}" for check in FROM_FILE for what in _PER_CHECK]
    counts = [f"n_{verdict}" for verdict in VERDICTS[:3]]
    return ["path", "kind", "is_current", *METADATA, "image_set", *MEASURES, *checks, *counts]


_PER_CHECK = ("value", "verdict", "at", "cell")


def _row(content: Mapping[str, Any]) -> dict[str, Any]:
    metadata, verdicts = content["metadata"], []
    row = {name: content[name] for name in ("path", "kind")}
    row |= {"is_current": _is_current(content), **metadata, **content["measures"]}
    row["image_set"] = image_set(str(metadata["session_type"]))
    for name, value, at, cell, _ in content["checks"]:
        if name in RULES:
            verdict = verdict_of(LIMITS[name], value)
            verdicts.append(verdict)
            answers = (value, verdict, at, cell)
            row |= {f"{what}_{name}": one for what, one in zip(_PER_CHECK, answers, strict=True)}
    return row | {f"n_{verdict}": verdicts.count(verdict) for verdict in VERDICTS[:3]}


def _is_current(content: Mapping[str, Any]) -> bool:
    try:
        return str(content["fingerprint"]).startswith(size_and_time(Path(content["path"])))
    except FileMissing:
        return False
