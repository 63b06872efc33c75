"""Opening a file without knowing what kind of session it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.behavior_session import BehaviorSession
from data_layer.nwb.file import NwbFile
from data_layer.nwb.streams import is_experiment


def open_session(path: Path | str, **options: Any) -> BehaviorSession | BehaviorOphysExperiment:
    """The session of an NWB file: an experiment where it has imaging, else a behaviour session.

    Args:
        path: of the file.
        options: the fields of ``ReadingOptions``.

    Raises:
        FileMissing, FileDamaged, NotVisualBehavior: the file cannot be used.
    """
    nwb = NwbFile(path)
    try:
        imaging = is_experiment(nwb)
    finally:
        nwb.close()
    kind = BehaviorOphysExperiment if imaging else BehaviorSession
    return kind.from_nwb_path(path, **options)
