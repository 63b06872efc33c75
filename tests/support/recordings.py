"""Sessions of every kind, for tests that must pass for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data_layer import open_session
from data_layer.store.session_store import SessionStore
from tests.support.nwb_files import as_first_release, write_session

KINDS: dict[str, dict[str, Any]] = {
    "imaging": {"n_unmatched": 1},
    "imaging of 2021": {"n_unmatched": 1},
    "multi-plane": {"plane_group": 1, "plane_group_count": 4, "ophys_rate": 11.0},
    "passive": {"session_type": "OPHYS_2_images_A_passive"},
    "no eye tracking": {"eye_tracking": False},
    "training": {"session_type": "TRAINING_3_images_A_10uL_reward", "eye_tracking": False},
    "gratings": {"session_type": "TRAINING_1_gratings", "eye_tracking": False},
}


def write(kind: str, folder: Path) -> Path:
    """Write the NWB file of a session of one kind."""
    path = write_session(folder, **KINDS[kind])
    return as_first_release(path) if kind.endswith("2021") else path


@contextmanager
def opened(path: Path) -> Iterator[SessionStore]:
    """The store of a file."""
    with open_session(path) as session:
        yield SessionStore(session)
