"""The interface of every project cache that the dashboard can show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import pandas as pd

if TYPE_CHECKING:
    from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
    from data_layer.nwb.behavior_session import BehaviorSession
    from data_layer.project_cache.metadata_tables.problems import TableProblem


class Cache(Protocol):
    """The tables and sessions of a project cache."""

    def get_ophys_experiment_table(self) -> pd.DataFrame:
        """See :class:`VisualBehaviorOphysProjectCache`."""

    def get_ophys_session_table(self) -> pd.DataFrame:
        """See :class:`VisualBehaviorOphysProjectCache`."""

    def get_behavior_session_table(self) -> pd.DataFrame:
        """See :class:`VisualBehaviorOphysProjectCache`."""

    def get_ophys_cells_table(self) -> pd.DataFrame:
        """See :class:`VisualBehaviorOphysProjectCache`."""

    @property
    def table_problems(self) -> tuple[TableProblem, ...]:
        """What was not used of the tables."""

    @property
    def newer_release(self) -> str:
        """A release that is newer than the one in use, as far as it is known; else empty."""

    @property
    def offline_because(self) -> str:
        """A sentence if object storage did not answer when it was last asked, else empty."""

    def expected_hash(self, path: Path) -> str | None:
        """The BLAKE2b hash that a file should have; None if no manifest tells it."""

    def available(self, kind: Literal["experiment", "session", "behavior"]) -> frozenset[int]:
        """The ids of a kind that can be opened, here or streamed."""

    def here(self, kind: Literal["experiment", "session", "behavior"]) -> frozenset[int]:
        """The ids of a kind whose whole file is on this machine."""

    def path_of(self, kind: Literal["experiment", "behavior"], id_: int) -> Path:
        """The NWB file of an id."""

    def get_behavior_session(self, behavior_session_id: int) -> BehaviorSession:
        """Open the behaviour of one session."""

    def get_behavior_ophys_experiment(self, ophys_experiment_id: int) -> BehaviorOphysExperiment:
        """Open one imaging plane."""
