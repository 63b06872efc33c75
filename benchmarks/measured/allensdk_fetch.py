"""Measures AllenSDK's download of one file of a release, from its manifest to the checked file."""

from __future__ import annotations

import json
import sys
import time
import warnings
from typing import Any

from benchmarks.memory import peak_memory

warnings.simplefilter("ignore")

from allensdk import __version__  # noqa: E402
from allensdk.api.cloud_cache.cloud_cache import S3CloudCache  # noqa: E402


def main(task: dict[str, Any]) -> dict[str, Any]:
    cache = S3CloudCache(task["folder"], task["bucket"], task["project"])
    cache.load_manifest(task["manifest"])
    began = time.perf_counter()
    path = cache.download_data(task["file_id"])
    seconds = time.perf_counter() - began
    found = {"seconds": seconds, "memory": peak_memory(), "size": path.stat().st_size}
    return found | {"version": f"AllenSDK {__version__}"}


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
