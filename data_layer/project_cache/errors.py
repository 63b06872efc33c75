"""Exceptions about versions of a release, its files and queries of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from data_layer.errors import DataLayerError, ManifestMissing, ObjectMissing, ProjectCacheError


class BehaviorCloudCacheVersionException(ManifestMissing):
    """The manifest is of a release that is not supported; AllenSDK's name for it."""


class UnknownManifest(ProjectCacheError, ValueError):
    """There is no manifest ``name``; ``names`` are those that there are."""

    def __init__(self, where: Path, name: str, names: Sequence[str]) -> None:
        known = ", ".join(names) or "none"
        super().__init__(where, f"has no manifest {name}", f"The manifests are: {known}")
        self.name, self.names = name, tuple(names)


class BadQuery(DataLayerError, ValueError):
    """The ``query`` of a table cannot be answered; ``problem`` says why."""

    def __init__(self, query: str, problem: str) -> None:
        super().__init__(query, problem)
        self.query, self.problem = query, problem

    def __str__(self) -> str:
        shown = self.query if len(self.query) <= 80 else f"{self.query[:77]}…"
        return (
            f"The query {shown!r} cannot be answered: {self.problem}. Compare columns with "
            "values, such as: cre_line == 'Vip-IRES-Cre' and imaging_depth < 200"
        )


class NotInStore(ObjectMissing):
    """The tables list the recording, but object storage has no file of it."""

    problem = "does not have the NWB file of {} {}, which the tables list"

    def __str__(self) -> str:
        return (
            f"{self.where} {self.problem.format(*self.facts)}: choose another recording or store."
        )
