"""Arrays of a prepared store: read in parts, and never blank where a chunk is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import zarr
from numpy.typing import NDArray
from zarr.abc.store import ByteRequest
from zarr.core.buffer import Buffer, BufferPrototype
from zarr.storage import FsspecStore, LocalStore, StorePath, WrapperStore

from data_layer.errors import StoreDamaged

T = TypeVar("T")


class CompleteStore(WrapperStore[Any]):
    """A Zarr store in which a chunk that is not there is an error.

    Zarr alone would answer with fill values.
    """

    async def get(
        self, key: str, prototype: BufferPrototype, byte_range: ByteRequest | None = None
    ) -> Buffer | None:
        """The bytes of a key, as the wrapped store gives them."""
        found: Buffer | None = await self._store.get(key, prototype, byte_range)
        if found is None:
            raise FileNotFoundError(key)
        return found


def open_arrays(folder: str) -> CompleteStore:
    """The arrays under ``folder``, a path or an fsspec URL."""
    inner: Any = FsspecStore.from_url if is_remote(folder) else LocalStore
    return CompleteStore(inner(f"{folder}/arrays", read_only=True))


def is_remote(folder: str) -> bool:
    """Whether a folder is a URL."""
    return "://" in folder


class StoredArray:
    """A Zarr array whose failures are ours: ``array[...]`` reads, damage is ``StoreDamaged``."""

    def __init__(self, folder: str, store: CompleteStore, name: str, metadata: Any) -> None:
        self._folder, self._name = folder, name
        self._array: Any = zarr.Array.from_dict(StorePath(store, name), metadata)

    @property
    def shape(self) -> tuple[int, ...]:
        """As of the array."""
        return tuple(self._array.shape)

    def __getitem__(self, where: Any) -> NDArray[Any]:
        return reading(self._folder, self._name, lambda: np.asarray(self._array[where]))


def reading(folder: str, what: str, read: Callable[[], T]) -> T:
    """What ``read`` returns; whatever it raises means that the store is damaged."""
    try:
        return read()
    except FileNotFoundError as error:
        raise StoreDamaged(folder, f"{what}, of which a part is missing") from error
    except Exception as error:
        # Zarr, its codecs and Arrow each have exceptions of their own for a broken file.
        raise StoreDamaged(folder, f"{what}, which cannot be read") from error
