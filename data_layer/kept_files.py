"""Files that are stored for each NWB file: names, atomic writing, folders of the owner's."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from uuid import uuid4

from data_layer.errors import FolderNotTrusted, WorkDirUnwritable


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
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
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


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` atomically, readable by the owner alone.

    Raises:
        OSError: The file cannot be written.
    """
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def private_folder(folder: Path) -> Path:
    """A folder of this user's, created for the owner alone if it is absent.

    Raises:
        FolderNotTrusted: It belongs to another user, or every user may write into it.
        OSError: It cannot be created.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.stat()
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        raise FolderNotTrusted(folder, "belongs to another user")
    if os.name == "posix" and status.st_mode & stat.S_IWOTH:
        raise FolderNotTrusted(folder, "can be written into by every user")
    return folder
