"""The kinds of prepared data: how a value is written into a prepared store and read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import pandas as pd
from numpy.typing import NDArray

from data_layer.prepared.pack import outline_arrays, outlines_of, span_arrays, spans_of
from data_layer.values.slices import Outline, SpanSlice

if TYPE_CHECKING:
    from data_layer.prepared.reader import PreparedStore
    from data_layer.prepared.writer import StoreWriter

T = TypeVar("T")


class Kind(Protocol[T]):
    """Writes and reads values of one type."""

    def write(self, writer: StoreWriter, name: str, value: T) -> Any:
        """Write a value; the result, which must fit JSON, is stored on the label as its header."""

    def read(self, store: PreparedStore, name: str) -> T:
        """The value that was written.

        Raises:
            StoreDamaged: The value is missing or broken.
        """


@dataclass(frozen=True)
class Table:
    """A table in a Parquet file; reading it returns an instance of ``frame``."""

    frame: type[pd.DataFrame] = pd.DataFrame

    def write(self, writer: StoreWriter, name: str, value: pd.DataFrame) -> None:
        """See :class:`Kind`."""
        writer.table(name, value)

    def read(self, store: PreparedStore, name: str) -> pd.DataFrame:
        """See :class:`Kind`."""
        stored = store.table(name)
        table = self.frame(stored)
        table.attrs = stored.attrs
        return table


@dataclass(frozen=True)
class Rows:
    """A large array in a Zarr array with ``chunk`` rows per chunk."""

    chunk: int

    def write(self, writer: StoreWriter, name: str, value: NDArray[Any]) -> None:
        """See :class:`Kind`."""
        writer.array(name, value, self.chunk)

    def read(self, store: PreparedStore, name: str) -> NDArray[Any]:
        """See :class:`Kind`."""
        return store.array(name)[:]


class _Array:
    def write(self, writer: StoreWriter, name: str, value: NDArray[Any]) -> None:
        writer.small({name: value})

    def read(self, store: PreparedStore, name: str) -> NDArray[Any]:
        return store.small[name]


class _Spans:
    def write(self, writer: StoreWriter, name: str, value: SpanSlice) -> Any:
        arrays, header = span_arrays(name, value)
        writer.small(arrays)
        return header

    def read(self, store: PreparedStore, name: str) -> SpanSlice:
        return spans_of(name, store.small, store.header(name))


class _Outlines:
    def write(self, writer: StoreWriter, name: str, value: tuple[Outline, ...]) -> None:
        writer.small(outline_arrays(name, value))

    def read(self, store: PreparedStore, name: str) -> tuple[Outline, ...]:
        return outlines_of(name, store.small)


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A value on the label; ``encode`` converts it to types of JSON, ``decode`` converts back."""

    encode: Callable[[T], Any] = _same
    decode: Callable[[Any], T] = _same

    def write(self, writer: StoreWriter, name: str, value: T) -> Any:
        """See :class:`Kind`."""
        return self.encode(value)

    def read(self, store: PreparedStore, name: str) -> T:
        """See :class:`Kind`."""
        return self.decode(store.header(name))


TABLE = Table()
ARRAY: Kind[NDArray[Any]] = _Array()
"""A small array (n,); all of these are in one file, the pack."""
SPANS: Kind[SpanSlice] = _Spans()
"""Spans of the whole session, in the pack."""
OUTLINES: Kind[tuple[Outline, ...]] = _Outlines()
"""Outlines of cells, in the pack."""
