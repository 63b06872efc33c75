"""Parses the name of a session type, such as ``OPHYS_2_images_A_passive``."""

from __future__ import annotations

import re


def image_set(session_type: str) -> str | None:
    """``images_A``, ``images_B``, … or ``gratings``; None if the name has neither."""
    found = re.match(r"[A-Za-z]+_\d+_(images_[A-Za-z0-9]+|gratings)", session_type)
    return found[1] if found else None


def behavior_type(session_type: str) -> str:
    """``passive_viewing`` for imaging sessions without the lick spout, else ``active_behavior``."""
    passive = "passive" in session_type and "OPHYS" in session_type
    return "passive_viewing" if passive else "active_behavior"


def session_number(session_type: str) -> int | None:
    """The number after ``OPHYS_``; None for training sessions."""
    found = re.match(r"OPHYS_(\d+)", session_type)
    return int(found[1]) if found else None
