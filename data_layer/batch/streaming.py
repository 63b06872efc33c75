"""Files of a batch that are not on this machine: each worker streams what it works on.

A worker gets a description of the object rather than a path, because the copies of what was
streamed earlier are dropped to make room while a batch runs.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data_layer.batch.task import Item
from data_layer.prepared.fingerprint import state_of_object
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.streamed import StreamedFiles


def streamed_item(kind: str, id_: int, files: StreamedFiles, wanted: StoredObject) -> Item:
    """The item of an object that ``files`` streams; nothing is written or asked for yet."""
    described = {
        "folder": str(files.folder.resolve()),
        "bucket": asdict(files.bucket),
        "sidecars": files.sidecars,
        "limit": files.limit,
        "object": asdict(wanted),
    }
    path, state = str(files.place_of(wanted)), state_of_object(wanted)
    return Item(kind, id_, path, json.dumps(described), state)


def path_of(item: Item) -> Path:
    """The file to open: that of the item, or the streamed one that it describes.

    Raises:
        OSError: The folder of streamed files cannot be written.
    """
    if not item.state:
        return Path(item.path)
    facts: dict[str, Any] = json.loads(item.given)
    folder, bucket = Path(facts["folder"]), Bucket(**facts["bucket"])
    files = StreamedFiles(folder, bucket, facts["sidecars"], facts["limit"])
    return files.path_of(StoredObject(**facts["object"]))
