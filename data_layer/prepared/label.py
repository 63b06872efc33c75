"""The label of a prepared store: what it holds, of which file, made when, under one checksum.

It is written last and read first. It repeats the metadata of every Zarr array and has the
checksum of every table, so that one small read opens the whole store and whoever has read it
can tell every other byte of the store from a broken one.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

LABEL = "label.json"
PACK = "small.arrow"
FORMAT = 10
"""The version of what is written; a store of another version is built anew."""


def checksum(content: bytes) -> str:
    """What tells a file of the store from a broken one."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def label_of(facts: dict[str, Any]) -> bytes:
    """The label that says ``facts``: JSON of str, int, float, list and dict."""
    return json.dumps({"checksum": checksum(_canonical(facts)), "facts": facts}).encode()


def read_label(label: bytes) -> dict[str, Any]:
    """The facts of a label.

    Raises:
        ValueError, KeyError: it is broken.
    """
    content = json.loads(label)
    facts: dict[str, Any] = content["facts"]
    if content["checksum"] != checksum(_canonical(facts)):
        raise ValueError("the checksum differs")
    return facts


def _canonical(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True).encode()
