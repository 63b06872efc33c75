"""Sizes of files in words."""

from __future__ import annotations

UNITS = ("bytes", "kB", "MB", "GB", "TB")


def in_bytes(size: float) -> str:
    """A size with its unit, as ``1.17 GB``; units are powers of 1000, as object storage has."""
    power = 0
    while size >= 1000 and power < len(UNITS) - 1:
        size, power = size / 1000, power + 1
    return f"{size:.3g} {UNITS[power]}" if power else f"{size:.0f} bytes"
