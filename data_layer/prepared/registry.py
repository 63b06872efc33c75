"""The registry of prepared data, which are computed once per session and stored on disk.

A datum is declared only where it is computed::

    @prepared("bounds", Fact(decode=tuple))
    def bounds(data: SessionData) -> tuple[float, float]:
        times = data.session.stimulus_timestamps
        return float(times[0]), float(times[-1])

With this declaration, building a prepared store includes the datum, and ``bounds(store)`` reads it
from there. If there is no prepared store or it is damaged, the datum is computed from the NWB file.
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
    """A session, with or without a prepared store, that returns values of data."""

    def get(self, datum: Datum[Self, T]) -> T:
        """The value of a datum."""


@dataclass(frozen=True)
class Datum(Generic[S, T]):
    """One prepared datum; ``datum(store)`` returns its value.

    Attributes:
        name: its name in a prepared store.
        kind: how it is stored there.
        compute: computes it from the session.
        needs_cells: whether only imaging planes have it.
    """

    name: str
    kind: Kind[T]
    compute: Callable[[S], T]
    needs_cells: bool = False

    def __call__(self, store: S) -> T:
        """Its value: from memory, else from the prepared store, else computed."""
        return store.get(self)

    def write(self, writer: StoreWriter, value: T) -> None:
        """Write a value into the store that is being built."""
        writer.header(self.name, self.kind.write(writer, self.name, value))

    def read(self, store: PreparedStore) -> T:
        """The value in a prepared store.

        Raises:
            StoreDamaged: The value is missing or broken.
        """
        return self.kind.read(store, self.name)


REGISTRY: dict[str, Datum[Any, Any]] = {}
"""Every datum declared by the modules imported so far, by name."""


def prepared(
    name: str, kind: Kind[T], *, needs_cells: bool = False
) -> Callable[[Callable[[S], T]], Datum[S, T]]:
    """Decorator: declare the result of a function as a prepared datum; see :class:`Datum`.

    Raises:
        ValueError: The name is taken.
    """

    def declare(compute: Callable[[S], T]) -> Datum[S, T]:
        if name in REGISTRY:
            raise ValueError(f"Two prepared data are called {name!r}.")
        datum = Datum(name, kind, compute, needs_cells)
        REGISTRY[name] = datum
        return datum

    return declare
