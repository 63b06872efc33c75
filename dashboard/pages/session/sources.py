"""Finds the NWB file that a panel's table or picture comes from."""

from __future__ import annotations

from dashboard.pages.session.recording import Recording
from dashboard.urls import Address
from data_layer.store.session_store import SessionStore


def source_of(recording: Recording, plane: SessionStore | None = None) -> Address:
    """The address of the file of ``plane``, or without a plane of the file with the behaviour.

    Its kind is ``experiment`` or ``behavior``; a ``session`` has several files.
    """
    if recording.address.kind != "session":
        return recording.address
    return Address("experiment", (plane or recording.behavior).ophys_experiment_id)
