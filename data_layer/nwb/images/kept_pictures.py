"""Pictures of streamed files, kept once for all sessions that showed the same image.

They are most of a file (166 of 217 MB) and the same for each session of an image set, so a picture
that one session has fetched serves the others of the same store. It is believed if the line in its
middle, for which the session's own file is asked, is the same.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from data_layer.errors import FolderNotTrusted
from data_layer.kept_files import private_folder, write_bytes
from data_layer.nwb.file import SMALL, NwbFile
from data_layer.remote.streamed import origin_of

FOLDER = ".pictures"
"""Beside the streamed files, whose names do not begin with a dot."""


def read_picture(nwb: NwbFile, stream: str, path: str, row: int, name: str) -> NDArray[Any]:
    """One picture (height, width) of a dataset that has passed ``require_picture``.

    Args:
        nwb: the file; one that is here is read as it is.
        stream: the session attribute for which it is read.
        path: the dataset of the image set (n_images, height, width).
        row: of the picture in it.
        name: of the image.

    Raises:
        StreamMissing, StreamDamaged, StreamUnreachable: It cannot be read.
    """
    shape = nwb.shape(stream, path)
    place = _place(nwb, path, name, shape)
    kept = _kept(place) if place else None
    if kept is not None and kept.shape == shape[1:]:
        middle = _middle(shape)
        line = nwb.array(stream, path, ndim=3, rows=row, within=middle)
        if line.dtype == kept.dtype and np.array_equal(line, kept[middle], True):
            return kept
    picture = nwb.array(stream, path, ndim=3, rows=row)
    if place:
        _keep(place, picture)
    return picture


def fetch_pictures(nwb: NwbFile, stream: str, path: str, names: Sequence[str]) -> None:
    """Let all that :func:`read_picture` needs for pictures in stored order arrive at once."""
    shape = nwb.shape(stream, path)
    places = [_place(nwb, path, name, shape) for name in names]
    nwb.fetch(
        stream,
        path,
        [
            (slice(row, row + 1), _middle(shape) if place and place.is_file() else slice(None))
            for row, place in enumerate(places)
        ],
    )


def _middle(shape: tuple[int, ...]) -> slice:
    """The line in the middle of a picture."""
    return slice(shape[1] // 2, shape[1] // 2 + 1)


def _place(nwb: NwbFile, path: str, name: str, shape: tuple[int, ...]) -> Path | None:
    """Where the picture is kept; None for a file that is here and for a small picture."""
    origin = origin_of(nwb.path) if nwb.remote else None
    if origin is None or len(shape) != 3 or math.prod(shape[1:]) <= SMALL:
        return None
    facts = json.dumps([asdict(origin.bucket), path, name, shape[1:]]).encode()
    called = hashlib.blake2b(facts, digest_size=16).hexdigest()
    return nwb.path.parent.parent / FOLDER / f"{called}.npz"


def _kept(place: Path) -> NDArray[Any] | None:
    with suppress(OSError, ValueError, KeyError, EOFError, BadZipFile):
        packed = io.BytesIO(place.read_bytes())
        with np.load(packed, allow_pickle=False) as stored:
            picture: NDArray[Any] = stored["picture"]
            return picture
    return None


def _keep(place: Path, picture: NDArray[Any]) -> None:
    packed = io.BytesIO()
    np.savez_compressed(packed, picture=picture)  # unwarped, 60 % of a picture is NaN
    with suppress(OSError, FolderNotTrusted):  # then the next session fetches it again
        write_bytes(private_folder(place.parent) / place.name, packed.getvalue())
