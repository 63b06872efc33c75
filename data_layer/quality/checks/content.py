"""Checks of what a file holds: whether all of it can be shown."""

from __future__ import annotations

from collections.abc import Sequence

from data_layer.quality.checks.check import Check, judged

NAMED = 5


def left_out(things: Sequence[str]) -> Check:
    """Number of ``things`` in the file that are not shown; the note has the first of them."""
    more = f" And {len(things) - NAMED} more." if len(things) > NAMED else ""
    return judged("left_out", float(len(things)), note=" ".join(things[:NAMED]) + more)
