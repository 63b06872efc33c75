"""``Address``: the kind and id of the recording that a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from dashboard.urls.templates import fill

Kind = Literal["experiment", "behavior", "session"]
ID_NAMES: dict[Kind, str] = {
    "experiment": "ophys_experiment_id",
    "behavior": "behavior_session_id",
    "session": "ophys_session_id",
}
RECORDING = "/{kind}/{id}"


@dataclass(frozen=True, slots=True)
class Address:
    """One imaging plane, one behaviour session, or all planes of one imaging session."""

    kind: Kind
    id: int

    @property
    def id_name(self) -> str:
        """AllenSDK's name of the id, such as ``ophys_experiment_id``."""
        return ID_NAMES[self.kind]

    @property
    def path(self) -> str:
        """The path of the recording's page."""
        return fill(RECORDING, kind=self.kind, id=self.id)

    def to_json(self) -> dict[str, str | int]:
        """The content of the page's ``address`` store."""
        return {"kind": self.kind, "id": self.id}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Address:
        """Parse the content of the ``address`` store."""
        return cls(cast(Kind, data["kind"]), int(data["id"]))
