"""Makes the sidecar of a streamed file: a walk over its structure and its small datasets."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from data_layer.errors import NotReadableNow, StreamDamaged, StreamMissing
from data_layer.nwb.file import SMALL, NwbFile
from data_layer.remote.sidecar import Sidecar, joined
from data_layer.remote.sidecars import has_sidecar, keep_sidecar
from data_layer.remote.stream import RemoteFile
from data_layer.remote.streamed import Origin, origin_of

WHO = "the file"
DEEPEST, MOST_OBJECTS = 12, 5_000
"""Links may lead in circles; a file of the data set has 301 objects, six levels deep."""


def make_sidecar(path: Path) -> bool:
    """Make the sidecar of a streamed file, unless it has one.

    Args:
        path: a streamed file; of any other nothing is made.

    Returns:
        Whether it was made now.

    Raises:
        SessionFileError: The file cannot be read.
        OSError: The sidecar cannot be written.
    """
    origin = origin_of(path)
    if origin is None or has_sidecar(path):
        return False
    return keep_sidecar(path, _walked(path, origin)) is not None


def _walked(path: Path, origin: Origin) -> Sidecar:
    nwb = NwbFile(path, use_sidecar=False)
    try:
        assert nwb.remote is not None
        for thing in _objects(nwb):
            _look_at(nwb, thing)
        return _sidecar_of(nwb.remote, origin)
    finally:
        nwb.close()


def _sidecar_of(remote: RemoteFile, origin: Origin) -> Sidecar:
    spans = joined(span for span in remote.pieces if span[1] - span[0] <= SMALL)
    remote.spool.require(spans)  # the gaps between them too
    parts = tuple(remote.part(start, stop - start) for start, stop in spans)
    return Sidecar(origin.version, remote.size, tuple(spans), parts)


def _objects(nwb: NwbFile) -> Iterator[str]:
    """The paths of all groups and datasets, the root first."""
    waiting, n_objects = deque([("/", 0)]), 0
    while waiting and n_objects < MOST_OBJECTS:
        path, depth = waiting.popleft()
        n_objects += 1
        yield path
        if depth < DEEPEST:
            with suppress(StreamDamaged):
                inside = (f"{path}/{name}".lstrip("/") for name in nwb.children(path))
                waiting += [(child, depth + 1) for child in inside]


def _look_at(nwb: NwbFile, path: str) -> None:
    """Read what describes an object, and its values if they are few."""
    _try(lambda: nwb.attributes(WHO, path))
    _try(lambda: nwb.read_small(WHO, path))


def _try(read: Callable[[], object]) -> None:
    try:
        read()
    except NotReadableNow:
        raise
    except (StreamDamaged, StreamMissing):
        pass
