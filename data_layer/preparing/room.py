"""Removes the prepared stores used longest ago when all of them take more than a limit.

The size of each store is noted, so that a build measures its own store and no other: measuring
the stores of a whole release takes seconds.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from data_layer.kept_files import write_json

LAST_USED = "last_used"
SIZES = ".sizes.json"
GONE = ".gone"


def make_room(folder: Path, limit: int, keep: Path) -> None:
    """Remove the least recently used stores until the rest fits; ``keep`` is never removed.

    ``limit`` is in bytes. The caller holds a lock.
    """
    noted = _noted(folder) | {keep.name: _size(keep)}
    with os.scandir(folder) as entries:
        names = [e.name for e in entries if not e.name.startswith(".") and e.is_dir()]
    sizes = {name: noted.get(name) or _size(folder / name) for name in names}
    total = sum(sizes.values())
    for store in sorted(map(folder.joinpath, names), key=_last_used) if total > limit else ():
        if total > limit and store != keep:
            remove(store)
            total -= sizes.pop(store.name)
    with suppress(OSError):
        write_json(folder / SIZES, sizes)


def remove(store: Path) -> None:
    """Remove a store; a rename comes first, so that readers find all of it or nothing."""
    gone = store.with_name(f".{store.name}.{uuid4().hex}{GONE}")
    with suppress(OSError):
        store.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _noted(folder: Path) -> dict[str, int]:
    with suppress(OSError, ValueError, AttributeError, TypeError):
        noted = json.loads((folder / SIZES).read_text(encoding="utf-8"))
        return {str(name): int(size) for name, size in noted.items()}
    return {}


def _last_used(store: Path) -> float:
    with suppress(OSError):
        return (store / LAST_USED).stat().st_mtime
    return 0.0


def _size(store: Path) -> int:
    total = 0
    for folder, _, names in os.walk(store):
        for name in names:
            with suppress(OSError):  # another process may be removing it
                total += os.path.getsize(os.path.join(folder, name))
    return total
