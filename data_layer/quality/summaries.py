"""Summaries: what views of many sessions need of one, stored beside its prepared store.

Each NWB file has one small JSON file, which is replaced atomically, so that processes that prepare
at the same time need no lock. A summary stays when its store is removed to save space.
``summary_table`` reads all of them as one table.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_layer.errors import NotReadableNow, SessionFileError
from data_layer.kept_files import write_json
from data_layer.quality.behavior_numbers import behavior_numbers
from data_layer.quality.measures import measures
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
        "behavior": _behavior(store),
    }


def _behavior(store: SessionStore) -> dict[str, float | None]:
    """The numbers of the session's behaviour; none if a stream that they need is damaged."""
    try:
        return behavior_numbers(store.session)
    except NotReadableNow:
        raise
    except SessionFileError:
        return {}


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
