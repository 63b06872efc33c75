"""Finds an object of a file by its path, without ever leaving the file.

h5py follows links into other files by itself, and takes a link that leads nowhere for absence.
"""

from __future__ import annotations

from collections import deque
from typing import TypeAlias

import h5py
from h5py import h5d, h5g, h5l, h5o, h5t

from data_layer.nwb.hdf5.faults import Damage, Refused
from data_layer.nwb.hdf5.limits import MOST_LINKS

Found: TypeAlias = "h5g.GroupID | h5d.DatasetID | h5t.TypeID"
Steps = deque[tuple[bytes, bool]]
"""Names still to be followed; True for those that a soft link promises to be there."""


def find(file: h5py.File, path: str) -> Found | None:
    """The group or dataset at a path; None if the file has no such object.

    Raises:
        Damage: Something on the path is there and cannot be opened.
        Refused: A link on the path leads out of the file.
        OSError, RuntimeError, KeyError, ValueError: HDF5 cannot read something on the path.
    """
    root = h5g.open(file.id, b"/")
    at: Found = root
    steps: Steps = deque((name, False) for name in path.encode().split(b"/"))
    n_links = 0
    while steps:
        name, promised = steps.popleft()
        if name in {b"", b"."}:
            continue
        if not isinstance(at, h5g.GroupID):
            raise Damage(f"/{path} leads through something that is no group")
        if not at.links.exists(name):
            if promised:
                raise Damage(f"/{path} is a link to something that is not there")
            names_in(at, path)  # a damaged list of names does not prove absence
            return None
        kind = at.links.get_info(name).type
        if kind == h5l.TYPE_HARD:
            at = h5o.open(at, name)
            continue
        target = _target(at, name, kind, path)
        steps.extendleft((step, True) for step in reversed(target.split(b"/")))
        at, n_links = (root if target.startswith(b"/") else at), n_links + 1
        if n_links > MOST_LINKS:
            raise Damage(f"/{path} is a link that leads in a circle")
    return at


def names_in(group: h5g.GroupID, path: str) -> list[str]:
    """The names in a group.

    Raises:
        Damage: The list of names is damaged.
    """
    stored: list[bytes] = []
    group.links.iterate(stored.append)
    names = [_text(name) for name in stored]
    sound = all(names) and len(set(stored)) == len(stored)
    if not sound or not all(map(group.links.exists, stored)):
        raise Damage(f"the list of names on the way to /{path} is damaged")
    return [name for name in names if name]


def _target(group: h5g.GroupID, name: bytes, kind: int, path: str) -> bytes:
    if kind != h5l.TYPE_SOFT:
        raise Refused(f"/{path} is a link into another file")
    target: bytes = group.links.get_val(name)
    if not target:
        raise Damage(f"/{path} is a link to something that is not there")
    return target


def _text(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError:
        return ""
