"""Looks at the sizes of pictures and masks before they are read."""

from __future__ import annotations

import math

from data_layer.nwb.file import NwbFile
from data_layer.nwb.hdf5.limits import MOST_PIXELS


def require_picture(nwb: NwbFile, stream: str, path: str) -> None:
    """Raise :class:`StreamDamaged` if one picture of a dataset is empty or larger than any.

    The last two axes of the dataset are the height and width (px) of a picture.
    """
    shape = nwb.shape(stream, path)
    pixels = math.prod(shape[-2:])
    if not pixels or pixels > MOST_PIXELS:
        size = " × ".join(map(str, shape[-2:]))
        why = f"more than {MOST_PIXELS:,}" if pixels else "nothing to see"
        raise nwb.damaged(stream, f"/{path} has pictures of {size} pixels: {why}")
