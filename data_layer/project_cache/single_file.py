"""One NWB file as a project cache, with tables of one row made from the file's metadata."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from data_layer.derived.session_type import behavior_type, image_set, session_number
from data_layer.errors import StreamDamaged, StreamMissing, UnknownId
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.behavior_session import BehaviorSession
from data_layer.nwb.identifiers import shown_id
from data_layer.nwb.opening import open_session
from data_layer.project_cache.cache import ID_NAMES, Kind
from data_layer.project_cache.columns import INDEX, NULLABLE_INTEGERS, ORDER, TableName
from data_layer.project_cache.files import FileKind
from data_layer.project_cache.metadata_tables.problems import TableProblem

# Columns of the experiment table only; other metadata are columns of all three tables.
PLANE_ONLY = (
    "imaging_depth",
    "targeted_imaging_depth",
    "targeted_structure",
    "imaging_plane_group",
    "passive",
)
NEEDED = (
    "ophys_experiment_id",
    "ophys_session_id",
    "ophys_container_id",
    "mouse_id",
    "session_type",
    "date_of_acquisition",
)
NOT_OF_PLANES = ("imaging_plane_group_count",)
LAST_FAMILIAR = 3  # the number of the last imaging session with the images from training


class SingleFile:
    """``VisualBehaviorOphysProjectCache``'s interface for one file of any name.

    Columns that only the release's tables have are absent (prior exposures, experience level of
    novel image sets, file id). For a behaviour-only file the two ophys tables are empty.
    """

    def __init__(self, path: Path | str) -> None:
        """Read the file's metadata.

        Raises:
            FileMissing, FileDamaged, NotVisualBehavior: The file cannot be used.
        """
        self._path = Path(path).expanduser().resolve()
        with open_session(self._path) as session:
            self._facts = _facts(session)

    def expected_hash(self, path: Path) -> str | None:
        """None: there is no manifest."""
        del path
        return None

    @property
    def table_problems(self) -> tuple[TableProblem, ...]:
        """None: there are no tables that could have any."""
        return ()

    def get_ophys_experiment_table(self, **_: Any) -> pd.DataFrame:
        """One row for a file with imaging, else none; index ``ophys_experiment_id``."""
        facts = {k: v for k, v in self._facts.items() if k not in NOT_OF_PLANES}
        return self._table("ophys_experiment_table", facts)

    def get_ophys_session_table(self, **_: Any) -> pd.DataFrame:
        """One row for a file with imaging, else none; index ``ophys_session_id``."""
        return self._table("ophys_session_table", self._session_facts())

    def get_behavior_session_table(self, **_: Any) -> pd.DataFrame:
        """One row; index ``behavior_session_id``."""
        return self._table("behavior_session_table", self._session_facts())

    def get_ophys_cells_table(self) -> pd.DataFrame:
        """The file's ROIs, none without imaging; index ``cell_roi_id``."""
        with open_session(self._path) as session:
            return _cells(session)

    def get_behavior_ophys_experiment(self, ophys_experiment_id: int) -> BehaviorOphysExperiment:
        """Open the file.

        Raises:
            UnknownId: It has another ophys_experiment_id.
        """
        path = self.path_of("experiment", ophys_experiment_id)
        return BehaviorOphysExperiment.from_nwb_path(path)

    def get_behavior_session(self, behavior_session_id: int) -> BehaviorSession:
        """Open the file's behaviour.

        Raises:
            UnknownId: It has another behavior_session_id.
        """
        return BehaviorSession.from_nwb_path(self.path_of("behavior", behavior_session_id))

    def path_of(self, kind: FileKind, id_: int) -> Path:
        """The path of the file.

        Raises:
            UnknownId: It has another id.
        """
        if id_ not in self.available(kind):
            raise UnknownId(ID_NAMES[kind], id_)
        return self._path

    @property
    def newer_release(self) -> str:
        """Empty: a file belongs to no release."""
        return ""

    @property
    def offline_because(self) -> str:
        """Empty: no tables are asked for."""
        return ""

    def available(self, kind: Kind) -> frozenset[int]:
        """The file's id of that kind, if it has one."""
        name = "ophys_session_id" if kind == "session" else ID_NAMES[kind]
        id_ = self._facts.get(name)
        return frozenset() if id_ is None else frozenset({int(id_)})

    def here(self, kind: Kind) -> frozenset[int]:
        """As :meth:`available`: the file is on this machine."""
        return self.available(kind)

    def _session_facts(self) -> dict[str, Any]:
        facts = {k: v for k, v in self._facts.items() if k not in PLANE_ONLY}
        for name in ("ophys_experiment_id", "ophys_container_id"):
            if facts.get(name) is not None:
                facts[name] = [facts[name]]
        return facts

    def _table(self, name: TableName, facts: dict[str, Any]) -> pd.DataFrame:
        rows = [] if facts.get(INDEX[name]) is None else [facts]
        table = pd.DataFrame(rows, columns=[key for key in ORDER if key in facts])
        for column in table.columns.intersection(list(NULLABLE_INTEGERS)):
            table[column] = table[column].astype("Int64")
        dates = pd.to_datetime(table["date_of_acquisition"], utc=True)
        table["date_of_acquisition"] = dates.dt.as_unit("ns")
        return table.set_index(INDEX[name])


def _facts(session: BehaviorSession) -> dict[str, Any]:
    """The file's metadata, and columns that the tables derive from the session type."""
    facts = dict.fromkeys(NEEDED) | _metadata(session)
    # With one plane, the file has 0 and the tables have no value.
    facts["imaging_plane_group_count"] = facts.get("imaging_plane_group_count") or None
    session_type = facts["session_type"]
    return facts if session_type is None else facts | _of_session_type(str(session_type))


def _of_session_type(session_type: str) -> dict[str, Any]:
    number, behavior = session_number(session_type), behavior_type(session_type)
    facts = {
        "session_number": number,
        "image_set": image_set(session_type),
        "behavior_type": behavior,
        "passive": behavior == "passive_viewing",
    }
    # Only the tables know whether a later image set was familiar.
    if session_type.startswith("TRAINING"):
        facts["experience_level"] = "Training"
    elif number is not None and number <= LAST_FAMILIAR:
        facts["experience_level"] = "Familiar"
    return facts


def _metadata(session: BehaviorSession) -> dict[str, Any]:
    """The metadata with ids by which the file can be asked for, even if it lacks its own."""
    try:
        facts = dict(session.metadata)
    except (StreamMissing, StreamDamaged):
        facts = {}
    facts["behavior_session_id"] = shown_id(session, "behavior_session_id")
    if isinstance(session, BehaviorOphysExperiment):
        facts["ophys_experiment_id"] = shown_id(session, "ophys_experiment_id")
    return facts


def _cells(session: BehaviorSession) -> pd.DataFrame:
    if not isinstance(session, BehaviorOphysExperiment):
        columns = ["cell_roi_id", "ophys_experiment_id", "cell_specimen_id"]
        return pd.DataFrame(columns=columns).astype("Int64").set_index("cell_roi_id")
    table = session.cells[["cell_roi_id", "cell_specimen_id"]]
    table.insert(1, "ophys_experiment_id", shown_id(session, "ophys_experiment_id"))
    return table.set_index("cell_roi_id")
