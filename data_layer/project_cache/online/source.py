"""The releases of one project in object storage: manifests, sizes, and a client for the files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from data_layer.errors import RemoteError, RemoteUnreachable
from data_layer.project_cache.manifest import PROJECT_NAME
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.client import BucketClient, Patience

QUICK = Patience(connect=3.0, request=10.0, retries=1, give_up_after=10.0)
"""For small answers that somebody waits for: offline, they must fail soon."""


class ReleaseSource:
    """The releases of ``project`` in a bucket. Thread-safe.

    ``problem`` says why the last request failed; it is empty when that was answered. ``is_away``
    says whether there was no answer of use at all.

    Every request raises :class:`~data_layer.errors.RemoteError` if it is not answered.
    """

    def __init__(self, bucket: Bucket, project: str = PROJECT_NAME) -> None:
        self.bucket, self.project = bucket, project
        self.problem, self.is_away = "", False
        self.client, self._quick = BucketClient(bucket), BucketClient(bucket, QUICK)

    def manifest_names(self) -> list[str]:
        """The file names of all manifests, sorted; one request."""
        with self.told():
            keys = self._quick.keys(f"{self.project}/manifests")
        return sorted(PurePosixPath(key).name for key in keys)

    def manifest(self, name: str) -> bytes:
        """The content of a manifest."""
        with self.told():
            return self._quick.whole(StoredObject(f"{self.project}/manifests/{name}"))

    def sizes(self) -> dict[str, int]:
        """The size in bytes of each object by its key; one request for a thousand objects."""
        with self.told():
            return self._quick.sizes(self.project)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Keep in ``problem`` how the requests of the block end."""
        try:
            yield
        except RemoteError as error:
            self.problem, self.is_away = str(error), isinstance(error, RemoteUnreachable)
            raise
        self.problem, self.is_away = "", False
