"""The key that signs the cookies of those who have logged in."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

BYTES = 32


def secret_key(folder: Path) -> bytes:
    """The key kept in ``folder``, made at the first use; only its owner can read it.

    Where none can be kept, or others could have read or written it, the key is a new one: then
    everybody logs in again after a new start.
    """
    path = folder / "secret_key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _kept(path) or _new(path)
    except OSError:
        return secrets.token_bytes(BYTES)


def _kept(path: Path) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        private = status.st_mode & 0o077 == 0 and status.st_uid == os.geteuid()
        key = file.read(BYTES + 1)
    return key if private and len(key) == BYTES else None


def _new(path: Path) -> bytes:
    """A new key, or the one that another process has kept just now."""
    key = secrets.token_bytes(BYTES)
    path.unlink(missing_ok=True)
    part = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
        with suppress(FileExistsError):
            os.link(part, path)  # unlike a rename, this keeps a key that is there
    finally:
        part.unlink()
    return _kept(path) or key
