"""The registry of prepared data: what is worked out once per session and stays on disk.

A datum is declared where it is computed, and nowhere else::

    @prepared("bounds", Fact(decode=tuple))
    def bounds(data: SessionData) -> tuple[float, float]:
        times = data.session.stimulus_timestamps
        return float(times[0]), float(times[-1])

From this follow that a prepared store gets it when it is built, that ``bounds(store)`` reads it
from there, and that it is computed from the NWB file where there is no such store or a damaged
one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from data_layer.prepared.kinds import Kind

if TYPE_CHECKING:
    from data_layer.prepared.reader import PreparedStore
    from data_layer.prepared.writer import StoreWriter

T = TypeVar("T")
S = TypeVar("S", bound="SupportsGet", contravariant=True)


class SupportsGet(Protocol):
    """What can be asked for a datum: a session with or without a prepared store."""

    def get(self, datum: Datum[Self, T]) -> T:
        """The value of a datum."""


@dataclass(frozen=True)
class Datum(Generic[S, T]):
    """One prepared datum; ``datum(store)`` is its value.

    Attributes:
        name: under which it lies in a prepared store.
        kind: how it lies there.
        compute: works it out from the session.
        needs_cells: whether only imaging planes have it.
    """

    name: str
    kind: Kind[T]
    compute: Callable[[S], T]
    needs_cells: bool = False

    def __call__(self, store: S) -> T:
        """Its value: remembered, else read from the prepared store, else computed."""
        return store.get(self)

    def write(self, writer: StoreWriter, value: T) -> None:
        """Put a value into the store that is being written."""
        writer.header(self.name, self.kind.write(writer, self.name, value))

    def read(self, store: PreparedStore) -> T:
        """The value that a prepared store holds.

        Raises:
            StoreDamaged: it is missing or broken.
        """
        return self.kind.read(store, self.name)


REGISTRY: dict[str, Datum[Any, Any]] = {}
"""Every datum that was declared by the modules imported so far, by its name."""


def prepared(
    name: str, kind: Kind[T], *, needs_cells: bool = False
) -> Callable[[Callable[[S], T]], Datum[S, T]]:
    """Declare that what the decorated function computes is prepared; see :class:`Datum`.

    Raises:
        ValueError: the name is taken.
    """

    def declare(compute: Callable[[S], T]) -> Datum[S, T]:
        if name in REGISTRY:
            raise ValueError(f"Two prepared data are called {name!r}.")
        datum = Datum(name, kind, compute, needs_cells)
        REGISTRY[name] = datum
        return datum

    return declare
