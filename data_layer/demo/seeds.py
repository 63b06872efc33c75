"""Random number generators that are seeded by their purpose, independent of earlier draws."""

from __future__ import annotations

import hashlib

import numpy as np


def generator(*purpose: str | int) -> np.random.Generator:
    """A generator for ``purpose`` (ids and words): the same on every machine and in any order."""
    words = "/".join(str(word) for word in purpose)
    return np.random.default_rng(int.from_bytes(hashlib.blake2b(words.encode()).digest()[:16]))
