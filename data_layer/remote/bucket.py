"""Where objects lie: a bucket of a release or of others, or a URL, and how they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

BUCKET_NAME = "visual-behavior-ophys-data"
REGION = "us-west-2"
Protocol = Literal["s3", "http", "fsspec", "file"]


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of a public release; no credentials are used.

    Attributes:
        name: the bucket's name; for other protocols the URL of the folder, for ``file`` the path of
            a whole file here, which is the content of whatever object is asked for.
        endpoint: the URL of a mirror, which is asked path-style as ``URL/<bucket>/<key>``;
            empty for the public store of ``region``.
        region: the region of the public store.
        protocol: how it is asked; ``fsspec`` stands for all that fsspec knows.
    """

    name: str = BUCKET_NAME
    endpoint: str = ""
    region: str = REGION
    protocol: Protocol = "s3"

    def __str__(self) -> str:
        if self.protocol != "s3":
            return _without_secrets(self.name)
        if self.endpoint:
            return f"{_without_secrets(self.endpoint)}/{self.name}"
        return f"s3://{self.name}"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One version of an object: its key, its ``version_id`` and the BLAKE2b hash of its content.

    The last two may be empty: then the current version is meant, and its content is not checked.
    """

    key: str
    version_id: str = ""
    file_hash: str = ""

    @classmethod
    def of_entry(cls, entry: dict[str, str]) -> StoredObject:
        """The object of an entry of a manifest; only the path of its URL counts, as in AllenSDK."""
        key = unquote(urlsplit(entry["url"]).path.lstrip("/"))
        return cls(key, str(entry.get("version_id", "")), str(entry.get("file_hash", "")))


def _without_secrets(url: str) -> str:
    """A URL as a message shows it: its query, and a name before its host, may hold a password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()
