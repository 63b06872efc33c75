"""The measures of Explore's group view, from the tables and from prepared files.

    {"measures": [{"name": …, "title": …, "unit": …, "explanation": …, "prepared": false,
                   "values": [68, null, …]}, …],
     "prepared": [true, false, …], "problem": ""}

Values are in the order of the table's rows, and null where a row has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.arguments.sentences import told
from dashboard.pages.explore.kinds import TABLES
from dashboard.vocabulary.tables import column
from data_layer.errors import TableDamaged
from data_layer.project_cache.cache import Kind
from data_layer.project_cache.files import as_ids
from data_layer.project_cache.protocol import Cache

OF_TABLES = (
    "trial_count",
    "hit_trial_count",
    "miss_trial_count",
    "false_alarm_trial_count",
    "correct_reject_trial_count",
    "engaged_trial_count",
    "imaging_depth",
    "age_in_days",
    "prior_exposures_to_image_set",
    "prior_exposures_to_omissions",
)
PERFORMANCE = {
    "hit_trial_count",
    "miss_trial_count",
    "false_alarm_trial_count",
    "correct_reject_trial_count",
    "engaged_trial_count",
}
RATES = {
    "hits_per_go": ("Hits per go trial", "hit_trial_count", "go_trial_count"),
    "false_alarms_per_catch": (
        "False alarms per catch trial",
        "false_alarm_trial_count",
        "catch_trial_count",
    ),
    "engaged_trials": ("Engaged trials", "engaged_trial_count", "trial_count"),
}
OF_PLANES = {  # measures of an imaging plane; all others are measures of the session
    "n_cells",
    "motion_range",
    "median_noise",
    "median_snr",
    "event_rate",
    "responsive_fraction",
}
PREPARED = "Worked out of the NWB file when it was prepared."
SESSION_ID = "behavior_session_id"
Frame = pd.DataFrame
Values = pd.Series


@dataclass(frozen=True, slots=True)
class Summaries:
    """Access to the summaries of prepared files, and the titles of their measures.

    ``read`` returns one row per file with the columns ``kind`` (``experiment`` or ``behavior``),
    ``is_current``, ``ophys_experiment_id``, ``behavior_session_id`` and the measures. ``titles``
    has the title and unit of each measure.
    """

    read: Callable[[], Frame]
    titles: Mapping[str, tuple[str, str]]


def measures_of(cache: Cache, kind: Kind, summaries: Summaries | None) -> dict[str, Any]:
    """The document for one table, as the module's docstring shows it."""
    table = TABLES[kind].read(cache)
    counted, problem = _cells(cache, kind, table)
    found, prepared = _prepared(kind, table, summaries)
    measures = [*counted, *_of_tables(cache, table), *found]
    return {"measures": measures, "prepared": prepared, "problem": problem}


def _measure(
    name: str, title: str, unit: str, explanation: str, values: Values, *, prepared: bool = False
) -> list[dict[str, Any]]:
    """A list of one measure, or none if no row has a value.

    Measures of ``prepared`` files stay, because files can be prepared later.
    """
    numbers = _floats(values).to_numpy()
    if not np.isfinite(numbers).any() and not prepared:
        return []
    plain = [round(x, 6) if np.isfinite(x) else None for x in numbers.tolist()]
    said = {"name": name, "title": title, "unit": unit, "explanation": explanation}
    return [said | {"prepared": prepared, "values": plain}]


def _floats(values: Values) -> pd.Series[float]:
    """The values as float64, with NaN for missing ones."""
    return values.astype("Float64").astype(float)


def _of_tables(cache: Cache, table: Frame) -> list[dict[str, Any]]:
    """Rates and counts of the tables; passive sessions have no performance."""
    sessions = cache.get_behavior_session_table()
    found = []
    for name, (title, part, whole) in RATES.items():
        parts, wholes = _column(part, table, sessions), _column(whole, table, sessions)
        if parts is not None and wholes is not None:
            rate = 100 * _floats(parts) / _floats(wholes).where(_floats(wholes) > 0)
            text = f"{part} as a share of {whole}, from the table of behaviour sessions."
            found += _measure(name, title, "%", text, rate)
    for name in OF_TABLES:
        values = _column(name, table, sessions)
        if values is not None:
            known = column(name)
            found += _measure(name, known.label, known.unit, known.explanation, values)
    return found


def _column(name: str, table: Frame, sessions: Frame) -> Values | None:
    """A column of the table, or else that of its session in the behaviour table."""
    if name in table:
        values = table[name]
    elif name in sessions and SESSION_ID in table:
        values = sessions[name].reindex(table[SESSION_ID].to_numpy())
    else:
        return None
    if name not in PERFORMANCE:
        return values
    types = table["session_type"].astype(str)
    passive = types.str.contains("passive", na=False).to_numpy(dtype=bool)
    return values.mask(passive)  # in passive viewing the mouse cannot respond


def _cells(cache: Cache, kind: Kind, table: Frame) -> tuple[list[dict[str, Any]], str]:
    """The number of cells from the table of cells, and the problem if that cannot be read."""
    if kind == "behavior":
        return [], ""
    try:
        cells = cache.get_ophys_cells_table()
    except TableDamaged as error:
        return [], f"Cells are not counted: {told(error)}"
    specimen = cells["cell_specimen_id"]
    days = specimen.map(specimen.value_counts()).astype("Float64").fillna(1)
    listed = "Cells that the table of cells lists"
    return [
        *_measure("cells", "Cells", "", f"{listed}.", _counted(cells, kind, table)),
        *_measure(
            "matched_cells",
            "Cells found on other days",
            "",
            f"{listed} in another experiment too, under the same cell_specimen_id.",
            _counted(cells[days > 1], kind, table, of=cells),
        ),
    ], ""


def _counted(cells: Frame, kind: Kind, table: Frame, of: Frame | None = None) -> Values:
    """The number of rows of ``cells`` per row of the table; missing if ``of`` lists no cell."""
    counts = cells["ophys_experiment_id"].value_counts()
    listed = (cells if of is None else of)["ophys_experiment_id"].drop_duplicates()
    counts = counts.reindex(listed.to_numpy(), fill_value=0)
    if kind == "experiment":
        return counts.reindex(table.index)
    planes = table["ophys_experiment_id"].map(as_ids)
    return planes.map(lambda ids: counts.reindex(ids).sum(min_count=1))


def _prepared(
    kind: Kind, table: Frame, summaries: Summaries | None
) -> tuple[list[dict[str, Any]], list[bool]]:
    """The measures of prepared files, and for each row whether it has a prepared file."""
    if summaries is None:
        return [], [False] * len(table)
    files = summaries.read()
    files = files[files["is_current"].astype(bool)]
    id_name = "ophys_experiment_id" if kind == "experiment" else SESSION_ID
    if kind == "experiment":
        files = files[files["kind"] == "experiment"]
    files = files.dropna(subset=id_name).drop_duplicates(id_name).set_index(id_name)
    ids = table.index if id_name == table.index.name else table[id_name]
    rows = files.reindex(ids.to_numpy())
    names = [n for n in summaries.titles if kind == "experiment" or n not in OF_PLANES]
    found = [
        measure
        for name in names
        for measure in _measure(name, *summaries.titles[name], PREPARED, rows[name], prepared=True)
    ]
    return found, ids.isin(files.index).tolist()
