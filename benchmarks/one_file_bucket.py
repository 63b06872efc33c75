"""Serves one NWB file as a release in object storage, from this machine and with a delay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_layer.project_cache.columns import INDEX
from data_layer.project_cache.manifest import PROJECT_NAME
from data_layer.remote.bucket import BUCKET_NAME
from data_layer.remote.download import file_hash
from tests.support.object_store import ObjectStore, object_store

MANIFEST = f"{PROJECT_NAME}_project_manifest_v1.1.0.json"
HOST = f"https://{BUCKET_NAME}.s3.us-west-2.amazonaws.com/{PROJECT_NAME}"
FILE_ID = "0"


@contextmanager
def one_file_bucket(file: Path, latency: float) -> Iterator[ObjectStore]:
    """A store whose manifest has ``file`` under ``FILE_ID``; each answer waits ``latency`` s."""
    path = f"behavior_ophys_experiments/{file.name}"
    data = {"url": f"{HOST}/{path}", "version_id": "v1", "file_hash": file_hash(file)}
    tables = {name: {"url": f"{HOST}/project_metadata/{name}.csv"} for name in INDEX}
    manifest = {
        "project_name": PROJECT_NAME,
        "manifest_version": "1.1.0",
        "data_pipeline": [{"name": "AllenSDK", "version": "2.16.2", "comment": ""}],
        "metadata_file_id_column_name": "file_id",
        "metadata_files": {
            name: entry | {"version_id": "v1", "file_hash": ""} for name, entry in tables.items()
        },
        "data_files": {FILE_ID: data},
    }
    with object_store(BUCKET_NAME) as store:
        content = json.dumps(manifest).encode()
        store.objects.put(f"{PROJECT_NAME}/manifests/{MANIFEST}", content)
        store.objects.put(f"{PROJECT_NAME}/{path}", file, "v1")
        store.latency = latency
        yield store
