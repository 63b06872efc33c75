"""Routes of the server other than pages: pictures, tables, notes, values at a moment."""

from __future__ import annotations

from dashboard.urls.address import RECORDING, Address
from dashboard.urls.pages import CELL, COMPARE, EXPLORE, NOTES
from dashboard.urls.templates import fill, with_query

PICTURE = "/picture/{kind}/{id}/{name}.png"
IMAGE = "/picture/{kind}/{id}/template-{image}-{side}.png?width={width}"
"""The picture of a stimulus image; ``side`` is ``warped`` or ``unwarped``."""
OUTLINES = "/picture/experiment/{id}/outlines.svg"
MOMENT = "/moment/{kind}/{id}"
CELLS_BY = "/cells/{kind}/{id}/{order}.json"
"""The cells of a recording in one of the orders of the timeline's heatmap."""
REPLAY = "/replay/{kind}/{id}"
PREPARED = "/prepared/{kind}/{id}"
NUMBERS = "/numbers/{kind}/{id}/{panel}.{format}"
"""The numbers of a panel of a session's page; the query is the view's."""
CODE = "/code/{kind}/{id}/{panel}.json"
AS_PARQUET = "/numbers.parquet"
DATA = "/data/{kind}/{id}/{attribute}.csv"
TABLE = "/tables/{kind}.json"
MEASURES = "/tables/{kind}/measures.json"
EXPERIMENTS_OF_CELL = "/tables/cell/{id}.json"
QUALITY = "/quality.json"
NOTES_CSV = "/annotations.csv"
NOTES_JSON = "/annotations.json"
ADD_NOTE = "/annotations"
IMPORT_NOTES = "/annotations/import"
REVIEWS = "/annotations/reviews.json"
DOWNLOADS = "/downloads"
NEEDED_DOWNLOADS = "/downloads/needed"
ORDER_DOWNLOAD = "/downloads/order"
CLEAR_DOWNLOADS = "/downloads/clear"
PREPARATIONS = "/preparations"
NEEDED_PREPARATIONS = "/preparations/needed"
ORDER_PREPARATION = "/preparations/order"
CLEAR_PREPARATIONS = "/preparations/clear"
HEALTH = "/health"
FILE = "/files/{version}/{name}"
"""A script or stylesheet of the page; its content never changes."""
LOGIN = "/login"
LOGOUT = "/logout"

FOR_BROWSER = {
    "explore": EXPLORE,
    "recording": RECORDING,
    "cell": CELL,
    "compare": COMPARE,
    "notes": NOTES,
    "image": IMAGE,
    "moment": MOMENT,
    "cellsBy": CELLS_BY,
    "replay": REPLAY,
    "prepared": PREPARED,
    "numbers": NUMBERS,
    "asParquet": AS_PARQUET,
    "code": CODE,
    "table": TABLE,
    "measures": MEASURES,
    "experimentsOfCell": EXPERIMENTS_OF_CELL,
    "quality": QUALITY,
    "importNotes": IMPORT_NOTES,
    "reviews": REVIEWS,
    "downloads": DOWNLOADS,
    "neededDownloads": NEEDED_DOWNLOADS,
    "orderDownload": ORDER_DOWNLOAD,
    "clearDownloads": CLEAR_DOWNLOADS,
    "preparations": PREPARATIONS,
    "neededPreparations": NEEDED_PREPARATIONS,
    "orderPreparation": ORDER_PREPARATION,
    "clearPreparations": CLEAR_PREPARATIONS,
    "health": HEALTH,
}
"""The path templates that scripts use, by the name that they pass to ``vbd.url``."""


def picture_url(source: Address, name: str) -> str:
    """The URL of a projection or mask of a plane."""
    return fill(PICTURE, kind=source.kind, id=source.id, name=name)


def projection_url(ophys_experiment_id: int, width: int | None = None) -> str:
    """The URL of a plane's maximum projection, at most ``width`` pixels wide."""
    url = picture_url(Address("experiment", ophys_experiment_id), "max_projection")
    return with_query(url, "" if width is None else f"width={width}")


def outlines_url(ophys_experiment_id: int) -> str:
    """The URL of an SVG with the outlines of a plane's cells, of the projection's size."""
    return fill(OUTLINES, id=ophys_experiment_id)


def image_url(source: Address, image: str, side: str, width: int) -> str:
    """The URL of a stimulus image of a session, at most ``width`` pixels wide."""
    return fill(IMAGE, kind=source.kind, id=source.id, image=image, side=side, width=width)


def data_url(source: Address, attribute: str, cell_roi_id: int | None = None) -> str:
    """The URL of an attribute of a file as CSV.

    Args:
        source: a file: its kind is ``experiment`` or ``behavior``.
        attribute: the attribute's name.
        cell_roi_id: the cell whose trace is wanted, for attributes that hold traces.
    """
    path = fill(DATA, kind=source.kind, id=source.id, attribute=attribute)
    return with_query(path, "" if cell_roi_id is None else f"cell={cell_roi_id}")
