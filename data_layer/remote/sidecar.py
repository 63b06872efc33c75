"""A sidecar: the structure and the small datasets of one file, so that it opens without a request.

It holds the byte ranges that HDF5 reads on a walk over the whole file, compressed, for one
version of one object. It is text and bytes only, is checked before it is used, and can be made by
whoever opens a file without one.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise

from data_layer.remote.bucket import StoredObject

MAGIC = b"vbdash sidecar 1\n"
LARGEST = 128 * 2**20  # bytes that a sidecar may hold
JOIN = 512
"""Ranges with a smaller gap are held as one."""

Range = tuple[int, int]


class BadSidecar(ValueError):
    """The sidecar is broken, or belongs to another object; the file is then read without it."""


@dataclass(frozen=True)
class Sidecar:
    """The ranges of one object of ``size`` bytes, ascending, and the bytes of each."""

    wanted: StoredObject
    size: int
    spans: tuple[Range, ...]
    parts: tuple[bytes, ...]

    @cached_property
    def starts(self) -> list[int]:
        """Where each range begins."""
        return [start for start, _ in self.spans]

    def part(self, index: int, start: int, stop: int) -> bytes | None:
        """Some bytes of a range; None if they reach beyond it."""
        begins, ends = self.spans[index]
        return self.parts[index][start - begins : stop - begins] if stop <= ends else None

    def to_bytes(self) -> bytes:
        """The sidecar as one file."""
        body = zlib.compress(b"".join(self.parts), 6)
        facts = {
            "object": asdict(self.wanted),
            "size": self.size,
            "spans": self.spans,
            "hash": hashlib.blake2b(body, digest_size=16).hexdigest(),
        }
        return MAGIC + json.dumps(facts).encode() + b"\n" + body

    @classmethod
    def from_bytes(cls, content: bytes, wanted: StoredObject) -> Sidecar:
        """Read what :meth:`to_bytes` has written for the object ``wanted``.

        Raises:
            BadSidecar: It is broken, too large, or was made for another object or version.
        """
        try:
            return cls._read(content, wanted)
        except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
            raise BadSidecar(str(error)) from error

    @classmethod
    def _read(cls, content: bytes, wanted: StoredObject) -> Sidecar:
        head, _, rest = content.removeprefix(MAGIC).partition(b"\n")
        facts = json.loads(head)
        size, spans = int(facts["size"]), [(int(a), int(b)) for a, b in facts["spans"]]
        length = sum(stop - start for start, stop in spans)
        _require(content.startswith(MAGIC), "not a sidecar")
        _require(facts["object"] == asdict(wanted), "made for another object")
        _require(_in_order(spans, size) and length <= LARGEST, "ranges out of bounds")
        whole = hashlib.blake2b(rest, digest_size=16).hexdigest() == facts["hash"]
        _require(whole, "its content is broken")
        body = zlib.decompressobj().decompress(rest, length)
        _require(len(body) == length, "its content is cut off")
        parts, at = [], 0
        for start, stop in spans:
            parts.append(body[at : at + stop - start])
            at += stop - start
        return cls(wanted, size, tuple(spans), tuple(parts))


def joined(pieces: Iterable[Range]) -> list[Range]:
    """The ranges in ascending order; those that touch or nearly touch as one."""
    spans: list[Range] = []
    for start, stop in sorted(pieces):
        if spans and start <= spans[-1][1] + JOIN:
            spans[-1] = spans[-1][0], max(spans[-1][1], stop)
        else:
            spans.append((start, stop))
    return spans


def _in_order(spans: list[Range], size: int) -> bool:
    inside = all(0 <= start < stop <= size for start, stop in spans)
    return inside and all(one[1] <= other[0] for one, other in pairwise(spans))


def _require(condition: bool, problem: str) -> None:
    if not condition:
        raise BadSidecar(problem)
