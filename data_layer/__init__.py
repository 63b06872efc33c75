"""Allen Visual Behavior Ophys data under AllenSDK's names, read without AllenSDK.

    from data_layer import BehaviorOphysExperiment

    with BehaviorOphysExperiment.from_nwb_path("behavior_ophys_experiment_951980471.nwb") as e:
        e.metadata["targeted_structure"], e.dff_traces, e.licks

Readers are imported on first use, so importing the package itself is fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from data_layer.errors import (
    DataLayerError,
    FileDamaged,
    FileMissing,
    FileNotReadable,
    ManifestMissing,
    NotOnThisMachine,
    NotVisualBehavior,
    ProjectCacheError,
    SessionClosed,
    SessionFileError,
    StreamDamaged,
    StreamMissing,
    TableDamaged,
    UnknownId,
)

if TYPE_CHECKING:
    from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
    from data_layer.nwb.behavior_session import BehaviorSession
    from data_layer.nwb.opening import open_session
    from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
    from data_layer.project_cache.errors import BehaviorCloudCacheVersionException

__all__ = [
    "BehaviorCloudCacheVersionException",
    "BehaviorOphysExperiment",
    "BehaviorSession",
    "DataLayerError",
    "FileDamaged",
    "FileMissing",
    "FileNotReadable",
    "ManifestMissing",
    "NotOnThisMachine",
    "NotVisualBehavior",
    "ProjectCacheError",
    "SessionClosed",
    "SessionFileError",
    "StreamDamaged",
    "StreamMissing",
    "TableDamaged",
    "UnknownId",
    "VisualBehaviorOphysProjectCache",
    "open_session",
]

_READERS = {
    "BehaviorCloudCacheVersionException": "data_layer.project_cache.errors",
    "BehaviorOphysExperiment": "data_layer.nwb.behavior_ophys_experiment",
    "BehaviorSession": "data_layer.nwb.behavior_session",
    "VisualBehaviorOphysProjectCache": "data_layer.project_cache.cache",
    "open_session": "data_layer.nwb.opening",
}


def __getattr__(name: str) -> object:
    if name not in _READERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_READERS[name]), name)
