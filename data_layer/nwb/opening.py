"""Opens a file whose kind of session is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.behavior_session import BehaviorSession
from data_layer.nwb.file import NwbFile
from data_layer.nwb.streams import is_experiment


def open_session(path: Path | str, **options: Any) -> BehaviorSession | BehaviorOphysExperiment:
    """Open an NWB file as an experiment if it has imaging, else as a behaviour session.

    Args:
        path: path of the file.
        options: the fields of ``ReadingOptions``.

    Raises:
        FileMissing, FileDamaged, NotVisualBehavior: The file cannot be used.
    """
    nwb = NwbFile(path)
    try:
        imaging = is_experiment(nwb)
    finally:
        nwb.close()
    kind = BehaviorOphysExperiment if imaging else BehaviorSession
    return kind.from_nwb_path(path, **options)
