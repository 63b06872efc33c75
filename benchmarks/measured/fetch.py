"""Measures the download of one file of a release, from its manifest to the checked file."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.memory import peak_memory
from data_layer.project_cache.online.fetching import Fetcher
from data_layer.project_cache.online.source import ReleaseSource
from data_layer.project_cache.online.versions import ReleaseVersions
from data_layer.remote.bucket import Bucket


def main(task: dict[str, Any]) -> dict[str, Any]:
    folder = Path(task["folder"])
    source = ReleaseSource(Bucket(task["bucket"], task["endpoint"]))
    manifest = ReleaseVersions(folder, source).get(task["manifest"])
    path = manifest.files[task["file_id"]]
    began = time.perf_counter()
    Fetcher(source, folder).fetch(manifest.objects[path], path)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "memory": peak_memory(), "size": path.stat().st_size}


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
