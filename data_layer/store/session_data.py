"""One session and its derived data: from memory, the prepared store or the NWB file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar, cast

from data_layer.errors import FileMissing
from data_layer.memo import Memo
from data_layer.prepared.fingerprint import fingerprint, size_and_time
from data_layer.prepared.registry import Datum
from data_layer.store.activity import Activity
from data_layer.store.source import Source

if TYPE_CHECKING:
    from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
    from data_layer.prepared.reader import PreparedStore
    from data_layer.store.signals import AnySession

T = TypeVar("T")


class SessionData:
    """An open session, its prepared store if there is one, and a memo of results.

    Attributes:
        session: the open ``BehaviorSession`` or ``BehaviorOphysExperiment``.
        source: reads signals and traces from the prepared store or the file.
        memo: results by name; errors are not stored.
    """

    def __init__(self, session: AnySession, prepared: PreparedStore | None = None) -> None:
        self.session: AnySession = session
        self.source = Source(session, prepared)
        self.memo = Memo()
        self._state = fingerprint(session.path)

    def get(self, datum: Datum[Self, T]) -> T:
        """The value of a prepared datum, same as ``datum(store)``."""

        def read() -> T:
            return self.source.either(datum.name, datum.read, lambda: datum.compute(self))

        return self.memo.get(datum.name, read)

    @property
    def fingerprint(self) -> str:
        """A text for the file's content: its path and its fingerprint when it was opened."""
        return f"{self.session.path}:{self._state}"

    def has_changed(self, *, thorough: bool = True) -> bool:
        """Whether the file has changed since it was opened.

        Unless ``thorough``, only its size and modification time are compared.
        """
        if self.session.has_changed:
            return True
        try:
            if not self._state.startswith(size_and_time(self.session.path)):
                return True
            return thorough and fingerprint(self.session.path) != self._state
        except FileMissing:
            return False  # an open file can still be read after its removal

    @property
    def has_cells(self) -> bool:
        """Whether this is an imaging plane."""
        # On the class, because on the instance hasattr() would read the traces.
        return hasattr(type(self.session), "dff_traces")

    @property
    def experiment(self) -> BehaviorOphysExperiment:
        """The session as an imaging plane; only valid if ``has_cells``."""
        return cast("BehaviorOphysExperiment", self.session)

    def activity(self, name: str) -> Activity:
        """One kind of trace of all cells: a name of ``TRACE_KINDS``."""
        return self.memo.get(f"activity {name}", lambda: self.source.activity(name))
