"""Panel ``field-of-view``: the imaging planes with the outlines of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
import numpy as np
from dash import MATCH, ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.arguments.sentences import told
from dashboard.arguments.values import AddressData
from dashboard.components.answering import panel_callback
from dashboard.components.choices.kept import on_choice
from dashboard.components.choices.segmented import segmented
from dashboard.components.graph import CONFIG
from dashboard.components.panel import panel, try_again
from dashboard.components.problems.parts import without_path
from dashboard.figures.field_of_view import Cell, Field, field_of_view_figure
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.recording import LostPlane, Recording, name_of, open_recording
from dashboard.urls import Address, ViewState, experiment_path
from dashboard.urls.kept_choices import OFF
from dashboard.urls.routes import picture_url
from data_layer.errors import (
    DataLayerError,
    NotReadableNow,
    ObjectMissing,
    RemoteError,
    StreamMissing,
)
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.session_store import SessionStore

NAME, DAYS = "field-of-view", "cell-days-links"
PLANES, OUTLINES, PROJECTION = "field-of-view-planes", "field-of-view-outlines", "option-projection"
MASK = "segmentation_mask_image"
PROJECTIONS = {
    "max_projection": "max",
    "average_projection": "average",
    MASK: "mask",
}
ONE_ROW_UP_TO = 4  # planes; more than that are shown in two rows, where they are larger
SIDES = ("width", "height")
UM_PER_MM = 1000.0
POSSIBLE_PIXELS = (0.1, 10.0)  # µm
INFO = (
    "The imaging plane as its brightest (max) or mean (average) value over the session, gray from "
    "0 to the picture's 99th percentile, or the union of all cell masks. Red: outlines of the "
    "cells (ROIs that were classified as cells); yellow and named: the selected ones. Point at a "
    "cell for its ids, click to select it, shift-click for several; scroll to zoom, drag to move, "
    "double-click for the whole field. Origin at the top left; the bar gives the scale."
)
OF_PLANES = CONFIG | {"scrollZoom": True, "doubleClick": "reset"}


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with the choice of the picture, without planes."""
    tools = [
        html.Span(id=DAYS, className="cell-days-links"),
        segmented(PROJECTION, PROJECTIONS, view.options["projection"]),
        dbc.Switch(
            id=OUTLINES,
            value=view.options[OUTLINES] != OFF,
            label="outlines",
            className="small-switch",
        ),
    ]
    body = html.Div(id=PLANES, className="fov-planes")
    return panel(NAME, "Field of view", INFO, body, tools=tools, offers="numbers code")


def register(app: Dash, stores: OpenStores) -> None:
    """Draw the planes once per recording; the browser draws what depends on the view."""

    @panel_callback(app, NAME, Output(PLANES, "children"), Input(Ids.ADDRESS, "data"), shared=True)
    def draw(address: AddressData) -> Any:
        recording = open_recording(stores, Address.from_json(address))
        found = recording.of_planes(lambda plane: _plane(plane, recording))
        shown = [one for one in found if _is_shown(one)]
        tiles = [_lost(one) if isinstance(one, LostPlane) else one for one in shown]
        columns = len(tiles) if len(tiles) <= ONE_ROW_UP_TO else (len(tiles) + 1) // 2
        grid = html.Div(tiles, className="fov-grid", style={"--columns": columns})
        return [grid, *_absent(recording.absent)]

    app.clientside_callback(
        ClientsideFunction("field_of_view", "compose"),
        Output(_id("graph", MATCH), "figure"),
        Input(_id("figure", MATCH), "data"),
        Input(Ids.OPTIONS, "data"),
        Input(Ids.SELECTION, "data"),
        Input(OUTLINES, "value"),
    )
    app.clientside_callback(
        ClientsideFunction("cells", "daysLinks"),
        Output(DAYS, "children"),
        Input(Ids.SELECTION, "data"),
    )
    on_choice(app, ClientsideFunction("view", "optionChosen"), PROJECTION)


def _id(kind: str, experiment_id: Any) -> dict[str, Any]:
    return {"type": f"fov-{kind}", "experiment": experiment_id}


def _plane(plane: SessionStore, recording: Recording) -> html.Figure:
    experiment_id = plane.ophys_experiment_id
    field, problems = _field(plane)
    cells, problem = _cells(plane)
    figure = field_of_view_figure(field, cells)
    graph = dcc.Graph(
        id=_id("graph", experiment_id),
        className="fov-graph",
        config=OF_PLANES,
        responsive=True,
        figure=_whole_field(figure),
    )
    is_titled = recording.address.kind == "session"
    captions: list[Any] = [_title(experiment_id, name_of(plane))] if is_titled else []
    captions += [html.Span(one, className="fov-problem") for one in problems]
    if problem:
        captions.append(html.Span(told(problem), className="fov-problem"))
    if isinstance(problem, NotReadableNow):
        captions.append(try_again())
    caption = [html.Figcaption(captions)] if captions else []
    store = dcc.Store(id=_id("figure", experiment_id), data=figure)
    return html.Figure([*caption, store, graph], className="fov-plane")


def _whole_field(figure: dict[str, Any]) -> dict[str, Any]:
    """An empty figure with the axes of the whole field.

    Plotly's double click resets axes to the range of the first draw, not of the current layout
    (plotly/plotly.js#2718). So the first draw must have the final axes.
    """
    return {"data": [], "layout": {axis: figure["layout"][axis] for axis in ("xaxis", "yaxis")}}


def _is_shown(found: html.Figure | LostPlane) -> bool:
    """Whether a plane has a place; those without a file here are told below all others."""
    return not (isinstance(found, LostPlane) and found.is_absent)


def _lost(plane: LostPlane) -> html.Figure:
    """In the place of a plane: why it cannot be read, and a button to ask again."""
    sentence = without_path(plane.problem)
    first = sentence.partition(". ")[0].removesuffix(".") + "."  # a tile is small
    problem = html.P(first, className="fov-problem", role="status", title=sentence)
    caption = html.Figcaption(_title(plane.id, plane.name))
    again = [try_again()] if _may_come_back(plane.problem) else []
    return html.Figure([caption, problem, *again], className="fov-plane lost")


def _may_come_back(problem: DataLayerError) -> bool:
    return isinstance(problem, RemoteError) and not isinstance(problem, ObjectMissing)


def _title(experiment_id: int, name: str) -> dcc.Link:
    return dcc.Link(name, href=experiment_path(experiment_id))


def _absent(experiment_ids: Sequence[int]) -> list[html.P]:
    """One sentence about the planes without a file on this machine; empty if there are none."""
    if not experiment_ids:
        return []
    text = (
        f"Not on this machine: experiments {', '.join(map(str, experiment_ids))}. Download their "
        "NWB files into the cache directory (AllenSDK does so), then reload the page."
    )
    return [html.P(text, className="fov-problem")]


def _field(plane: SessionStore) -> tuple[Field, list[str]]:
    """The field with its pictures, and a sentence for each picture that is damaged.

    Raises:
        NotReadableNow: Object storage does not answer.
    """
    experiment, problems = plane.experiment, list[str]()
    names = [name for name in PROJECTIONS if _is_readable(experiment, name, problems)]
    address = Address("experiment", plane.ophys_experiment_id)
    pictures = {name: picture_url(address, name) for name in names}
    if not names:
        width, height = (experiment.metadata[f"field_of_view_{side}"] for side in SIDES)
        return Field(plane.ophys_experiment_id, width, height, None, pictures), problems
    picture = getattr(experiment, names[0])
    height, width = np.shape(picture)
    size = pixel_size(picture.spacing[0])
    return Field(plane.ophys_experiment_id, width, height, size, pictures), problems


def _is_readable(experiment: BehaviorOphysExperiment, name: str, problems: list[str]) -> bool:
    """Whether a picture can be shown; the segmentation mask is not tested, as that is slow."""
    if name == MASK:
        return experiment.has(name)
    try:
        getattr(experiment, name)
    except StreamMissing:
        return False
    except NotReadableNow:
        raise
    except DataLayerError as error:
        problems.append(without_path(error))
        return False
    return True


def pixel_size(spacing: float) -> float | None:
    """The size of a pixel in µm from an image's spacing (mm); None if it is not plausible."""
    low, high = POSSIBLE_PIXELS
    # Some files have µm where mm are specified. No two-photon pixel is 0.1 mm wide.
    return next((um for um in (spacing * UM_PER_MM, spacing) if low <= um <= high), None)


def _cells(plane: SessionStore) -> tuple[Sequence[Cell], DataLayerError | None]:
    """The plane's cells, or none and the reason; pictures are shown without cells too."""
    try:
        table, outlines = plane.cells, plane.outlines
    except DataLayerError as error:
        return (), error
    boxes = table[["x", "y", "width", "height"]].astype(int).itertuples(index=False, name=None)
    return [
        Cell(plane.cell_names[outline.cell_roi_id], box, outline)
        for outline, box in zip(outlines, boxes, strict=True)
    ], None
