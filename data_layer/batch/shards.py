"""A part of all files for each of several jobs, such as those of a job array of SLURM."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from data_layer.batch.task import Item
from data_layer.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Shard:
    """Part ``number`` (from 1) of ``total``."""

    number: int = 1
    total: int = 1

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``3/16``.

        Raises:
            BadSetting: It is not two whole numbers, of which the first is from 1 to the second.
        """
        number, _, total = text.partition("/")
        expected = "the number of this part and that of all parts, such as 3/16, counted from 1"
        if not (number.isdecimal() and total.isdecimal() and 1 <= int(number) <= int(total)):
            raise BadSetting("--shard", text, expected)
        return cls(int(number), int(total))

    def of(self, items: Iterable[Item]) -> list[Item]:
        """Every ``total``-th item, in the order of kinds and ids.

        All parts together are all items, each once, wherever they are worked out; large and small
        files are shared out evenly.
        """
        ordered = sorted(items, key=lambda item: (item.kind, str(item.id).zfill(20), item.path))
        return ordered[self.number - 1 :: self.total]


WHOLE = Shard()
"""All files."""
