"""Routes for projections and stimulus templates as cached PNG, and cell outlines as SVG."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from flask import Flask, Response, abort
from numpy.typing import NDArray
from PIL import Image

from dashboard import theme
from dashboard.arguments.routes import add_route
from dashboard.arguments.sentences import told
from dashboard.arguments.values import Id, Pixels, Word
from dashboard.http.caching import DAY, shared_cache
from dashboard.urls import Kind
from dashboard.urls.routes import OUTLINES, PICTURE
from data_layer.errors import DataLayerError
from data_layer.project_cache.open_stores import OpenStores
from data_layer.settings import Settings
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import Outline

PROJECTIONS = ("max_projection", "average_projection", "segmentation_mask_image")


def register(server: Flask, stores: OpenStores, settings: Settings) -> None:
    """Add ``/picture/<kind>/<id>/<name>.png?width=…`` and ``…/outlines.svg`` to the server."""
    cache = shared_cache(settings, "pictures", settings.kept_pictures)

    def picture(kind: Kind, id_: Id, name: Word, *, width: Pixels | None = None) -> Response:
        store = _store(stores, kind, id_)
        key = f"{store.fingerprint}/{name}/{width}"
        png = cache.get(key)
        if png is None:
            png = _png(store, name, width)
            cache.set(key, png)
        answer = Response(png, mimetype="image/png")
        answer.cache_control.max_age = DAY
        return answer

    def drawn_outlines(id_: Id) -> Response:
        store = _store(stores, "experiment", id_)
        try:
            svg = outlines_svg(store)
        except DataLayerError as error:
            abort(404, description=told(error))
        answer = Response(svg, mimetype="image/svg+xml")
        answer.cache_control.max_age = DAY
        return answer

    # Images have any names, with slashes too.
    add_route(server, PICTURE, "picture", picture, any_text="name")
    add_route(server, OUTLINES, "outlines", drawn_outlines)


def _store(stores: OpenStores, kind: str, id_: int) -> SessionStore:
    openers: dict[str, Callable[[int], SessionStore]] = {
        "experiment": stores.experiment,
        "behavior": stores.behavior,
    }
    if kind not in openers:
        abort(404, description=f"There are no pictures of a {kind}; ask for an experiment.")
    try:
        return openers[kind](id_)
    except DataLayerError as error:
        abort(404, description=told(error))


def _png(store: SessionStore, name: str, width: int | None) -> bytes:
    try:
        pixels = _pixels(store, name)
    except (DataLayerError, KeyError, ValueError) as error:
        abort(404, description=told(error))
    image = Image.fromarray(pixels)
    if width and width < image.width:
        image = image.resize((width, max(round(image.height * width / image.width), 1)))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=9)
    return out.getvalue()


def _pixels(store: SessionStore, name: str) -> NDArray[np.uint8]:
    if name in PROJECTIONS:
        return gray(np.asarray(getattr(store.experiment, name), dtype=np.float64))
    image_name, _, side = name.removeprefix("template-").rpartition("-")
    stored = store.picture_names.get(image_name, image_name)
    template = store.session.template(stored, warped=side == "warped")
    return opaque(np.asarray(template, dtype=np.float64))


def outlines_svg(store: SessionStore) -> str:
    """An SVG with the outlines of a plane's cells, of the size of its projection."""
    height, width = np.shape(store.experiment.max_projection)
    path = "".join(map(outline_path, store.outlines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="-0.5 -0.5 {width} {height}">'
        f'<path d="{path}" fill="none" stroke="{theme.ROI_COLOR}" '
        'stroke-width="1" vector-effect="non-scaling-stroke"/></svg>'
    )


def outline_path(outline: Outline) -> str:
    """The outline of a cell as the path of an SVG, in pixels of the projection."""
    points = _points(outline)
    return "".join(f"{'L' if joined else 'M'}{x:g},{y:g}" for x, y, joined in points)


def _points(outline: Outline) -> Iterator[tuple[float, float, bool]]:
    """Every corner (x, y in pixels), and whether a line leads to it from the one before."""
    joined = False
    for x, y in zip(outline.x.tolist(), outline.y.tolist(), strict=True):
        is_corner = not math.isnan(x)
        if is_corner:
            yield x, y, joined
        joined = is_corner


def gray(values: NDArray[Any]) -> NDArray[np.uint8]:
    """A projection as 8-bit gray: 0 is black, the 99th percentile and above is white."""
    top = float(np.nanpercentile(values, 99)) or float(np.nanmax(values)) or 1.0
    return (np.clip(values / top, 0, 1) * 255).round().astype(np.uint8)


def opaque(values: NDArray[Any]) -> NDArray[np.uint8]:
    """A template as gray and alpha (rows, columns, 2); NaN, not on the screen, is transparent."""
    seen = ~np.isnan(values)
    shade = np.clip(np.where(seen, values, 0), 0, 255).round().astype(np.uint8)
    return np.dstack([shade, np.where(seen, 255, 0).astype(np.uint8)])
