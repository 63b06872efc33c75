"""The password file: one line with a salted hash, readable by its owner alone."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from werkzeug.security import check_password_hash, generate_password_hash

from data_layer.errors import BadSetting, DataLayerError

SHORTEST, LONGEST = 8, 1000
HASH = re.compile(
    r"(scrypt(:\d{1,7}:\d{1,3}:\d{1,3})?|pbkdf2:sha(256|512):\d{1,8})\$[^$\s]+\$[0-9a-f]+"
)
WANTED = "a file with a hashed password, as `vbdash password FILE` writes it"
LARGEST_FILE = 4096


class BadPassword(DataLayerError):
    """A new password cannot be used; the text says why."""


class CannotWritePassword(DataLayerError):
    """The password file cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        return f"{self.path}: the password cannot be written there: {self.reason}."


class PasswordFile:
    """A file with the hash of one password; a new password counts without a new start."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self) -> None:
        """Raise BadSetting if the file holds no hashed password."""
        self._hash()

    def accepts(self, password: str) -> bool:
        """Whether this is the password; takes about 0.1 s and 32 MB, and constant time.

        Raises:
            BadSetting: the file holds no hashed password any more.
        """
        return len(password) <= LONGEST and check_password_hash(self._hash(), password)

    def state(self) -> str:
        """What a session is tied to: another text for another password.

        Raises:
            BadSetting: the file holds no hashed password any more.
        """
        return hashlib.blake2b(self._hash().encode(), digest_size=12).hexdigest()

    def _hash(self) -> str:
        try:
            with self.path.open(encoding="ascii") as file:
                text = file.read(LARGEST_FILE).strip()
        except (OSError, ValueError):
            text = ""
        if not HASH.fullmatch(text):
            raise BadSetting("VBDASH_PASSWORD_FILE", str(self.path), WANTED)
        return text


def write_password(path: Path, password: str) -> None:
    """Replace the file by one with the hash of ``password``, which only its owner can read.

    Raises:
        BadPassword: the password is too short or too long.
        CannotWritePassword: the file cannot be written.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadPassword(f"A password has {SHORTEST} to {LONGEST:,} characters; choose another.")
    try:
        # mkstemp() makes a file with mode 0600; nobody ever sees half a file.
        descriptor, new = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(f"{generate_password_hash(password)}\n")
            os.replace(new, path)
        except OSError:
            os.unlink(new)
            raise
    except OSError as error:
        raise CannotWritePassword(path, error.strerror or str(error)) from error
