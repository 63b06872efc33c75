"""Reads the templates of the images that were shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.nwb.file import NwbFile
from data_layer.nwb.images.kept_pictures import fetch_pictures, read_picture
from data_layer.nwb.images.sizes import require_picture
from data_layer.nwb.tables import object_column

TEMPLATES = "stimulus/templates"
STREAM = "stimulus_templates"


def template_sets(nwb: NwbFile) -> list[str]:
    """Paths of the image sets, without movies."""
    names = nwb.children(TEMPLATES, STREAM)
    return [f"{TEMPLATES}/{n}" for n in names if "movie" not in n.lower()]


def template_names(nwb: NwbFile) -> dict[str, tuple[str, int]]:
    """The path of the set and the row in it, for the name of each picture."""
    rows: dict[str, tuple[str, int]] = {}
    for path in template_sets(nwb):
        names = nwb.array(STREAM, f"{path}/control_description", "text")
        rows |= {str(name): (path, row) for row, name in enumerate(names)}
    return rows


def read_template(nwb: NwbFile, image_name: str, warped: bool) -> NDArray[Any]:
    """One picture (height, width): as shown on the screen (warped) or as the mouse saw it.

    Unwarped pictures are NaN where the screen did not show them.

    Raises:
        StreamMissing: The file has no picture of that name.
    """
    rows = template_names(nwb)
    if image_name not in rows:
        nwb.require(STREAM, f"{TEMPLATES}/<image set>/{image_name}")
    path, row = rows[image_name]
    inside = f"{path}/{'data' if warped else 'unwarped'}"
    if nwb.shape(STREAM, inside)[:1] <= (row,):  # one value has no pictures either
        raise nwb.damaged(STREAM, f"/{path} has fewer pictures than names")
    require_picture(nwb, STREAM, inside)
    return read_picture(nwb, STREAM, inside, row, image_name)


def read_templates(nwb: NwbFile) -> pd.DataFrame | None:
    """All pictures: index image_name, columns unwarped and warped; None if there are none."""
    sets = [_read_set(nwb, path) for path in template_sets(nwb)]
    return pd.concat(sets) if sets else None


def _read_set(nwb: NwbFile, path: str) -> pd.DataFrame:
    names = nwb.array(STREAM, f"{path}/control_description", "text")
    if {nwb.shape(STREAM, f"{path}/{part}")[:1] for part in ("unwarped", "data")} != {names.shape}:
        raise nwb.damaged(STREAM, f"/{path} has {len(names)} names for another number of pictures")
    for part in ("unwarped", "data"):
        require_picture(nwb, STREAM, f"{path}/{part}")
    pictures = {
        column: _read_pictures(nwb, f"{path}/{dataset}", names)
        for column, dataset in (("unwarped", "unwarped"), ("warped", "data"))
    }
    index = pd.Index(np.array(names, str), name="image_name")
    return pd.DataFrame({c: object_column(p, index) for c, p in pictures.items()})


def _read_pictures(nwb: NwbFile, path: str, names: NDArray[Any]) -> list[NDArray[Any]]:
    if nwb.remote is None:
        return list(nwb.array(STREAM, path, ndim=3))
    texts = [str(name) for name in names]
    fetch_pictures(nwb, STREAM, path, texts)
    return [read_picture(nwb, STREAM, path, row, name) for row, name in enumerate(texts)]
