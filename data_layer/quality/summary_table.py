"""The summaries of all prepared files as one table, which is kept as one Parquet file.

The per-file summaries are the truth. The Parquet file saves reading those that are as they were
when it was written: with the summaries of a whole release that is all of them but a few. It is
written when a batch ends and when a single file was prepared, atomically and under a lock, with
its checksum beside it; one that is broken or of another version is not used, and is written anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from filelock import FileLock, Timeout
from pyarrow import parquet

from data_layer.errors import FileMissing
from data_layer.kept_files import write_bytes
from data_layer.prepared.fingerprint import size_and_time
from data_layer.quality.summaries import FOLDER
from data_layer.quality.summary_rows import DTYPES, row_of, table_of, version

TABLE, CHECKSUM, LOCK = "summaries.parquet", "summaries.checksum", ".summaries.lock"
WRITE_FROM = 50
"""Whoever had to read so many summaries one by one writes the table for the next."""
_KNOWN: dict[Path, pd.DataFrame] = {}
_GUARD = threading.Lock()


def summaries_in(folder: Path) -> pd.DataFrame:
    """All summaries in ``folder``, the folder of the stores, as one table, one row per NWB file.

    Columns: ``path``; ``kind`` (``experiment`` or ``behavior``); ``is_current`` (whether the file
    is unchanged since it was prepared); those of ``METADATA`` as in the file (ids Int64, missing
    in behaviour files; ``date_of_acquisition`` in UTC), ``image_set``; those of ``MEASURES``
    (float, NaN if a session does not have it); for each check of ``FROM_FILE`` ``value_<check>``
    (float), ``verdict_<check>``, ``at_<check>`` (s) and ``cell_<check>`` (cell_roi_id, Int64);
    ``n_fail``, ``n_look``, ``n_pass``; ``behavior_<name>`` for ``NUMBERS`` (float). Without
    summaries the table has no rows.
    """
    table, n_read = _present(folder / FOLDER)
    if n_read >= WRITE_FROM:
        with suppress(OSError):
            _write(folder / FOLDER, table, wait=False)
    files = zip(table["path"], table["fingerprint"], strict=True)
    current = [_is_current(path, state) for path, state in files]
    shown = table.drop(columns=["name", "state", "fingerprint"]).copy()
    shown.insert(2, "is_current", pd.Series(current, dtype=bool))
    return shown


def gather_summaries(folder: Path) -> None:
    """Write the table of all summaries in ``folder``, so that readers find it up to date.

    Raises:
        OSError: It cannot be written.
    """
    if _states(folder / FOLDER):
        _write(folder / FOLDER, _present(folder / FOLDER)[0], wait=True)


def state_of(folder: Path) -> str:
    """A text that changes when any summary in ``folder`` changes; found without reading them."""
    states = sorted(_states(folder / FOLDER).items())
    return hashlib.blake2b(repr(states).encode(), digest_size=16).hexdigest()


def _states(folder: Path) -> dict[str, str]:
    """The name of every summary and a text that changes when it is written again."""
    states = {}
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".json") and not entry.name.startswith("."):
                with suppress(OSError):  # removed meanwhile
                    status = entry.stat()
                    states[entry.name] = f"{status.st_mtime_ns}-{status.st_size}"
    return states


def _present(folder: Path) -> tuple[pd.DataFrame, int]:
    """The rows of the summaries as they are now, and how many had to be read one by one."""
    states = _states(folder)
    with _GUARD:
        known = _KNOWN.get(folder)
    if known is None:
        known = _read(folder)
    as_it_was = known["name"].map(states).eq(known["state"]).to_numpy(bool)
    kept = known[as_it_was]
    changed = states.keys() - set(kept["name"])
    rows = [row for name in changed if (row := _row(folder / name, states[name]))]
    if changed or len(kept) < len(known):
        known = pd.concat([kept, table_of(rows)]) if rows else kept
        known = known.sort_values("name", ignore_index=True).copy()
    with _GUARD:
        _KNOWN[folder] = known
    return known, len(changed)


def _row(path: Path, state: str) -> dict[str, Any] | None:
    with suppress(OSError, ValueError):  # removed meanwhile, or not a summary
        row = row_of(json.loads(path.read_text(encoding="utf-8")))
        return None if row is None else {"name": path.name, "state": state, **row}
    return None


def _read(folder: Path) -> pd.DataFrame:
    """The table as it was last written; without rows if it cannot be used."""
    with suppress(OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        content = (folder / TABLE).read_bytes()
        if (folder / CHECKSUM).read_text() == _checksum(content):
            table: pd.DataFrame = parquet.read_table(io.BytesIO(content)).to_pandas()
            return table[list(DTYPES)].astype(DTYPES).copy()
    return table_of([])


def _write(folder: Path, table: pd.DataFrame, *, wait: bool) -> None:
    content = io.BytesIO()
    parquet.write_table(pa.Table.from_pandas(table, preserve_index=False), content)
    # Without waiting, whoever writes now writes the same, or something newer.
    with suppress(Timeout), FileLock(folder / LOCK, -1 if wait else 0):
        write_bytes(folder / TABLE, content.getvalue())
        write_bytes(folder / CHECKSUM, _checksum(content.getvalue()).encode())


def _checksum(content: bytes) -> str:
    """The checksum of the table, together with the version of the code that makes its rows."""
    return f"{version()}-{hashlib.blake2b(content, digest_size=16).hexdigest()}"


def _is_current(path: str, fingerprint: str) -> bool:
    try:
        return fingerprint.startswith(size_and_time(Path(path)))
    except (FileMissing, OSError, ValueError):
        return False
