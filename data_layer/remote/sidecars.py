"""Where the sidecars of streamed files lie, and how they are found and kept."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from fsspec.core import url_to_fs

from data_layer.kept_files import write_bytes
from data_layer.remote.sidecar import LARGEST, BadSidecar, Sidecar
from data_layer.remote.streamed import Origin, origin_of
from data_layer.remote.urls import is_url

log = logging.getLogger(__name__)
SUFFIX = ".sidecar"


def sidecar_name(origin: Origin) -> str:
    """The name of a sidecar in whatever folder it lies; it is the same for every mirror."""
    return f"{origin.name}{SUFFIX}"


def find_sidecar(path: Path) -> Sidecar | None:
    """The sidecar of a streamed file, from the first of its places that has a sound one."""
    origin = origin_of(path)
    if origin is None:
        return None
    for place in reversed(origin.sidecars):  # what is here comes before what others have made
        content = _content(place, sidecar_name(origin))
        if content is not None:
            try:
                return Sidecar.from_bytes(content, origin.version)
            except BadSidecar as error:
                log.warning("The sidecar of %s in %s is not used: %s", path.name, place, error)
    return None


def has_sidecar(path: Path) -> bool:
    """Whether a streamed file has a sound sidecar."""
    return find_sidecar(path) is not None


def keep_sidecar(path: Path, sidecar: Sidecar) -> str | None:
    """Write a sidecar into the last of its places; returns its name, None if there is no place.

    Raises:
        OSError: It cannot be written.
    """
    origin = origin_of(path)
    if origin is None or not origin.sidecars:
        return None
    place, name = origin.sidecars[-1], sidecar_name(origin)
    if is_url(place):
        files, root = url_to_fs(place)
        files.makedirs(root, exist_ok=True)
        files.pipe_file(f"{root}/{name}", sidecar.to_bytes())
    else:
        Path(place).mkdir(mode=0o700, parents=True, exist_ok=True)
        write_bytes(Path(place) / name, sidecar.to_bytes())
    return name


def drop_sidecar(path: Path) -> None:
    """Remove what :func:`keep_sidecar` has written, if it is there.

    Raises:
        OSError: It cannot be removed.
    """
    origin = origin_of(path)
    if origin and origin.sidecars:
        files, root = url_to_fs(origin.sidecars[-1])
        with suppress(FileNotFoundError):
            files.rm_file(f"{root}/{sidecar_name(origin)}")


def _content(place: str, name: str) -> bytes | None:
    """The content of a sidecar; a place that cannot be reached has none."""
    try:
        files, root = url_to_fs(place)
        with files.open(f"{root}/{name}", "rb") as file:
            return bytes(file.read(LARGEST))
    except Exception as error:
        if not isinstance(error, FileNotFoundError):
            log.warning("No sidecar is read from %s: %s", place, error)
        return None
