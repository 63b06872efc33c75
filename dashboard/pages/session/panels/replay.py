"""Panel ``replay``: plays the session from the cursor; ``assets/session/replay`` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.arguments.values import AddressData
from dashboard.components.answering import panel_callback
from dashboard.components.choices.kept import on_choice
from dashboard.components.choices.segmented import segmented
from dashboard.components.panel import panel
from dashboard.http.pictures import outline_path
from dashboard.pages.session.attributes.row_table import images_of
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.panels.stimuli import SIDES
from dashboard.pages.session.recording import Recording, name_of, open_recording, readable
from dashboard.pages.session.sources import source_of
from dashboard.urls import Address, ViewState
from dashboard.urls.kept_choices import ON
from dashboard.urls.routes import image_url, projection_url
from data_layer.errors import DataLayerError, NotReadableNow
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.eye import eye_range
from data_layer.store.session_store import SessionStore

FACTS = "replay-facts"
SPEEDS = {"0.25": "×¼", "0.5": "×½", "1": "×1", "2": "×2", "4": "×4", "8": "×8", "16": "×16"}
SPEED, LOOP, SIDE, SOUND = "replay-speed", "replay-loop", "replay-side", "replay-sound"
PICTURE = 640  # px across
OUTCOMES = {
    "hit": "it licked after the change, and got water",
    "miss": "no lick after the change",
    "false_alarm": "it licked, but the image had not changed",
    "correct_reject": "no lick, and the image had not changed",
    "aborted": "it licked before the change: the trial ends",
    "auto_rewarded": "water without a lick",
}
INFO = (
    "The session as it went on from the cursor: what the monitor showed, licks and water, running, "
    "the ellipses of the eye, and every cell as bright as its activity (the heatmap's kind of "
    "trace; 0 is clear, the top of the heatmap's scale is full). A trial's outcome appears when it "
    "was known. Paused, it shows the moment under the pointer in the timeline. p plays and pauses, "
    ", and . step a flash; loop repeats the time window."
)


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with its controls and an empty stage."""
    body = [dcc.Store(id=FACTS), _controls(view), _stage()]
    replay = html.Div(body, className="replay", **{"data-state": "loading"})
    return panel("replay", "Replay", INFO, replay)


def _controls(view: ViewState) -> html.Div:
    return html.Div(
        [
            _button("replay-play", "▶", "Play (p)"),
            html.Span(
                [
                    _button("replay-back", "◂", "Previous flash (,)"),
                    "flash",
                    _button("replay-forward", "▸", "Next flash (.)"),
                ],
                className="replay-steps",
            ),
            segmented(SPEED, SPEEDS, view.options[SPEED]),
            _switch(LOOP, "loop", view.options[LOOP] == ON),
            segmented(SIDE, SIDES, view.options[SIDE]),
            _switch(SOUND, "sound", False),
            html.Span(id="replay-time", className="replay-time"),
        ],
        className="replay-controls",
    )


def _button(id_: str, text: str, name: str) -> html.Button:
    return html.Button(
        text, id=id_, type="button", title=name, className="quiet-button", **{"aria-label": name}
    )


def _switch(id_: str, label: str, value: bool) -> dbc.Switch:
    return dbc.Switch(id=id_, value=value, label=label, className="small-switch")


def _stage() -> html.Div:
    """What the browser fills: the monitor, the mouse, the planes."""
    screen = html.Div(
        [html.Canvas(id="replay-screen"), html.P(id="replay-shown"), html.P(id="replay-outcome")],
        className="replay-monitor",
    )
    lamps = [
        html.Span(word, id=f"replay-{name}", className="lamp")
        for name, word in (("lick", "lick"), ("water", "water"))
    ]
    running = html.Div(
        [html.Div(id="replay-running", className="replay-speed"), html.Span(id="replay-cm-s")],
        className="replay-running",
    )
    eye = html.Div(
        [html.Canvas(id="replay-eye"), html.Span(id="replay-blink")], className="replay-eye"
    )
    mouse = html.Div([html.Div(lamps, className="lamps"), running, eye], className="replay-mouse")
    told = html.P(id="replay-told", className="note", role="status")
    planes = html.Div(id="replay-planes", className="replay-planes")
    return html.Div([screen, mouse, planes, told], className="replay-stage")


def register(app: Dash, stores: OpenStores) -> None:
    """Send what stays the same through the session once; blocks of time follow by a route."""

    @panel_callback(app, "replay", Output(FACTS, "data"), Input(Ids.ADDRESS, "data"), shared=True)
    def draw(address: AddressData) -> Any:
        return facts(open_recording(stores, Address.from_json(address)))

    app.clientside_callback(
        ClientsideFunction("replay", "arrived"), Output(FACTS, "id"), Input(FACTS, "data")
    )
    on_choice(app, ClientsideFunction("replay", "chosen"), SPEED, LOOP, SIDE)


def facts(recording: Recording) -> dict[str, Any]:
    """The addresses of the pictures, the planes with the shapes of their cells, the eye's range."""
    planes, problems = readable(recording.each_plane(_plane))
    return {
        "pictures": _pictures(recording),
        "planes": planes,
        "problems": problems,
        "eye": _eye(recording.behavior),
        "outcomes": OUTCOMES,
    }


def _pictures(recording: Recording) -> dict[str, dict[str, str]]:
    """The address of the picture of each image that the file has, for either side."""
    try:
        images = images_of(recording.behavior)
    except NotReadableNow:
        raise
    except DataLayerError:
        return {}
    source = source_of(recording)
    return {
        name: {side: image_url(source, name, side, PICTURE) for side in SIDES}
        for name, has_picture in images.items()
        if has_picture
    }


def _plane(plane: SessionStore) -> dict[str, Any]:
    names = plane.cell_names
    width, height = (plane.experiment.metadata[f"field_of_view_{s}"] for s in ("width", "height"))
    return {
        "experiment": plane.ophys_experiment_id,
        "name": name_of(plane),
        "width": width,
        "height": height,
        "picture": projection_url(plane.ophys_experiment_id),
        "cells": [
            {"name": names[one.cell_roi_id], "path": outline_path(one)} for one in plane.outlines
        ],
    }


def _eye(store: SessionStore) -> Sequence[Any] | None:
    """The eye's range; None where there is none or it is damaged, which each block tells."""
    try:
        return eye_range(store)
    except NotReadableNow:
        raise
    except DataLayerError:
        return None
