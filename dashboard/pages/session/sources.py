"""Which NWB file a panel's table or picture comes from."""

from __future__ import annotations

from dashboard.pages.session.recording import Recording
from dashboard.urls import Address
from data_layer.store.session_store import SessionStore


def source_of(recording: Recording, plane: SessionStore | None = None) -> Address:
    """The file of ``plane``, else the one that answers for the behaviour.

    Its kind is ``experiment`` or ``behavior``, never ``session``, which is several files.
    """
    if recording.address.kind != "session":
        return recording.address
    return Address("experiment", (plane or recording.behavior).experiment.ophys_experiment_id)
