"""Opens a file of the cache, and refuses it if it holds another recording than was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from data_layer.errors import StreamMissing, WrongFile
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.behavior_session import BehaviorSession

EXPERIMENT, BEHAVIOR = "ophys_experiment_id", "behavior_session_id"
Session = TypeVar("Session", bound=BehaviorSession)


def open_experiment(path: Path, ophys_experiment_id: int) -> BehaviorOphysExperiment:
    """Open the file of an imaging plane.

    Raises:
        WrongFile: The file names another experiment, or is a behaviour session's.
        SessionFileError: It cannot be read.
    """
    try:
        experiment = BehaviorOphysExperiment.from_nwb_path(path)
    except StreamMissing as error:
        with BehaviorSession.from_nwb_path(path) as session:
            _require(session, EXPERIMENT, ophys_experiment_id)
            if EXPERIMENT not in session.identifiers and BEHAVIOR in session.identifiers:
                raise WrongFile(path, EXPERIMENT, ophys_experiment_id, None) from error
        raise
    return _require(experiment, EXPERIMENT, ophys_experiment_id)


def open_behavior(path: Path, behavior_session_id: int) -> BehaviorSession:
    """Open the behaviour in the file of a session or of one of its planes.

    Raises:
        WrongFile: The file names another behaviour session.
        SessionFileError: It cannot be read.
    """
    return _require(BehaviorSession.from_nwb_path(path), BEHAVIOR, behavior_session_id)


def _require(session: Session, id_name: str, asked: int) -> Session:
    """The session; it is closed if it names another id. One that names none is not refused."""
    for found in session.identifiers.get(id_name, ()):
        if found != asked:
            session.close()
            raise WrongFile(session.path, id_name, asked, found)
    return session
