"""The preview of one attribute: its explanation, columns, rows and CSV file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from dash import html

from dashboard import theme
from dashboard.pages.session.attributes.attribute_list import held
from dashboard.pages.session.attributes.key_table import key_row, key_table
from dashboard.pages.session.attributes.row_table import images_of, row_table
from dashboard.pages.session.recording import cell_roi_id
from dashboard.urls import Address
from dashboard.urls.routes import data_url, picture_url
from dashboard.vocabulary import ATTRIBUTES, Attribute, Term
from data_layer.store.attributes import IMAGES, TRACES, rows_of
from data_layer.store.session_store import SessionStore

ABSENT = "This file does not hold it; other attributes of the session are not affected."
SHOWING_IMAGES = ("stimulus_presentations", "stimulus_templates", "trials")
UNKNOWN = "There is no such attribute: choose one of the list."
EMPTY = "There is none in this session."
BEHAVIOR_ONLY = "This is a behaviour session without imaging; open an experiment to see it."


def preview(store: SessionStore, source: Address, name: str, selected: list[int]) -> list[Any]:
    """The preview of the attribute ``name`` of a file; traces are of the first selected cell."""
    attribute = ATTRIBUTES.get(name)
    if attribute is None:
        return [html.P(UNKNOWN, className="note")]
    found = held(store, attribute)
    unit = f" In {attribute.unit}." if attribute.unit else ""
    about = html.P(f"{attribute.explanation}{unit}", className="note")
    if not found.size:
        sentence = found.damage or _why_absent(store, attribute)
        return [_title(attribute), about, html.P(sentence, className="note"), _columns(attribute)]
    link = html.A(
        "CSV",
        href=data_url(source, name),
        className="quiet-button",
        title="Download all of it, in full precision",
    )
    title = _title(attribute, html.Span(found.size, className="unit"), link)
    present = rows_of(store, name).columns if attribute.shape == "table" else attribute.columns
    return [title, about, *_body(store, source, attribute, selected), _columns(attribute, present)]


def _why_absent(store: SessionStore, attribute: Attribute) -> str:
    return BEHAVIOR_ONLY if attribute.experiment_only and not store.has_cells else ABSENT


def _title(attribute: Attribute, *more: Any) -> html.H3:
    return html.H3([html.Code(attribute.call), *more])


def _body(
    store: SessionStore, source: Address, attribute: Attribute, selected: list[int]
) -> list[Any]:
    if attribute.name in TRACES:
        return _cell(store, source, attribute.name, selected)
    if attribute.name in IMAGES:
        url = picture_url(source, attribute.name)
        return [html.Img(src=url, alt=attribute.explanation, className="preview-picture")]
    if attribute.shape == "dictionary":
        values = rows_of(store, attribute.name).read(0, 1000)
        pairs = dict(zip(values["key"], values["value"], strict=True))
        return [key_table(pairs, attribute.columns)]
    rows = rows_of(store, attribute.name)
    if not len(rows):
        return [html.P(EMPTY, className="note")]
    images = images_of(store) if attribute.name in SHOWING_IMAGES else None
    table = row_table("details", source, attribute.name, rows, images=images)
    return [html.Div(table, className="rows")]


def _cell(store: SessionStore, source: Address, name: str, selected: list[int]) -> list[Any]:
    """The frames of the first selected cell of this plane, or else of the plane's first cell."""
    chosen = [roi for cell in selected if (roi := cell_roi_id(store, cell)) is not None]
    roi_id = chosen[0] if chosen else int(store.cells["cell_roi_id"].iloc[0])
    try:
        rows = rows_of(store, name, roi_id)
    except KeyError:
        return [
            html.P(f"The file has no {name} for cell {store.cell_names[roi_id]}.", className="note")
        ]
    table = row_table("details", source, name, rows, cell_roi_id=roi_id)
    link = html.A("CSV of this cell", href=data_url(source, name, roi_id), className="quiet-button")
    words = [_cell_words(store, name, roi_id), " ", link]
    return [html.P(words, className="note"), html.Div(table, className="rows")]


def _cell_words(store: SessionStore, name: str, roi_id: int) -> str:
    matrix = next(iter(TRACES[name].values()))
    parameters = store.experiment.trace_parameters(matrix)
    numbers = "".join(
        f" · {key} {theme.number(values.loc[roi_id], 4)}" for key, values in parameters.items()
    )
    return f"Cell {store.cell_names[roi_id]} · cell_roi_id {roi_id}{numbers}"


def _columns(attribute: Attribute, present: Collection[str] = ()) -> Any:
    """Names, units and meanings of the columns, and which of them this file lacks."""
    if not attribute.columns or attribute.shape == "dictionary":
        return None
    rows = [
        key_row(name, None, term if name in present or not present else _absent(term))
        for name, term in attribute.columns.items()
    ]
    return html.Details(
        [html.Summary("The columns"), html.Table(html.Tbody(rows), className="key-table")],
        className="columns-explained",
    )


def _absent(term: Term) -> Term:
    return replace(term, explanation=f"{term.explanation} (Not in this file.)")
