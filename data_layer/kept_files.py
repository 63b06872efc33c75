"""Files that are stored for each NWB file: their names, and atomic writing of JSON."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from uuid import uuid4

from data_layer.errors import WorkDirUnwritable


def name_for(path: Path) -> str:
    """A name for what is stored for the file ``path``: its stem and a hash of its full path."""
    key = hashlib.blake2b(str(path.resolve()).encode(), digest_size=6).hexdigest()
    return f"{path.stem}-{key}"


def require_writable(folder: Path) -> None:
    """Create the work directory ``folder`` if needed, and write a file into it.

    Raises:
        WorkDirUnwritable: One of the two fails.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise WorkDirUnwritable(folder, error.strerror or str(error)) from error


def write_json(path: Path, content: Any) -> None:
    """Write ``content`` atomically: a reader finds either all of it or the previous file.

    Raises:
        OSError: The file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        draft.write_text(json.dumps(content), encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
