"""The task of comparing a file with its hash in the manifest."""

from __future__ import annotations

from pathlib import Path

from data_layer.batch.errors import NotAsListed
from data_layer.batch.task import Item, Settings, Task
from data_layer.prepared.file_hash import FileHashes
from data_layer.project_cache.verification import verify


def verify_task(hashes: FileHashes) -> Task:
    """Compare files with the hash in ``Item.given``; what is found out is stored in ``hashes``.

    Disks fail after they were read well, so a new start reads everything again.
    """
    settings: Settings = {"folder": str(hashes.folder.resolve())}
    return Task("verify", verify_file, settings, code_version, keep=False)


def verify_file(item: Item, settings: Settings) -> str:
    """Read a file whole and compare it; returns ``equal``.

    Raises:
        NotAsListed: It is not as listed, or cannot be read.
    """
    hashes = FileHashes(Path(str(settings["folder"])))
    verified = verify(Path(item.path), item.given or None, hashes)
    if verified.result != "equal":
        raise NotAsListed(verified.path, verified.result, verified.sentence)
    return verified.result


def code_version() -> str:
    """Every version compares in the same way."""
    return "1"
