"""``Recording``: the stores that a session page shows, one behaviour and its imaging planes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from dashboard.components.chips import plane_name
from dashboard.components.problems.parts import without_path
from dashboard.urls import Address
from data_layer.errors import DataLayerError, NotOnThisMachine
from data_layer.project_cache.open_stores import OpenStores
from data_layer.remote.errors import was_unreachable
from data_layer.store.session_store import SessionStore

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class LostPlane:
    """An imaging plane that cannot be read: its ophys_experiment_id, what it is called, and why."""

    id: int
    name: str
    problem: DataLayerError

    @property
    def is_absent(self) -> bool:
        """Whether it has no file on this machine and none that could be streamed."""
        return isinstance(self.problem, NotOnThisMachine)

    @property
    def sentence(self) -> str:
        """Which plane it is and what is wrong."""
        return f"{self.name}: {without_path(self.problem)}"


@dataclass(frozen=True, slots=True)
class Recording:
    """The stores of a session.

    ``behavior`` has the streams that all planes share. ``files`` are the imaging planes, by area
    and depth; a plane whose file cannot be opened is a :class:`LostPlane` in its place.
    """

    address: Address
    behavior: SessionStore
    files: tuple[SessionStore | LostPlane, ...] = ()

    @property
    def planes(self) -> tuple[SessionStore, ...]:
        """The planes whose files are open; empty for behaviour without imaging."""
        return tuple(file for file in self.files if isinstance(file, SessionStore))

    @property
    def lost(self) -> tuple[LostPlane, ...]:
        """The planes that cannot be opened, without those that have no file here."""
        return tuple(
            file for file in self.files if isinstance(file, LostPlane) and not file.is_absent
        )

    @property
    def absent(self) -> tuple[int, ...]:
        """The ophys_experiment_ids of the planes without a file here."""
        lost = (file for file in self.files if isinstance(file, LostPlane))
        return tuple(file.id for file in lost if file.is_absent)

    def plane_of(self, cell: int) -> tuple[SessionStore, int] | None:
        """The plane of a cell and its cell_roi_id; ``cell`` is a specimen or ROI id.

        Raises:
            DataLayerError: No plane that can be read has it, and one cannot be read.
        """
        problem: DataLayerError | None = None
        for plane in self.planes:
            try:
                roi_id = cell_roi_id(plane, cell)
            except DataLayerError as error:
                problem = problem or error
                continue
            if roi_id is not None:
                return plane, roi_id
        if problem:
            raise problem
        return None

    def of_planes(self, read: Callable[[SessionStore], Value]) -> list[Value | LostPlane]:
        """What ``read`` gives for each of ``files``; a plane that cannot be read costs no other.

        Raises:
            DataLayerError: No plane can be read; the first problem.
        """
        answers = self.each_plane(read)
        lost = [one for one in answers if isinstance(one, LostPlane)]
        if lost and len(lost) == len(answers):
            raise next((one for one in lost if not one.is_absent), lost[0]).problem
        return answers

    def each_plane(self, read: Callable[[SessionStore], Value]) -> list[Value | LostPlane]:
        """As :meth:`of_planes`, also where no plane can be read."""
        return [*self._read(read)]

    def _read(self, read: Callable[[SessionStore], Value]) -> Iterator[Value | LostPlane]:
        for file in self.files:
            if isinstance(file, LostPlane):
                yield file
                continue
            try:
                yield read(file)
            except DataLayerError as error:
                yield LostPlane(file.ophys_experiment_id, name_of(file), error)


def readable(answers: Sequence[Value | LostPlane]) -> tuple[list[Value], list[str]]:
    """What could be read of the planes, and a sentence for each that cannot, but is here."""
    lost = [one for one in answers if isinstance(one, LostPlane)]
    values = [one for one in answers if not isinstance(one, LostPlane)]
    return values, [one.sentence for one in lost if not one.is_absent]


def name_of(plane: SessionStore) -> str:
    """Area and depth of a plane, or its id where its metadata cannot be read."""
    with suppress(DataLayerError):
        return plane_name(plane.metadata)
    return f"experiment {plane.ophys_experiment_id}"


def open_recording(stores: OpenStores, address: Address) -> Recording:
    """Open the recording at an address.

    Raises:
        DataLayerError: the id is unknown, or no file of it can be opened.
    """
    if address.kind == "behavior":
        return Recording(address, stores.behavior(address.id))
    if address.kind == "experiment":
        plane = stores.experiment(address.id)
        return Recording(address, plane, (plane,))
    return _open_session(stores, address)


def _open_session(stores: OpenStores, address: Address) -> Recording:
    files = tuple(_opened(stores, id_) for id_ in stores.experiment_ids(address.id))
    planes = [file for file in files if isinstance(file, SessionStore)]
    if not planes:
        lost = [file for file in files if isinstance(file, LostPlane)]
        raise next((one for one in lost if not one.is_absent), lost[0]).problem
    return Recording(address, _with_behavior(planes), files)


def _opened(stores: OpenStores, experiment_id: int) -> SessionStore | LostPlane:
    try:
        return stores.experiment(experiment_id)
    except DataLayerError as error:
        row = stores.cache.get_ophys_experiment_table().loc[experiment_id]
        facts = {str(name): value for name, value in row.items()}
        return LostPlane(experiment_id, plane_name(facts), error)


def _with_behavior(planes: Sequence[SessionStore]) -> SessionStore:
    """The first plane whose clock can be read, as each has a copy of the behaviour.

    Those of which storage did not give something a moment ago come last.
    """
    for plane in sorted(planes, key=lambda plane: was_unreachable(plane.session.path)):
        with suppress(DataLayerError):
            plane.bounds  # noqa: B018 - it is read
            return plane
    return planes[0]


def fingerprints(stores: OpenStores, address: dict[str, Any]) -> list[str]:
    """Fingerprints of an address's files, and ids of those not open; raises as opening does."""
    recording = open_recording(stores, Address.from_json(address))
    states = [
        str(file.id) if isinstance(file, LostPlane) else file.fingerprint
        for file in recording.files or (recording.behavior,)
    ]
    return [recording.behavior.fingerprint, *states]


def cell_roi_id(plane: SessionStore, cell: int) -> int | None:
    """The cell_roi_id of a cell, given by cell_specimen_id or, if unmatched, by cell_roi_id."""
    names = plane.cell_names
    if cell in names:
        return cell
    return next((roi_id for roi_id, name in names.items() if name == cell), None)
