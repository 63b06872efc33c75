"""Measures h5py reading the behaviour of a remote file through another file object."""

from __future__ import annotations

import json
import sys
import time
from contextlib import ExitStack
from importlib import import_module
from importlib.metadata import version
from typing import Any

import h5py

BLOCK = 256 * 1024
GROUPS = (
    "general",
    "intervals",
    "processing/licking",
    "processing/rewards",
    "processing/running/speed",
    "processing/stimulus",
)


def main(task: dict[str, Any]) -> dict[str, Any]:
    began = time.perf_counter()
    with ExitStack() as opened:
        with h5py.File(_remote(task["reader"], task["url"], opened), "r") as file:
            for group in GROUPS:
                if group in file:
                    _read(file[group])
        seconds = time.perf_counter() - began
    return {"seconds": seconds, "version": f"{task['reader']} {version(task['reader'])}"}


def _remote(reader: str, url: str, opened: ExitStack) -> Any:
    if reader == "remfile":
        return import_module(reader).File(url)
    fsspec = import_module(reader)
    kind = {"cache_type": "blockcache", "block_size": BLOCK}
    return opened.enter_context(fsspec.open(url, "rb", **kind))


def _read(thing: Any) -> None:
    dict(thing.attrs)
    if isinstance(thing, h5py.Dataset):
        thing[()]
    else:
        for name in thing:
            _read(thing[name])


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
