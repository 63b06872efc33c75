"""``Recording``: the stores that a session page shows, one behaviour and its imaging planes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.urls import Address
from data_layer.errors import NotOnThisMachine
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.session_store import SessionStore


@dataclass(frozen=True, slots=True)
class Recording:
    """The stores of a session.

    ``behavior`` has the streams that all planes share, ``planes`` (may be empty) have the cells.
    ``absent`` lists the ophys_experiment_ids of planes without a file on this machine.
    """

    address: Address
    behavior: SessionStore
    planes: tuple[SessionStore, ...] = ()
    absent: tuple[int, ...] = ()

    def plane_of(self, cell: int) -> tuple[SessionStore, int] | None:
        """The plane of a cell and its cell_roi_id; ``cell`` is a specimen or ROI id."""
        for plane in self.planes:
            roi_id = cell_roi_id(plane, cell)
            if roi_id is not None:
                return plane, roi_id
        return None


def open_recording(stores: OpenStores, address: Address) -> Recording:
    """Open the recording at an address.

    Raises:
        DataLayerError: the id is unknown, or a file is missing or damaged.
    """
    if address.kind == "behavior":
        return Recording(address, stores.behavior(address.id))
    if address.kind == "experiment":
        plane = stores.experiment(address.id)
        return Recording(address, plane, (plane,))
    return _open_session(stores, address)


def _open_session(stores: OpenStores, address: Address) -> Recording:
    planes, absent = [], []
    problem: NotOnThisMachine | None = None
    for experiment_id in stores.experiment_ids(address.id):
        try:
            planes.append(stores.experiment(experiment_id))
        except NotOnThisMachine as error:
            problem = error
            absent.append(experiment_id)
    if not planes and problem:
        raise problem
    return Recording(address, planes[0], tuple(planes), tuple(absent))


def fingerprints(stores: OpenStores, address: dict[str, Any]) -> list[str]:
    """Fingerprints of an address's files, and ids of absent ones; raises as opening does."""
    recording = open_recording(stores, Address.from_json(address))
    files = [recording.behavior, *recording.planes]
    return [*(store.fingerprint for store in files), *map(str, recording.absent)]


def cell_roi_id(plane: SessionStore, cell: int) -> int | None:
    """The cell_roi_id of a cell, given by cell_specimen_id or, if unmatched, by cell_roi_id."""
    names = plane.cell_names
    if cell in names:
        return cell
    return next((roi_id for roi_id, name in names.items() if name == cell), None)
