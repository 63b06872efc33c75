"""The label of a prepared store: a JSON file with its contents, source and checksums.

It is written last and read first. It repeats the metadata of every Zarr array and has the
checksum of every table and of the pack. One small read therefore opens the whole store, and
damage anywhere in the store is detected.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

LABEL = "label.json"
PACK = "small.arrow"
FORMAT = 11
"""The version of the format; a store of another version is rebuilt."""


def checksum(content: bytes) -> str:
    """The checksum of a file's content, as text."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def label_of(facts: dict[str, Any]) -> bytes:
    """The content of a label with ``facts`` (str, int, float, list and dict)."""
    return json.dumps({"checksum": checksum(_canonical(facts)), "facts": facts}).encode()


def read_label(label: bytes) -> dict[str, Any]:
    """The facts in the content of a label.

    Raises:
        ValueError, KeyError: The label is broken.
    """
    content = json.loads(label)
    facts: dict[str, Any] = content["facts"]
    if content["checksum"] != checksum(_canonical(facts)):
        raise ValueError("the checksum differs")
    return facts


def _canonical(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True).encode()
