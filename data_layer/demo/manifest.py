"""Writes the manifest of the demo release, and gives the paths of its files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from data_layer.demo.sessions import SessionPlan
from data_layer.demo.tables import file_ids_of

VERSION = "1.1.0"
PROJECT = "visual-behavior-ophys"
NAME = f"{PROJECT}_project_manifest_v{VERSION}.json"
LAST_USED = "_manifest_last_used.txt"
DOWNLOADED = "_downloaded_data.json"

_BUCKET = "https://visual-behavior-ophys-data.s3.us-west-2.amazonaws.com"
_UNKNOWN_HASH = "0" * 128  # of a file that was not built


def experiment_path(ophys_experiment_id: int) -> str:
    """The path of an experiment's file in the release."""
    return f"behavior_ophys_experiments/behavior_ophys_experiment_{ophys_experiment_id}.nwb"


def behavior_path(behavior_session_id: int) -> str:
    """The path of a training session's file in the release."""
    return f"behavior_sessions/behavior_session_{behavior_session_id}.nwb"


def table_path(name: str) -> str:
    """The path of a metadata table in the release."""
    return f"project_metadata/{name}.csv"


def release_folder(cache_dir: Path) -> Path:
    """The folder of this version's files in a cache directory."""
    return cache_dir / f"{PROJECT}-{VERSION}"


def write_manifest(
    cache_dir: Path, sessions: list[SessionPlan], tables: list[str], final: Path
) -> None:
    """Write the manifest of the files in ``cache_dir``, and AllenSDK's two state files.

    The state files name the last used manifest and the downloaded files. They have absolute paths,
    so ``final`` is the directory to which the release will be moved.
    """
    content = {
        "project_name": PROJECT,
        "manifest_version": VERSION,
        "data_pipeline": [
            {
                "name": "AllenSDK",
                "version": "2.16.2",
                "comment": "The version whose layout these simulated files have",
            }
        ],
        "metadata_file_id_column_name": "file_id",
        "metadata_files": {name: _entry(cache_dir, table_path(name)) for name in tables},
        "data_files": {
            str(file_id): _entry(cache_dir, path) for path, file_id in _data_files(sessions).items()
        },
    }
    (cache_dir / NAME).write_text(json.dumps(content, indent=1))
    (cache_dir / LAST_USED).write_text(NAME)
    files = sorted(release_folder(cache_dir).rglob("*.*"))
    there = {str(final.resolve() / p.relative_to(cache_dir)): blake2b(p) for p in files}
    (cache_dir / DOWNLOADED).write_text(json.dumps(there, indent=1))


def blake2b(path: Path) -> str:
    """The hash of a file as in the manifest."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, hashlib.blake2b).hexdigest()


def _data_files(sessions: list[SessionPlan]) -> dict[str, int]:
    ids = file_ids_of(sessions)
    experiments = [plane.ophys_experiment_id for s in sessions for plane in s.planes]
    training = [s.behavior_session_id for s in sessions if not s.planes]
    return {
        **{experiment_path(name): ids[name] for name in experiments},
        **{behavior_path(name): ids[name] for name in training},
    }


def _entry(cache_dir: Path, path: str) -> dict[str, Any]:
    file = release_folder(cache_dir) / path
    return {
        "url": f"{_BUCKET}/{PROJECT}/{path}",
        "version_id": hashlib.blake2b(path.encode(), digest_size=16).hexdigest(),
        "file_hash": blake2b(file) if file.is_file() else _UNKNOWN_HASH,
    }
