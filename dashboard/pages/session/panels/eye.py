"""Panel ``eye``: ellipses of eye, pupil and corneal reflection at the cursor, and the rig."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash, Input, Output, State, dcc, html

from dashboard import theme
from dashboard.arguments.values import AddressData, WindowData
from dashboard.components.answering import EmptyPanel, panel_callback
from dashboard.components.choices.named import hidden_words, scrolled
from dashboard.components.graph import CONFIG
from dashboard.components.panel import panel
from dashboard.figures.eye import PART_LABELS, eye_figure, rig_figure
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.urls import Address, ViewState
from dashboard.vocabulary import explain
from data_layer.errors import StreamMissing
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.eye import eye_range, pupil_centres
from data_layer.store.moment import behavior_at
from data_layer.store.session_store import SessionStore

BODY, GRAPH, READOUT = "eye-body", "eye-graph", "eye-readout"
STILL = CONFIG | {"staticPlot": True}
NO_EYE_TRACKING = (
    "This session has no eye tracking: training was not filmed, and some imaging sessions lack it."
)
NO_GEOMETRY = "The file does not say where camera, monitor and LED stood."
INFO = (
    "Ellipses fitted to the camera's picture of the right eye at the cursor (forward is right), in "
    "camera pixels: not where the mouse looks, and the video itself is not released. Faint dots: "
    "the pupil's centre through the session. During likely blinks pupil and eye are not fitted. "
    "Rig: millimetres from the right eye, seen from above."
)
OBJECTS = {
    "camera": ("camera_position_mm", "camera_rotation_deg"),
    "monitor": ("monitor_position_mm", "monitor_rotation_deg"),
    "LED": ("led_position", None),
}


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The empty panel."""
    return panel("eye", "Eye", INFO, html.Div(id=BODY, className="eye"), offers="numbers code")


def register(app: Dash, stores: OpenStores) -> None:
    """Draw the panel once per recording, at the centre of the time window.

    ``assets/session/eye.js`` then follows the cursor.
    """

    @panel_callback(
        app, "eye", Output(BODY, "children"), Input(Ids.ADDRESS, "data"), State(Ids.WINDOW, "data")
    )
    def draw(address: AddressData, window: WindowData) -> Any:
        store = open_recording(stores, Address.from_json(address)).behavior
        return content(store, (window["start"] + window["stop"]) / 2)


def content(store: SessionStore, time: float) -> list[Any]:
    """The eye at ``time`` (s) and the rig's geometry.

    Raises:
        EmptyPanel: the file has neither.
    """
    geometry = _geometry(store)
    spans = eye_range(store)
    if spans is None and not geometry:
        raise EmptyPanel(NO_EYE_TRACKING)
    return [
        _eye(store, spans, time),
        scrolled("Rig geometry", class_name="eye-rig", content=_rig(geometry)),
    ]


def _geometry(store: SessionStore) -> dict[str, Any]:
    try:
        return store.session.eye_tracking_rig_geometry
    except StreamMissing:
        return {}


def _eye(store: SessionStore, spans: Any, time: float) -> html.Div:
    if spans is None:
        return html.P(NO_EYE_TRACKING, className="note")
    eye, centres = behavior_at(store, time)["eye"], pupil_centres(store)
    figure = eye_figure(spans, eye, (centres["x"].to_numpy(), centres["y"].to_numpy()))
    graph = dcc.Graph(id=GRAPH, figure=figure, config=CONFIG, responsive=True)
    legend = [_key(part, label) for part, label in PART_LABELS.items()]
    words = html.Span(eye_words(eye, time), id=READOUT, role="status")
    return html.Div(
        [graph, html.Div([*legend, words], className="eye-legend")], className="eye-view"
    )


def _key(part: str, label: str) -> html.Span:
    mark = html.Span(className="ellipse-mark", style={"borderColor": theme.ELLIPSE_COLORS[part]})
    return html.Span([mark, label], className="ellipse-key")


def eye_words(eye: Mapping[str, Any] | None, time: float) -> str:
    """A description of the drawing in words; ``assets/session/eye.js`` writes the same."""
    if eye is None:
        return f"no camera frame at {time:,.2f} s"
    state = "likely blink: no pupil" if eye["likely_blink"] else "no blink"
    return f"frame {eye['frame']:,} at {time:,.2f} s, {state}"


def _rig(geometry: Mapping[str, Any]) -> list[Any]:
    if not geometry:
        return [html.P(NO_GEOMETRY, className="note")]
    title = html.H3(["Rig ", html.Span(str(geometry.get("equipment") or ""), className="unit")])
    sketch = dcc.Graph(
        figure=rig_figure(geometry), config=STILL, responsive=True, className="rig-sketch"
    )
    return [title, sketch, rig_table(geometry)]


def rig_table(geometry: Mapping[str, Any]) -> html.Table:
    """A table of the position (mm) and rotation (degrees) of camera, monitor and LED."""
    head = html.Tr(
        [html.Th(hidden_words("part")), html.Th("x, y, z (mm)"), html.Th("rotation (°)")]
    )
    rows = [
        html.Tr([html.Th(name, scope="row"), *(_triple(geometry, key) for key in keys)])
        for name, keys in OBJECTS.items()
    ]
    return html.Table([html.Thead(head), html.Tbody(rows)], className="key-table")


def _triple(geometry: Mapping[str, Any], key: str | None) -> html.Td:
    position = geometry.get(key) if key else None
    text = "–" if position is None else ", ".join(f"{float(value):g}" for value in position)
    return html.Td(text, title=explain("eye_tracking_rig_geometry", key) if key else None)
