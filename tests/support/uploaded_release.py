"""A release on this machine as it lies in object storage: its files, tables and manifests.

The keys, versions and hashes are those of the manifest, and the answers those of the public bucket,
path-style: ``vbdash serve --endpoint STORE.url`` shows the release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from data_layer.project_cache.manifest import PROJECT_NAME
from data_layer.remote.bucket import BUCKET_NAME
from tests.support.object_store import ObjectStore, object_store


@contextmanager
def uploaded_release(cache_dir: Path, bucket: str = BUCKET_NAME) -> Iterator[ObjectStore]:
    """Serve the release in AllenSDK's local layout in ``cache_dir`` on a free port of loopback."""
    with object_store(bucket) as store:
        upload(store, cache_dir)
        yield store


def upload(store: ObjectStore, cache_dir: Path) -> None:
    """Put every manifest of ``cache_dir`` into the store, and the files of each that are there."""
    for path in sorted(cache_dir.glob("*_manifest_v*.json")):
        manifest = json.loads(path.read_bytes())
        project = manifest["project_name"]
        store.objects.put(f"{project}/manifests/{path.name}", path)
        root = cache_dir / f"{project}-{manifest['manifest_version']}"
        for entry in [*manifest["metadata_files"].values(), *manifest["data_files"].values()]:
            key = urlsplit(entry["url"]).path.lstrip("/")
            file = root / key.partition("/")[2]
            if file.is_file():
                store.objects.put(key, file, entry["version_id"])


def add_release(store: ObjectStore, version: str) -> None:
    """Put a manifest of another release into the store, with the files of the first one there."""
    prefix = f"{PROJECT_NAME}/manifests/"
    key = min(key for key in store.objects.versions if key.startswith(prefix))
    found = store.objects.find(key, "")
    assert found
    assert isinstance(found[1], Path)
    content = json.loads(found[1].read_bytes()) | {"manifest_version": version}
    name = f"{PROJECT_NAME}_project_manifest_v{version}.json"
    store.objects.put(prefix + name, json.dumps(content).encode())
