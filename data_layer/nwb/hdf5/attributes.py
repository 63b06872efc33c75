"""The attributes of a group or dataset; one that cannot be read leaves the others as they are."""

from __future__ import annotations

import math
from typing import Any, NoReturn

import h5py
import numpy as np
from h5py import h5a, h5t

from data_layer.errors import StreamDamaged
from data_layer.nwb.hdf5 import limits
from data_layer.nwb.hdf5.bytes import StoredBytes
from data_layer.nwb.hdf5.faults import Damage, Refused
from data_layer.nwb.hdf5.headers import text_lengths
from data_layer.nwb.hdf5.storage import is_variable_text

READ = {h5t.INTEGER, h5t.FLOAT, h5t.STRING, h5t.ENUM}
"""The classes of HDF5 types that are read; not references, which may lead anywhere."""


class Attributes(dict[str, Any]):
    """The values of attributes by name.

    ``unreadable`` has an error for every other attribute: asking for it raises this error, because
    an attribute that cannot be read is not absent.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unreadable: dict[str, StreamDamaged] = {}

    def __missing__(self, name: str) -> NoReturn:
        raise self.unreadable.get(name) or KeyError(name)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.unreadable

    def get(self, name: str, default: Any = None) -> Any:
        """The value of an attribute, ``default`` if there is none.

        Raises:
            StreamDamaged: It cannot be read.
        """
        try:
            return self[name]
        except KeyError:
            return default


def attribute_names(thing: h5py.Group | h5py.Dataset, path: str) -> list[str]:
    """The names of the attributes.

    Raises:
        Damage: The list of names is damaged.
    """
    names = list(thing.attrs)
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) < len(names):
        raise Damage(f"the list of attributes of /{path} is damaged")
    return names


def read_attribute(stored_bytes: StoredBytes, thing: h5py.Group | h5py.Dataset, name: str) -> Any:
    """One attribute as str, number or array.

    Raises:
        Refused: It is too large, or of a type that is not read.
        OSError, RuntimeError, KeyError, ValueError, TypeError: HDF5 cannot read it.
    """
    stored = h5a.open(thing.id, name.encode())
    kind = stored.get_type()
    if kind.get_class() not in READ:
        raise Refused(f"attribute {name} is of a type that is not read here")
    size = math.prod(map(int, stored.shape)) * int(kind.get_size())
    if size > limits.MOST_ATTRIBUTE_BYTES:
        raise Refused(f"attribute {name} has {size:,} bytes")
    if kind.get_class() != h5t.STRING:
        return plain(thing.attrs[name])
    _check_texts(name, math.prod(map(int, stored.shape)), int(kind.get_size()))
    if is_variable_text(kind) and (lengths := text_lengths(stored_bytes, thing, name)) is not None:
        _check_texts(name, 1, int(lengths.max(initial=0)))
    value = thing.attrs[name]
    longest = max(map(len, np.ravel(np.asarray(value, object))), default=0)
    if longest > limits.LONGEST_TEXT_BYTES:
        del value  # else the error, which is kept, would hold it
    _check_texts(name, 1, longest)
    return plain(value)


def _check_texts(name: str, n: int, longest: int) -> None:
    """Refuse an attribute of too many or too long texts.

    It is looked at again after reading, for what the header of the object did not tell.
    """
    if n > limits.MOST_ATTRIBUTE_TEXTS:
        raise Refused(f"attribute {name} has {n:,} texts")
    if longest > limits.LONGEST_TEXT_BYTES:
        raise Refused(f"attribute {name} has a text of {longest:,} bytes")


def plain(value: Any) -> Any:
    """Convert text and numbers of HDF5 to Python's types.

    Raises:
        UnicodeError: A text is not UTF-8.
    """
    if isinstance(value, str):
        value.encode()  # h5py lets through, as surrogates, what is not UTF-8
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray) and value.dtype.kind in "OS":
        return np.array([plain(item) for item in value.flat], object).reshape(value.shape)
    return value
