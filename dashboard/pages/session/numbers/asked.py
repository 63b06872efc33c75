"""What the menu of a panel asks for: the recording, the view of the page, and what a panel adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from dashboard.arguments.limits import within
from dashboard.pages.session.first_view import first_cells, first_span
from dashboard.pages.session.known_options import with_known_options
from dashboard.pages.session.recording import Recording, open_recording
from dashboard.urls import Address, ViewState, view_path
from data_layer.project_cache.open_stores import OpenStores
from data_layer.values.window import Window


@dataclass(frozen=True, slots=True)
class OfPanel:
    """What is not in the view's link.

    The width of the timeline in pixels, order of rows and outcomes of the trials, and the frame of
    the eye camera.
    """

    pixels: int = 1000
    rows_by: str = "time"
    outcomes: str | None = None
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the recording, the view with its time span and cells, and the panel's part."""

    stores: OpenStores
    recording: Recording
    view: ViewState
    window: Window
    cells: tuple[int, ...]
    own: OfPanel

    @property
    def notes(self) -> list[str]:
        """What every file says first: the path of the view and its time span."""
        path = view_path(self.recording.address, self.view)
        span = f"{self.window.start:.3f} to {self.window.stop:.3f} s of the session"
        return [path, f"Time window: {span}"]

    @property
    def name(self) -> str:
        """The recording, as titles name it."""
        address = self.recording.address
        return f"{address.id_name} {address.id}"

    @property
    def options(self) -> dict[str, Any]:
        """The options of the view."""
        return self.view.options


def asked_of(stores: OpenStores, address: Address, own: OfPanel) -> Asked:
    """The question of the current request.

    Raises:
        DataLayerError: the recording cannot be opened, or too many cells are named.
    """
    query = {name: request.args[name] for name in request.args}
    view = with_known_options(ViewState.from_query(query))
    within("max_selected_cells", len(view.cells), "selected cells")
    recording = open_recording(stores, address)
    start, stop = first_span(recording, view)
    window = Window(start, stop, own.pixels)
    return Asked(stores, recording, view, window, tuple(first_cells(recording, view)), own)
