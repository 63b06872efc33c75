"""Panel ``qc``: the quality checks of the recording, worst first, with links to times and cells."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from dashboard.arguments.values import AddressData
from dashboard.components.answering import panel_callback
from dashboard.components.panel import panel
from dashboard.components.problems.parts import Parts
from dashboard.pages.session.check_list import Line, PlaneChecks, check_list, lines_of
from dashboard.pages.session.ids import Ids
from dashboard.pages.session.recording import Recording, name_of, open_recording, readable
from dashboard.urls import Address, ViewState
from data_layer.project_cache.open_stores import OpenStores
from data_layer.project_cache.table_checks import TableChecks
from data_layer.quality import session_checks
from data_layer.store.session_store import SessionStore

NAME = "qc"
LIST = "qc-checks"
INFO = (
    "Checks of the recording from its NWB file, and of the file against the release's tables: "
    "✕ fails, ! deserves a look, ✓ passes, – does not apply. Open a line for its rule and why its "
    "threshold is where it is; a button leads to the second or the cell. A fail says where to "
    "look, not that the session is useless."
)


def layout(recording: Recording, view: ViewState) -> html.Section:
    """The panel with an empty list."""
    del recording, view
    body = html.Div(html.Div(id=LIST, className="checks"), className="qc-body")
    return panel(NAME, "Quality", INFO, body, offers="numbers")


def register(app: Dash, stores: OpenStores) -> None:
    """Fill the list when the tab is first opened."""

    @panel_callback(app, NAME, Output(LIST, "children"), Input(Ids.ADDRESS, "data"), costly=True)
    def draw(address: AddressData) -> Any:
        checks, lost = _of(stores, open_recording(stores, Address.from_json(address)))
        told = [html.P(sentence, className="check-note", role="status") for sentence in lost]
        return [*told, *check_list(lines_of(checks))]


def lines(stores: OpenStores, recording: Recording) -> list[Line]:
    """Every check of the recording, as the list shows them."""
    return lines_of(_of(stores, recording)[0])


def _of(stores: OpenStores, recording: Recording) -> tuple[list[PlaneChecks], list[str]]:
    """The checks of every plane that can be read, and sentences about the others."""
    hashes = stores.preparer.shelf.hashes if stores.preparer else None
    compare = TableChecks(stores.cache, hashes)
    if not recording.files:
        return [_checks(recording.behavior, compare)], []
    return readable(recording.of_planes(lambda plane: _checks(plane, compare)))


def _checks(store: SessionStore, compare: TableChecks) -> PlaneChecks:
    checks = (*session_checks.quality(store), *compare.of_store(store))
    if not store.has_cells:
        return PlaneChecks("", checks, {})
    parts = Parts()  # a check says what cannot be read
    return PlaneChecks(name_of(store), checks, parts.read(lambda: store.cell_names, {}))
