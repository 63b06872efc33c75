"""Sessions of files that lie in an object store on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from data_layer.remote import urls
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.client import BucketClient, Patience
from data_layer.remote.download import file_hash
from data_layer.remote.streamed import StreamedFiles
from tests.support.object_store import ObjectStore, object_store

HURRIED = Patience(connect=1.0, request=1.5, retries=1, give_up_after=3.0)


@dataclass
class Stream:
    """One file in a store, and its streamed path."""

    store: ObjectStore
    files: StreamedFiles
    wanted: StoredObject
    folder: Path

    @property
    def path(self) -> Path:
        """The streamed path."""
        return self.files.path_of(self.wanted)

    def elsewhere(self, name: str) -> Path:
        """The path of the same file, streamed by somebody who has nothing of it but sidecars."""
        files = StreamedFiles(self.folder / name, self.files.bucket, self.files.sidecars)
        return files.path_of(self.wanted)


@contextmanager
def streamed(file: Path, folder: Path, version: str = "v1") -> Iterator[Stream]:
    """Serve ``file``; its copies and sidecars are kept below ``folder``."""
    with object_store("bucket") as store:
        key = f"release/{file.name}"
        store.objects.put(key, file, version or "1")
        files = StreamedFiles(folder / "streamed", Bucket("bucket", store.url), [folder / "cars"])
        wanted = StoredObject(key, version, file_hash(file) if version else "")
        yield Stream(store, files, wanted, folder)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests give up soon."""
    monkeypatch.setattr(urls, "BucketClient", partial(BucketClient, patience=HURRIED))
