"""Compares files with the hashes in a release's manifest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from data_layer.prepared.file_hash import ChangedMeanwhile, FileHashes
from data_layer.project_cache.files import files_here
from data_layer.project_cache.manifest import Manifest

Result = Literal["equal", "differs", "missing", "no hash", "unreadable"]
SENTENCES: dict[Result, str] = {
    "equal": "equals the manifest's hash",
    "differs": "differs from the manifest's hash: it is damaged, was changed, or is of another "
    "release. Delete it and download it again (vbdash fetch), unless it was changed on purpose",
    "missing": "is not on this machine. Download it into the cache directory (vbdash fetch)",
    "no hash": "cannot be verified: the manifest has no hash of it",
    "unreadable": "cannot be read",
}
ALLOW = "Let the user of this process read it, or unlock it"


@dataclass(frozen=True, slots=True)
class Verified:
    """The result for one file; ``reason`` says why it is ``unreadable``."""

    path: Path
    result: Result
    reason: str = ""

    @property
    def sentence(self) -> str:
        """What was found out, as the end of a sentence about the file."""
        return f"{SENTENCES[self.result]}{self.reason}"


def listed_here(manifest: Manifest) -> list[Path]:
    """The metadata tables, and the NWB files of the release that are on this machine."""
    tables = sorted(manifest.tables.values())
    return [*tables, *sorted(files_here(set(manifest.files.values())))]


def verify(
    path: Path,
    expected: str | None,
    hashes: FileHashes,
    on_read: Callable[[int], object] = lambda n: None,
) -> Verified:
    """Read a file whole and compare its hash with ``expected``, that of the manifest.

    ``on_read(n)`` is called for each block of n bytes.
    """
    if not path.is_file():
        return Verified(path, "missing")
    if expected is None:
        return Verified(path, "no hash")
    try:
        found = hashes.compute(path, on_read)
    except ChangedMeanwhile:
        return Verified(path, "unreadable", ": it was written while it was read. Try again")
    except OSError as error:
        return Verified(path, "unreadable", f" ({error.strerror or error}). {ALLOW}")
    return Verified(path, "equal" if found == expected else "differs")
