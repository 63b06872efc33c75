"""Checks of what a file holds: whether all of it can be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data_layer.quality.checks.check import Check, judged

NAMED = 5


def left_out(things: Sequence[str]) -> Check:
    """Number of ``things`` in the file that are not shown; the note has the first of them."""
    return judged("left_out", float(len(things)), note=_first_of(things))


def unreadable(problems: Mapping[str, str]) -> Check:
    """Number of streams that cannot be read; ``problems`` has a sentence for each stream."""
    return judged("unreadable", float(len(problems)), note=_first_of([*problems.values()]))


def _first_of(sentences: Sequence[str]) -> str:
    more = f" And {len(sentences) - NAMED} more." if len(sentences) > NAMED else ""
    return " ".join(sentences[:NAMED]) + more
