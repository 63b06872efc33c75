"""Reads the stimulus presentations from several interval tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from data_layer.derived import image_changes, trial_alignment
from data_layer.nwb.aliases import Presentations
from data_layer.nwb.file import Kind, NwbFile
from data_layer.nwb.tables import column_names, read_columns, require_columns

STREAM = "stimulus_presentations"
INTERVALS, SUFFIX = "intervals", "_presentations"
NOT_COLUMNS = {"tags", "timeseries"}
NEEDED = ("start_time", "stop_time", "start_frame")
NO_VALUE = -99

FLAGS = ("is_change", "is_image_novel", "omitted", "active", "is_sham_change")
COUNTS = ("movie_frame_index", "movie_repeat", "flashes_since_change", "trials_id")

KINDS: dict[str, Kind] = {
    **dict.fromkeys(FLAGS, "flag"),
    **dict.fromkeys((*COUNTS, "orientation", "index"), "number"),
    **dict.fromkeys(("start_time", "stop_time", "duration"), "number"),
    **dict.fromkeys(("start_frame", "end_frame", "image_index", "stimulus_block"), "number"),
    **dict.fromkeys(("image_name", "stimulus_name", "stimulus_block_name", "image_set"), "text"),
}
INTEGERS = ("flashes_since_change", "image_index", "movie_repeat", "movie_frame_index")
ORDER = (
    *("stimulus_block", "stimulus_block_name", "image_index", "image_name"),
    *("movie_frame_index", "duration", "start_time", "end_time", "start_frame", "end_frame"),
    *("is_change", "is_image_novel", "omitted", "movie_repeat", "flashes_since_change"),
    "trials_id",
)


def presentation_tables(nwb: NwbFile) -> list[str]:
    """Paths of the interval tables: one per stimulus, or one per image in the first release."""
    names = nwb.children(INTERVALS, STREAM)
    return [f"{INTERVALS}/{n}" for n in sorted(names) if n.endswith(SUFFIX)]


def read_presentations(nwb: NwbFile, trials: pd.DataFrame | None) -> Presentations:
    """Presentations in order of time, index stimulus_presentations_id, AllenSDK's columns.

    ``is_change`` and ``flashes_since_change`` are computed. ``active``, ``trials_id`` and
    ``is_sham_change`` are computed if the file lacks them and there are trials.

    Args:
        nwb: the file.
        trials: the session's trials; None if they cannot be read.
    """
    paths = [path for path in presentation_tables(nwb) if not _is_foreign(nwb, path)]
    if not paths:
        nwb.require(STREAM, f"{INTERVALS}/<stimulus name>{SUFFIX}")
    table = pd.concat([_read_table(nwb, path) for path in paths], ignore_index=True)
    table = table.sort_values("start_time", kind="stable", ignore_index=True)
    if "image_name" not in table:
        table["image_name"] = pd.Series(np.nan, table.index, dtype="str")
    table = table.astype(dict.fromkeys(_yes_no_columns(table), "boolean"))
    image_set = table.get("image_set", pd.Series(dtype="str")).dropna()
    table = _with_derived(table, trials)
    table = table.drop(columns=["image_set", "index"], errors="ignore")
    table = table.rename(columns={"stop_time": "end_time"})
    table.index = pd.Index(np.arange(len(table)), name="stimulus_presentations_id")
    ordered = [*(n for n in ORDER if n in table), *(n for n in table if n not in ORDER)]
    result = Presentations(table[ordered])
    result.attrs["image_set"] = image_set.iloc[0] if len(image_set) else None
    return result


def _is_foreign(nwb: NwbFile, path: str) -> bool:
    """Whether a table is not of this data set: its writer named no column of stimulus frames."""
    missing = [name for name in NEEDED if name not in column_names(nwb, STREAM, path)]
    if missing:
        nwb.leave_out(f"Table /{path}: it has no column {', '.join(missing)}.")
    return bool(missing)


def _read_table(nwb: NwbFile, path: str) -> pd.DataFrame:
    columns: dict[str, Any] = dict(read_columns(nwb, STREAM, path, KINDS, NOT_COLUMNS))
    require_columns(nwb, STREAM, path, columns, NEEDED)
    table = pd.DataFrame(columns)
    text = [name for name in columns if isinstance(table[name].dtype, pd.StringDtype)]
    return table.assign(**{name: table[name].replace("N/A", "") for name in text})


def _yes_no_columns(table: pd.DataFrame) -> list[str]:
    """Columns stored as 0, 1 and NaN, because the file format has no missing boolean."""
    return [
        str(name)
        for name in table.columns
        if table[name].dtype == np.float64
        and not str(name).endswith("_index")
        and table[name].dropna().isin([0, 1]).all()
    ]


def _with_derived(table: pd.DataFrame, trials: pd.DataFrame | None) -> pd.DataFrame:
    changes = image_changes.is_change(table)
    flashes = image_changes.flashes_since_change(table, changes)
    table = table.assign(is_change=changes, flashes_since_change=flashes)
    for name in INTEGERS:
        if name in table:
            table[name] = table[name].fillna(NO_VALUE).astype(np.int64)
    if trials is None:
        return table
    if "active" not in table:
        table["active"] = trial_alignment.during_task(table, trials)
    if "trials_id" not in table:
        table["trials_id"] = trial_alignment.trials_id(table, trials)
    if "is_sham_change" not in table and "stimulus_block" in table:
        table["is_sham_change"] = trial_alignment.is_sham_change(table, trials)
    return table
