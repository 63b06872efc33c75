"""Ways to damage an NWB file, chosen at random: what each does, and what it may cost in silence."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import h5py
import numpy as np

from tests.fuzz import structures
from tests.support.nwb_parts import TEXT
from tests.support.writable import writable

SESSION = ("processing", "intervals", "acquisition", "general", "stimulus/templates")
ROOT = ("identifier", "session_start_time")
NEVER = ("general/devices", "acquisition/v_")
"""Nobody reads these."""
BOMB = 200_000_000
GRID = (2_000, 100_000)
AT_ONCE = 10_000_000


@dataclass(frozen=True)
class Harm:
    """What was done to a file.

    Attributes:
        words: what and where.
        absent: whether it takes something away as if it had never been there.
        blind: whether nothing in the file can tell it from other values.
    """

    words: str
    absent: bool = False
    blind: bool = False


def choose(path: Path, random: Random, kind: type[Any] = h5py.HLObject) -> str:
    """An object that sessions read."""
    with h5py.File(path, "r") as file:
        names = [
            name
            for name in structures.objects(path)
            if name.startswith((*SESSION, *ROOT)) and not name.startswith(NEVER)
        ]
        return random.choice([name for name in names if isinstance(file.get(name), kind)])


# structure


def blot(path: Path, random: Random) -> Harm:
    """Overwrite the beginning of an object's header."""
    inside = choose(path, random)
    n, byte = random.choice([4, 8, 16, 64]), random.choice([b"\0", b"\xff"])
    _write(path, structures.header(path, inside), byte * n)
    return Harm(f"{n} bytes at the header of /{inside} are {byte!r}")


def blot_structure(path: Path, random: Random) -> Harm:
    """Overwrite a node of a tree, a list of names, a heap."""
    content = path.read_bytes()
    spans = structures.values(path)
    place = random.choice(structures.signatures(content, spans))
    room = min((start for start, _ in spans if start > place), default=len(content)) - place
    n = min(random.choice([4, 16, 64, 256]), room)
    _write(path, place, b"\0" * n)
    return Harm(f"{n} bytes at {place} ({content[place : place + 4]!r}) are zero")


def flip_structure(path: Path, random: Random) -> Harm:
    """Change single bytes where no values lie; only files of the newest layout have checksums."""
    content = path.read_bytes()
    spans = sorted([*structures.values(path), *structures.heaps(content)])
    free = np.ones(len(content), bool)
    for start, stop in spans:
        free[start:stop] = False
    places = np.flatnonzero(free)
    chosen = [int(places[random.randrange(len(places))]) for _ in range(random.choice([1, 1, 4]))]
    for place in chosen:
        _write(path, place, bytes([content[place] ^ random.randrange(1, 256)]))
    return Harm(f"bytes at {chosen} are changed", blind=not checksummed(content))


def flip_anywhere(path: Path, random: Random) -> Harm:
    """Change bytes anywhere: values have no checksum, so only what is not ours counts."""
    size, chosen = path.stat().st_size, []
    for _ in range(random.choice([1, 10, 100])):
        chosen.append(random.randrange(size))
        _write(path, chosen[-1], bytes([random.randrange(256)]))
    return Harm(f"{len(chosen)} bytes from {chosen[0]} on are changed", blind=True)


def checksummed(content: bytes) -> bool:
    """Whether a file has the newest layout, in which checksums guard the structure."""
    return content[8] >= 2


def garble_chunk(path: Path, random: Random) -> Harm:
    """Overwrite a packed chunk of values."""
    with h5py.File(path, "r") as file:
        data = file["processing/ophys/event_detection/data"].id
        chunk = data.get_chunk_info(random.randrange(data.get_num_chunks()))
    byte = random.choice([b"\0", b"\xff"])
    _write(path, chunk.byte_offset, byte * chunk.size)
    return Harm(f"a chunk of events is {byte!r}")


def cut_off(path: Path, random: Random) -> Harm:
    """Cut the file off, like a download that broke off."""
    size = random.randrange(path.stat().st_size)
    path.write_bytes(path.read_bytes()[:size])
    return Harm(f"the file is cut off after {size} bytes")


# content


def delete(path: Path, random: Random) -> Harm:
    """Delete a group, dataset or link."""
    inside = choose(path, random)
    with writable(path) as file:
        del file[inside]
    # A session may have fewer kinds of stimuli, and no rewards, which its performance counts.
    may_lack = inside.endswith("_presentations") or inside in {"processing", "processing/rewards"}
    return Harm(f"/{inside} is deleted", absent=True, blind=may_lack)


def retype(path: Path, random: Random) -> Harm:
    """Replace a dataset by one of another type."""
    inside = choose(path, random, h5py.Dataset)
    with writable(path) as file:
        shape = file[inside].shape
        kinds: dict[str, Any] = {
            "text": np.full(shape, "soon", object),
            "complex": np.zeros(shape, np.complex128),
            "compound": np.zeros(shape, [("x", "u4"), ("weight", "f4")]),
            "vectors": np.zeros(shape, [("v", "f8", (3,))]),
            "references": np.full(shape, file["processing"].ref, h5py.ref_dtype),
        }
        kind = random.choice([k for k in kinds if k != "text" or not file[inside].dtype.hasobject])
        attributes = _attributes(file[inside])
        del file[inside]
        types = {"text": TEXT, "references": h5py.ref_dtype}
        new = file.create_dataset(inside, data=kinds[kind], dtype=types.get(kind))
        new.attrs.update(attributes)
    return Harm(f"/{inside} is {kind}")


def reshape(path: Path, random: Random) -> Harm:
    """Replace a dataset by one of another shape."""
    inside = choose(path, random, h5py.Dataset)
    with writable(path) as file:
        values, kind, attributes = file[inside][()], file[inside].dtype, _attributes(file[inside])
        shapes: dict[str, Callable[[Any], Any]] = {
            "one value": lambda v: v.ravel()[:1].reshape(()) if v.ndim else v.reshape(1),
            "one axis more": lambda v: np.stack([v, v], axis=-1),
            "ten rows less": lambda v: v[: max(len(v) - 10, 0)] if v.ndim else v.reshape(1),
            "ten times over": lambda v: np.concatenate([np.atleast_1d(v)] * 10),
        }
        name = random.choice(list(shapes))
        new = shapes[name](np.asarray(values))
        del file[inside]
        file.create_dataset(inside, data=new, dtype=kind).attrs.update(attributes)
    # Nothing else in a file says how large a picture is.
    return Harm(f"/{inside} has {name}", blind="/ophys/images/" in inside)


def strange_attribute(path: Path, random: Random) -> Harm:
    """Give an attribute another type."""
    inside = choose(path, random)
    with writable(path) as file:
        names = [n for n in file[inside].attrs if n not in {"behavior_session_id", *CARRIED}]
        name = random.choice([*names, "colnames", "resolution"])
        kinds: list[Any] = [
            np.zeros(3, [("x", "u4")]),
            file["processing"].ref,
            np.zeros((2, 2)),
            np.full(3, b"\xff\xfe"),
            h5py.Empty("f8"),
        ]
        value = random.choice(kinds)
        file[inside].attrs[name] = value
    return Harm(f"attribute {name} of /{inside} is {value!r}")


CARRIED = {"neurodata_type", "namespace", "object_id", "description", "unit", "nwb_version"}


# what must not be followed, and what unpacks to too much


def link(path: Path, random: Random) -> Harm:
    """Replace an object by a link out of the file, to nothing, or in a circle."""
    inside = choose(path, random)
    links = {
        "another file": h5py.ExternalLink(str(path), f"/{inside}"),
        "no file": h5py.ExternalLink("/nowhere.h5", "/x"),
        "nothing": h5py.SoftLink("/nowhere/at/all"),
        "itself": h5py.SoftLink(f"/{inside}"),
    }
    to = random.choice(list(links))
    with writable(path) as file:
        del file[inside]
        file[inside] = links[to]
    return Harm(f"/{inside} is a link to {to}")


def elsewhere(path: Path, random: Random) -> Harm:
    """Store a dataset outside the file, or put it together from others."""
    inside = choose(path, random, h5py.Dataset)
    secret = path.with_suffix(".secret")
    secret.write_bytes(b"secret" * 1000)
    with writable(path) as file:
        shape, kind = file[inside].shape, file[inside].dtype
        if kind.hasobject or not shape:
            shape, kind = (3,), np.dtype("S8")
        attributes = _attributes(file[inside])
        del file[inside]
        how = random.choice(["external", "virtual", "virtual of itself"])
        if how == "external":
            place = [(str(secret), 0, h5py.h5f.UNLIMITED)]
            file.create_dataset(inside, shape, kind, external=place)
        else:
            layout = h5py.VirtualLayout(shape, kind)
            source = "." if how.endswith("itself") else str(secret)
            layout[...] = h5py.VirtualSource(source, inside, shape)
            file.create_virtual_dataset(inside, layout)
        file[inside].attrs.update(attributes)
    return Harm(f"/{inside} is {how}")


def bomb(path: Path, random: Random) -> Harm:
    """Replace a dataset by few bytes that unpack to many."""
    inside = choose(path, random, h5py.Dataset)
    how = random.choice(list(BOMBS))
    with writable(path) as file:
        shape, kind, attributes = file[inside].shape, file[inside].dtype, _attributes(file[inside])
        del file[inside]
        BOMBS[how](file, inside, shape, np.dtype("f8") if kind.hasobject else kind)
        file[inside].attrs.update(attributes)
    return Harm(f"/{inside} is a bomb: {how}")


def _zeros(file: h5py.File, inside: str, shape: tuple[int, ...], kind: np.dtype[Any]) -> None:
    """Packed zeros, written chunk by chunk as already packed bytes."""
    grid = (BOMB, *shape[1:2]) if len(shape) < 3 else (GRID[0], *GRID)
    chunk = (2_000_000, *shape[1:2]) if len(shape) < 3 else (1, 100, 100_000)
    data = file.create_dataset(inside, grid, kind, chunks=chunk, compression="gzip")
    packed = _packed_zeros(int(np.prod(chunk)) * kind.itemsize)
    for start in range(0, min(grid[0], 100 * chunk[0]), chunk[0]):
        data.id.write_direct_chunk((start, *[0] * (len(grid) - 1)), packed)


def _unwritten(file: h5py.File, inside: str, shape: tuple[int, ...], kind: np.dtype[Any]) -> None:
    grid = (10**11, *shape[1:])
    file.create_dataset(inside, grid, kind, chunks=(10**5, *shape[1:]), compression="gzip")


def _one_chunk(file: h5py.File, inside: str, shape: tuple[int, ...], kind: np.dtype[Any]) -> None:
    grid = (max(shape[0], 1) if shape else 1, *shape[1:])
    wide = (400_000_000 // kind.itemsize, *shape[1:])
    data = file.create_dataset(
        inside, grid, kind, chunks=wide, maxshape=(None, *shape[1:]), compression="gzip"
    )
    data.id.write_direct_chunk((0,) * len(grid), zlib.compress(bytes(1000)))


def _overfull(file: h5py.File, inside: str, shape: tuple[int, ...], kind: np.dtype[Any]) -> None:
    """A chunk whose bytes unpack to a thousand times its size."""
    grid = (max(shape[0], 1) if shape else 1, *shape[1:])
    data = file.create_dataset(inside, grid, kind, chunks=grid, compression="gzip")
    data.id.write_direct_chunk((0,) * len(grid), _packed_zeros(2_000_000_000))


def _one_text(file: h5py.File, inside: str, shape: tuple[int, ...], kind: np.dtype[Any]) -> None:
    """Many texts in one place of the file."""
    n = shape[0] if shape else 1
    data = file.create_dataset(inside, (max(n, 300),), TEXT)
    data[:] = "x"
    data[0] = "y" * 20_000_000
    offset, path = data.id.get_offset(), file.filename
    file.flush()
    with open(path, "r+b") as stream:  # every text takes the place of the first
        stream.seek(offset)
        entry = stream.read(16)
        stream.seek(offset)
        stream.write(entry * len(data))


@cache
def _packed_zeros(n: int) -> bytes:
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(min(AT_ONCE, n - i))) for i in range(0, n, AT_ONCE)]
    return b"".join([*parts, packer.flush()])


BOMBS: dict[str, Callable[[h5py.File, str, tuple[int, ...], np.dtype[Any]], None]] = {
    "packed zeros": _zeros,
    "never written": _unwritten,
    "one huge chunk": _one_chunk,
    "an overfull chunk": _overfull,
    "one text many times": _one_text,
}

DAMAGES: dict[str, Callable[[Path, Random], Harm]] = {
    "blot": blot,
    "blot_structure": blot_structure,
    "flip_structure": flip_structure,
    "flip_anywhere": flip_anywhere,
    "garble_chunk": garble_chunk,
    "cut_off": cut_off,
    "delete": delete,
    "retype": retype,
    "reshape": reshape,
    "strange_attribute": strange_attribute,
    "link": link,
    "elsewhere": elsewhere,
    "bomb": bomb,
}
"""Every way by name; ``make fuzz`` chooses among them."""


def _attributes(dataset: h5py.Dataset) -> dict[str, Any]:
    """What can be written again of a dataset's attributes."""
    return {name: value for name, value in dataset.attrs.items() if name not in {"target", "table"}}


def _write(path: Path, place: int, content: bytes) -> None:
    with path.open("r+b") as stream:
        stream.seek(place)
        stream.write(content)
