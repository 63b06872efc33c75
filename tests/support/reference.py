"""Finds the reference material beside this checkout: real data that are not in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared"


def shared(path: str) -> Path:
    """A path of the reference material; skips the test if it is absent."""
    if not (FOLDER / path).exists():
        pytest.skip(f"needs the reference material, which is not beside this checkout: {path}")
    return FOLDER / path
