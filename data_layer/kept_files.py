"""Files that are kept for each NWB file: how they are called, and JSON that appears at once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import uuid4


def name_for(path: Path) -> str:
    """What is kept for the file ``path`` is called: its name and its whole path in short."""
    key = hashlib.blake2b(str(path.resolve()).encode(), digest_size=6).hexdigest()
    return f"{path.stem}-{key}"


def write_json(path: Path, content: Any) -> None:
    """Write ``content`` so that whoever reads finds the whole of it, or what was there before.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        draft.write_text(json.dumps(content), encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
