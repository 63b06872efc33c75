"""Panel ``stimuli``: the images with their counts, and a table of all presentations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, State, html

from dashboard import theme
from dashboard.arguments.values import AddressData
from dashboard.components.answering import panel_callback
from dashboard.components.choices.named import scrolled
from dashboard.components.choices.segmented import segmented
from dashboard.components.panel import panel
from dashboard.pages.session.attributes.row_table import images_of, row_table
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.pages.session.sources import source_of
from dashboard.theme.stylesheet import css
from dashboard.urls import Address, ViewState
from dashboard.urls.routes import data_url, image_url
from data_layer.derived.image_changes import is_omitted
from data_layer.derived.image_counts import image_counts
from data_layer.project_cache.open_stores import OpenStores
from data_layer.store.attributes import rows_of
from data_layer.store.presentations import is_unnamed, why_no_omissions, why_unnamed
from data_layer.store.session_store import SessionStore

GALLERY, SUMMARY, TABLE, SIDE = (
    "stimuli-gallery",
    "stimuli-summary",
    "stimuli-table",
    "stimuli-side",
)
STREAM = "stimulus_presentations"
SIDES = {"warped": "on the monitor", "unwarped": "as seen"}
THUMBNAIL = 240
INFO = (
    "The images of this session in their colours. On the monitor: as sent to the flat screen "
    "(warped); as seen: as they looked from the eye (unwarped), clear where the screen ends. "
    "Below, every presentation: click a row to go there, a heading to sort; its menu filters."
)
NO_PICTURES = "The file holds no pictures of these stimuli. "


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with an empty gallery above an empty table."""
    side = segmented(SIDE, SIDES, view.options[SIDE])
    csv = html.A(
        "CSV",
        href=data_url(source_of(recording), STREAM),
        className="quiet-button",
        title="Download all presentations",
    )
    gallery = scrolled("Images", GALLERY, "gallery show-warped")
    body = [html.P(id=SUMMARY, className="note"), gallery, html.Div(id=TABLE)]
    return panel(
        "stimuli",
        "Stimuli",
        INFO,
        html.Div(body, className="stimuli"),
        tools=[side, csv],
        offers="numbers code",
    )


def register(app: Dash, stores: OpenStores) -> None:
    """Fill gallery and table once per recording; the browser switches warped and unwarped."""

    @panel_callback(
        app,
        "stimuli",
        [Output(SUMMARY, "children"), Output(GALLERY, "children"), Output(TABLE, "children")],
        Input(Ids.ADDRESS, "data"),
        shared=True,
    )
    def draw(address: AddressData) -> tuple[Any, Any, Any]:
        recording = open_recording(stores, Address.from_json(address))
        return content(recording.behavior, source_of(recording))

    app.clientside_callback(
        ClientsideFunction("stimuli", "side"),
        Output(GALLERY, "className"),
        Input(SIDE, "value"),
        State(GALLERY, "className"),
    )


def content(store: SessionStore, source: Address) -> tuple[Any, Any, Any]:
    """The summary, the gallery and the table of one session."""
    counts = image_counts(store.presentations)
    images = images_of(store)
    names = list(images)
    counts = counts.reindex(names, fill_value=0)
    numbers = counts.to_dict("index")
    cards = [
        _card(name, numbers[name], theme.image_color(name, names), source, has_picture)
        for name, has_picture in images.items()
    ]
    rows = rows_of(store, STREAM)
    table = row_table("stimuli", source, STREAM, rows, images=images)
    shown = store.presentations
    missing = NO_PICTURES if names and not any(images.values()) else ""
    missing += why_unnamed(shown) + why_no_omissions(shown) if len(shown) else ""
    return missing + summary(shown, counts), cards, table


def summary(presentations: pd.DataFrame, counts: pd.DataFrame) -> str:
    """A sentence with the numbers of presentations, changes and omissions."""
    shown, omitted = int(counts["shown"].sum()), int(counts["omitted"].sum())
    if presentations.empty:
        return "The file's tables of presentations have no rows."
    unnamed = int(is_unnamed(presentations).sum())
    if unnamed and not shown:
        changes, omitted = presentations["is_change"].sum(), is_omitted(presentations).sum()
        return f"{unnamed:,} flashes without a name, {changes:,} changes, {omitted:,} omitted."
    if not shown:
        return f"No images among the {len(presentations):,} presentations of this session."
    changes = int(counts["changes"].sum())
    share = f" ({omitted / (shown + omitted):.1%} of those due)" if omitted else ""
    left_out = f", {omitted:,} flashes omitted{share}" if omitted else ", no flash omitted"
    others = len(presentations) - shown - omitted
    besides = f"; besides, {others:,} gray screens and movie frames" if others else ""
    n_images = int((counts["shown"] > 0).sum())
    return f"{shown:,} presentations of {n_images} images, {changes:,} changes{left_out}{besides}."


def _card(
    name: str, count: Mapping[Any, float], color: str, source: Address, has_picture: bool
) -> html.Figure:
    pictures = [_picture(name, side, source) for side in SIDES] if has_picture else ["no picture"]
    numbers = [
        f"{int(count['shown']):,} × ({count['share']:.0%})",
        f"{int(count['changes']):,} changes",
        f"{int(count['omitted']):,} omitted",
    ]
    words = [html.B(name), *(html.Span(number) for number in numbers)]
    return html.Figure(
        [html.Div(pictures, className="card-picture"), html.Figcaption(words)],
        className="image-card",
        style={"borderTopColor": css(color)},
        title=f"{name}: shown {numbers[0]} of all flashes, {numbers[1]} to it, "
        f"{numbers[2]} while it was the current image",
    )


def _picture(name: str, side: str, source: Address) -> html.Img:
    url = image_url(source, name, side, THUMBNAIL)
    return html.Img(alt=f"Image {name} {SIDES[side]}", className=side, **{"data-src": url})
