"""Converts a matrix to a coloured PNG that a figure shows as one image."""

from __future__ import annotations

import base64
import io
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from plotly.colors import sample_colorscale, unlabel_rgb

from dashboard import theme

Image.preinit()  # loads Pillow's plugins now, so that the first request does not wait for them
MISSING = 255
RUN_LENGTHS = 3  # Z_RLE, zlib's fastest strategy that still compresses


@cache
def _palette(colorscale: str) -> tuple[int, ...]:
    steps = sample_colorscale(colorscale, np.linspace(0, 1, MISSING).tolist())
    colors = [unlabel_rgb(step) for step in steps]
    return (*(round(part) for color in colors for part in color), 255, 255, 255)


_palette(theme.ACTIVITY_COLORSCALE)  # takes 8 ms: at import, so that no request waits for it


def color_image(
    values: NDArray[np.floating], top: float, colorscale: str = theme.ACTIVITY_COLORSCALE
) -> str:
    """A PNG as a data URI: ``values`` (rows, columns) coloured from 0 to ``top``.

    NaN is transparent.
    """
    missing = np.isnan(values)
    levels = values * ((MISSING - 1) / top)
    np.clip(levels, 0, MISSING - 1, out=levels)
    levels[missing] = MISSING
    indices = (levels + 0.5).astype(np.uint8)
    image = Image.frombytes("P", (indices.shape[1], indices.shape[0]), indices.tobytes())
    image.putpalette(_palette(colorscale))
    out = io.BytesIO()
    image.save(out, "PNG", transparency=MISSING, compress_level=1, compress_type=RUN_LENGTHS)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")
