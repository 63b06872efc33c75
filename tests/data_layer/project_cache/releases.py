"""Small releases for tests: a manifest and four tables, in both layouts, without NWB files.

Two mice. 101 and 102 are two planes of ophys session 11 (behaviour 1001), 103 is the plane of 101
on a later day (session 12, behaviour 1002); 104 is another mouse's (session 13, behaviour 1003).
2001 and 2002 are training sessions.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

PROJECT = "visual-behavior-ophys"
BUCKET = f"https://{PROJECT}-data.s3.us-west-2.amazonaws.com/{PROJECT}"
TABLE_NAMES = (
    "behavior_session_table",
    "ophys_session_table",
    "ophys_experiment_table",
    "ophys_cells_table",
)

MICE = {
    "1": {"cre_line": "Sst-IRES-Cre", "driver_line": ["Sst-IRES-Cre"], "sex": "F"},
    "2": {
        "cre_line": "Slc17a7-IRES2-Cre",
        "driver_line": ["Slc17a7-IRES2-Cre", "Camk2a-tTA"],
        "sex": "M",
    },
}
DAYS: dict[int, dict[str, Any]] = {
    2001: {"mouse_id": "1", "session_type": "TRAINING_1_gratings", "day": "2019-05-01"},
    2002: {"mouse_id": "1", "session_type": "TRAINING_3_images_A_10uL_reward", "day": "2019-05-02"},
    1001: {"mouse_id": "1", "session_type": "OPHYS_1_images_A", "day": "2019-06-01", "session": 11},
    1002: {
        "mouse_id": "1",
        "session_type": "OPHYS_5_images_B_passive",
        "day": "2019-06-03",
        "session": 12,
    },
    1003: {"mouse_id": "2", "session_type": "OPHYS_4_images_B", "day": "2019-06-02", "session": 13},
}
PLANES = {  # behaviour session, container, area, depth
    101: (1001, 501, "VISp", 150),
    102: (1001, 502, "VISl", 275),
    103: (1002, 501, "VISp", 152),
    104: (1003, 503, "VISp", 175),
}


def tables() -> dict[str, pd.DataFrame]:
    """The four tables as they are written into CSV files."""
    experiments = [_experiment(plane, *facts) for plane, facts in PLANES.items()]
    file_ids = {session: "" if "session" in DAYS[session] else session for session in DAYS}
    cells = [(9000 + n, plane, n % 3 and 7000 + n % 3) for plane in PLANES for n in range(3)]
    cells_of_file = [(roi + 10 * plane, plane, cell or "") for roi, plane, cell in cells]
    return {
        "behavior_session_table": pd.DataFrame(
            [_session(id_) | _planes_of(id_) | {"file_id": file_ids[id_]} for id_ in DAYS]
        ),
        "ophys_session_table": pd.DataFrame(
            [_session(id_) | _planes_of(id_) for id_ in DAYS if "session" in DAYS[id_]]
        ),
        "ophys_experiment_table": pd.DataFrame(experiments),
        "ophys_cells_table": pd.DataFrame(
            cells_of_file, columns=["cell_roi_id", "ophys_experiment_id", "cell_specimen_id"]
        ),
    }


def write_release(
    cache_dir: Path,
    *,
    static: bool = False,
    version: str = "1.1.0",
    changed: dict[str, pd.DataFrame] | None = None,
) -> Path:
    """Write a release as AllenSDK leaves it, or as it lies in a mounted bucket; returns its folder.

    The folders for NWB files are there and empty.
    """
    written = tables() | (changed or {})
    root = cache_dir / (PROJECT if static else f"{PROJECT}-{version}")
    write_tables(root / "project_metadata", written)
    for name in ("behavior_sessions", "behavior_ophys_experiments"):
        (root / name).mkdir(exist_ok=True)
    manifests = root / "manifests" if static else cache_dir
    manifests.mkdir(exist_ok=True)
    path = manifests / f"{PROJECT}_project_manifest_v{version}.json"
    path.write_text(json.dumps(manifest(version, written)))
    return root


def write_tables(folder: Path, written: dict[str, pd.DataFrame]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in written.items():
        table.to_csv(folder / f"{name}.csv", index=False)


def manifest(version: str, written: dict[str, pd.DataFrame]) -> dict[str, Any]:
    files = {
        str(row.file_id): _entry(f"behavior_ophys_experiments/{file_name('experiment', id_)}")
        for id_, row in written["ophys_experiment_table"]
        .set_index("ophys_experiment_id")
        .iterrows()
    }
    behavior = written["behavior_session_table"].set_index("behavior_session_id")["file_id"]
    files |= {
        str(file_id): _entry(f"behavior_sessions/{file_name('behavior', id_)}")
        for id_, file_id in behavior[behavior != ""].items()
    }
    return {
        "project_name": PROJECT,
        "manifest_version": version,
        "data_pipeline": [{"name": "AllenSDK", "version": "2.16.2", "comment": ""}],
        "metadata_file_id_column_name": "file_id",
        "metadata_files": {n: _entry(f"project_metadata/{n}.csv") for n in TABLE_NAMES},
        "data_files": files,
    }


def file_name(kind: str, id_: int) -> str:
    stem = "behavior_ophys_experiment" if kind == "experiment" else "behavior_session"
    return f"{stem}_{id_}.nwb"


def place_of(root: Path, kind: str, id_: int) -> Path:
    """Where a file of the release lies."""
    folder = "behavior_ophys_experiments" if kind == "experiment" else "behavior_sessions"
    return root / folder / file_name(kind, id_)


def _entry(path: str) -> dict[str, str]:
    return {"url": f"{BUCKET}/{path}", "version_id": "v", "file_hash": "0" * 128}


def _session(behavior_session_id: int) -> dict[str, Any]:
    day = DAYS[behavior_session_id]
    ophys = "session" in day
    passive = day["session_type"].endswith("passive")
    return {
        "behavior_session_id": behavior_session_id,
        "ophys_session_id": day.get("session", ""),
        "mouse_id": day["mouse_id"],
        **MICE[day["mouse_id"]],
        "age_in_days": 100 + behavior_session_id % 10,
        "session_type": day["session_type"],
        "session_number": int(day["session_type"][6]) if ophys else "",
        "image_set": "gratings" if "gratings" in day["session_type"] else f"images_{_letter(day)}",
        "behavior_type": "passive_viewing" if passive else "active_behavior",
        "experience_level": "Familiar" if ophys else "Training",
        "prior_exposures_to_image_set": "" if "gratings" in day["session_type"] else 3,
        "date_of_acquisition": f"{day['day']} 10:00:00.500000",
    }


def _planes_of(behavior_session_id: int) -> dict[str, Any]:
    planes = [p for p, facts in PLANES.items() if facts[0] == behavior_session_id]
    containers = [PLANES[plane][1] for plane in planes]
    if not planes:
        return {"ophys_experiment_id": "", "ophys_container_id": ""}
    return {"ophys_experiment_id": str(planes), "ophys_container_id": str(containers)}


def _experiment(
    plane: int, behavior_session_id: int, container: int, area: str, depth: int
) -> dict[str, Any]:
    session = _session(behavior_session_id)
    return {
        "ophys_experiment_id": plane,
        **session,
        "image_set": _letter(DAYS[behavior_session_id]),
        "ophys_container_id": container,
        "targeted_structure": area,
        "imaging_depth": depth,
        "passive": session["behavior_type"] == "passive_viewing",
        "file_id": plane - 101,
    }


def _letter(day: dict[str, Any]) -> str:
    return str(day["session_type"]).split("images_")[1][0]
