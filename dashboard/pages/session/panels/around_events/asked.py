"""A request to the panel ``events``: the task events, their groups, the plane and its cells."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from dashboard.components.answering import EmptyPanel
from dashboard.components.problems.parts import Parts
from dashboard.pages.session.panels.around_events.choices import Choices
from dashboard.pages.session.recording import Recording, cell_roi_id
from dashboard.vocabulary.signals import BEHAVIOR_SIGNALS, CELL_SIGNALS
from data_layer.around_events.splits import Thresholds, split_events
from data_layer.around_events.times import event_times
from data_layer.errors import DataLayerError
from data_layer.store.session_store import SessionStore
from data_layer.values.slices import EventSlice, Floats, SplitSlice


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the recording, the plane and its selected cells, events and their groups."""

    recording: Recording
    plane: SessionStore
    cells: tuple[int, ...]
    choices: Choices
    events: EventSlice
    split: SplitSlice

    @property
    def frame(self) -> tuple[str, bool]:
        """The signal's label on the axis, and whether its colour scale starts at zero."""
        name = (CELL_SIGNALS | BEHAVIOR_SIGNALS)[self.choices.signal]
        return name, self.choices.signal != "pupil_area"


def ask(recording: Recording, selected: Sequence[int], choices: Choices) -> Asked:
    """Find the plane and cells, the task events and their groups.

    Raises:
        EmptyPanel: the session has no event of that kind.
    """
    plane, cells = _plane_and_cells(recording, selected)
    behavior = recording.behavior
    events = event_times(behavior, choices.event, choices.typed)
    if not len(events.times):
        advice = "type some above." if choices.event == "times" else "choose another event."
        raise EmptyPanel(f"This session has no {choices.kind.label}: {advice}")
    choices, split = _split(behavior, choices, events.times)
    return Asked(recording, plane, cells, choices, events, split)


def _split(store: SessionStore, choices: Choices, times: Floats) -> tuple[Choices, SplitSlice]:
    """The groups of the events; all in one, with a sentence, where they cannot be told apart."""
    parts, thresholds = Parts(), Thresholds(engaged=choices.engaged)
    split = parts.read(lambda: split_events(store, choices.split, times, thresholds), None)
    if split is not None:
        return choices, split
    together = split_events(store, "none", times)
    rule = f"not split: {' '.join(parts.problems)}"
    return replace(choices, split="none"), replace(together, rule=rule)


def _plane_and_cells(
    recording: Recording, selected: Sequence[int]
) -> tuple[SessionStore, tuple[int, ...]]:
    """The plane of the cell selected last, and the selected cells in that plane.

    Without a cell it is the first plane whose cells can be read.
    """
    found_in = [found for cell in reversed(selected) if (found := recording.plane_of(cell))]
    if not found_in:
        return _first_readable(recording.planes) or recording.behavior, ()
    plane = found_in[0][0]
    return plane, tuple(cell for cell in selected if cell_roi_id(plane, cell) is not None)


def _first_readable(planes: Sequence[SessionStore]) -> SessionStore | None:
    for plane in planes:
        with suppress(DataLayerError):
            plane.cell_names  # noqa: B018 - it is read
            return plane
    return next(iter(planes), None)
