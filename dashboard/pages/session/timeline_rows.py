"""Builds the timeline's rows: reads slices from the stores and turns them into rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from dashboard import theme
from dashboard.components.problems.parts import Parts, without_path
from dashboard.figures import timeline_rows as draw
from dashboard.figures.literal import literal
from dashboard.figures.shapes import box_trace, strokes
from dashboard.figures.timeline_rows import Row
from dashboard.pages.session.recording import LostPlane, Recording, name_of
from dashboard.urls import cell_path
from dashboard.vocabulary.signals import TRACES
from data_layer.errors import DataLayerError
from data_layer.store.cell_order import cell_order
from data_layer.store.presentations import why_unnamed
from data_layer.store.session_store import SessionStore
from data_layer.store.signals import SIGNALS
from data_layer.values.slices import UNNAMED, Floats, MarkSlice
from data_layer.values.trace_kinds import TRACE_KINDS
from data_layer.values.window import Window

ROWS = {
    "stimulus": "stimulus flashes",
    "trials": "trials",
    "licks": "licks and rewards",
    "licks_per_second": "lick rate (1 s)",
    "running_speed": "running speed",
    "raw_running_speed": "raw running speed",
    "pupil_area": "pupil area",
    "pupil_area_raw": "pupil area with blinks",
    "eye_area": "eye area",
    "cr_area": "corneal reflection area",
    "pupil_position": "pupil position",
    "eye_position": "eye position",
    "cr_position": "corneal reflection position",
    "activity": "all cells (heatmap)",
    "cells": "selected cells",
    "motion": "motion correction x, y",
}
NO_CELLS = "no valid cells in this plane"
NO_PRESENTATIONS = "the file's tables of presentations have no rows"
IMAGING_ROWS = ("activity", "cells", "motion")
SOURCES = {
    "licks_per_second": (("licks_per_second", theme.LICK_COLOR),),
    "running_speed": (("running_speed", theme.RUNNING_COLOR),),
    "raw_running_speed": (("raw_running_speed", theme.RUNNING_COLOR),),
    "pupil_area": (("pupil_area", theme.PUPIL_COLOR),),
    "pupil_area_raw": (("pupil_area_raw", theme.PUPIL_COLOR),),
    "eye_area": (("eye_area", theme.PUPIL_COLOR),),
    "cr_area": (("cr_area", theme.PUPIL_COLOR),),
    **{
        f"{part}_position": (
            (f"{part}_center_x", theme.MOTION_COLORS["x"]),
            (f"{part}_center_y", theme.MOTION_COLORS["y"]),
        )
        for part in ("pupil", "eye", "cr")
    },
    "motion": (("motion_x", theme.MOTION_COLORS["x"]), ("motion_y", theme.MOTION_COLORS["y"])),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One request: the recording, the time window, the selected cells and the options.

    ``ahead``: whether one window more is drawn to either side, so that a hand finds it there.
    """

    recording: Recording
    window: Window
    cells: tuple[int, ...]
    options: dict[str, Any]
    ahead: bool = False

    @property
    def drawn(self) -> Window:
        """The window and what lies ahead within the session, as finely."""
        if not self.ahead:
            return self.window
        first, last = self.recording.behavior.bounds
        more, per_pixel = self.window.duration, self.window.seconds_per_pixel
        start, stop = self.window.start, self.window.stop
        before, after = min(max(start - first, 0), more), min(max(last - stop, 0), more)
        pixels = self.window.pixels + round((before + after) / per_pixel)
        return Window(start - before, stop + after, pixels)


def timeline_rows(shown: Shown) -> list[Row]:
    """The rows in the order of the options; a row without data has a sentence that says why."""
    rows: list[Row] = []
    for name in shown.options["rows"]:
        if name not in ROWS or (name in IMAGING_ROWS and not shown.recording.planes):
            continue
        try:
            rows += _BUILDERS.get(name, _signal_rows)(shown, name)
        except DataLayerError as error:
            rows.append(draw.absent_row(name, ROWS[name], without_path(error)))
    return rows


def shading(shown: Shown) -> Row:
    """The background of all rows: changes in blue, other flashes in gray, omissions dashed."""
    store, window = shown.recording.behavior, shown.drawn
    try:
        flashes = store.flashes(window)
        omissions = store.flash_marks("omitted", window)
    except DataLayerError:
        return Row("shading", "")
    if flashes.level == "merged":
        flashes = flashes.take(slice(0, 0))
        omissions = MarkSlice("omitted", omissions.times[:0])
    image = np.isin(flashes.labels.astype(str), [*store.image_names, UNNAMED])
    is_change = flashes.flags.get("is_change", np.zeros(len(image), dtype=bool))
    gray = theme.translucent(theme.FLASH_COLOR, 0.10)
    blue = theme.translucent(theme.CHANGE_COLOR, 0.28)
    other, changed = image & ~is_change, image & is_change
    boxes = [
        box_trace(flashes.starts[other], flashes.stops[other], gray, "flash"),
        box_trace(flashes.starts[changed], flashes.stops[changed], blue, "change"),
    ]
    marks = strokes(
        omissions.times, theme.OMISSION_COLOR, "omission", dash="4px,3px", layer="below"
    )
    return Row("shading", "", traces=boxes, strokes=[marks])


def _stimulus(shown: Shown, name: str) -> list[Row]:
    store, window = shown.recording.behavior, shown.drawn
    if not len(store.presentation_spans.starts):
        return [draw.absent_row(name, ROWS[name], NO_PRESENTATIONS)]
    changes = store.flash_marks("is_change", window)
    omissions = store.flash_marks("omitted", window)
    row = draw.stimulus_row(store.flashes(window), changes, omissions, store.image_names)
    if UNNAMED in store.presentation_spans.labels:
        row = replace(row, notes={"absent": why_unnamed(store.presentations).strip()})
    return [row]


def _trials(shown: Shown, name: str) -> list[Row]:
    store = shown.recording.behavior
    row = draw.trials_row(store.trial_spans(shown.drawn), shown.drawn)
    if len(store.spans("trials").starts):
        return [row]
    return [replace(row, notes={"absent": "no trials in this session"})]


def _licks(shown: Shown, name: str) -> list[Row]:
    """Licks and rewards; those that cannot be read are told in the row of the others."""
    store, window, parts = shown.recording.behavior, shown.drawn, Parts()
    free = {"auto_rewarded": np.empty(0, dtype=bool)}
    licks = parts.read(lambda: store.licks(window), MarkSlice("licks", np.empty(0)))
    rewards = parts.read(lambda: store.rewards(window), MarkSlice("rewards", np.empty(0), free))
    row = draw.licks_row(licks, rewards)
    told = {"absent": " ".join(parts.problems)} if parts.problems else {}
    return [replace(row, notes=row.notes | told)]


def _signal_rows(shown: Shown, name: str) -> list[Row]:
    store = shown.recording.behavior
    if name != "motion":
        return [_signal_row(shown, store, name, ROWS[name])]
    return _of_planes(shown, name, "motion", _motion_row)


def _motion_row(shown: Shown, plane: SessionStore, label: str) -> Row:
    return _signal_row(shown, plane, f"motion:{_id_of(plane)}", label)


def _of_planes(
    shown: Shown, name: str, label: str, build: Callable[[Shown, SessionStore, str], Row]
) -> list[Row]:
    """A row for each plane, or why it cannot be drawn; planes without a file have none."""
    rows = []
    for file in shown.recording.files:
        if isinstance(file, LostPlane):
            if not file.is_absent:
                lost = label + literal(f"\n{file.name}")
                rows.append(draw.absent_row(f"{name}:{file.id}", lost, without_path(file.problem)))
            continue
        of_plane = label + _plane_label(shown.recording, file)
        build_it = partial(build, shown, file, of_plane)
        rows.append(_or_absent(f"{name}:{_id_of(file)}", of_plane, build_it))
    return rows


def _id_of(plane: SessionStore) -> str:
    """What the plane's rows are called; its file's name where its id cannot be read."""
    return Parts().read(lambda: str(plane.ophys_experiment_id), plane.session.path.stem)


def _or_absent(name: str, label: str, build: Callable[[], Row]) -> Row:
    """A row, or why it cannot be drawn; the other planes and cells keep theirs."""
    try:
        return build()
    except DataLayerError as error:
        return draw.absent_row(name, label, without_path(error))


def _signal_row(shown: Shown, store: SessionStore, name: str, label: str) -> Row:
    window = shown.drawn
    sources = SOURCES[name.partition(":")[0]]
    lines = [(store.signal(source, window), color) for source, color in sources]
    recorded = store.recorded(sources[0][0])
    stream = SIGNALS[sources[0][0]].stream
    if recorded is None:
        return draw.absent_row(name, label, f"no {stream.replace('_', ' ')} in this session")
    ranges = [store.usual_range(source) for source, _ in sources]
    usual = (min(low for low, _ in ranges), max(high for _, high in ranges))
    unit = SIGNALS[sources[0][0]].unit
    row = draw.signal_row(name, label + _legend(sources), unit, lines, usual)
    if reason := _outside(recorded, shown.window):
        row = replace(row, notes={"absent": reason})
    if stream == "eye_tracking":
        return draw.with_blinks(row, store.blinks(window), window)
    return row


def _legend(sources: Sequence[tuple[str, str]]) -> str:
    """A line of the label for rows of two lines, which are called by their last letter."""
    if len(sources) == 1:
        return ""
    names = [f"<span style='color:{color}'>━</span> {source[-1]}" for source, color in sources]
    return "<br>" + " ".join(names)


def _outside(recorded: tuple[float, float], window: Window) -> str | None:
    """The reason why a row is empty if the window is outside the recorded span, else None."""
    first, last = recorded
    if window.stop >= first and window.start <= last:
        return None
    return f"recorded from {first:,.0f} to {last:,.0f} s only"


def _activity(shown: Shown, name: str) -> list[Row]:
    return _of_planes(shown, name, ROWS[name], _heatmap)


def _heatmap(shown: Shown, plane: SessionStore, label: str) -> Row:
    kind = shown.options["activity"] if shown.options["activity"] in TRACES else "dff"
    parts = Parts()
    order = parts.read(lambda: cell_order(plane, shown.options["sort"]), None)
    if order is None:
        order = cell_order(plane, "stored", kind)
    if not order:
        why = NO_CELLS if plane.cells.empty else f"no cell has {TRACES[kind]}"
        label = TRACES[kind] + _plane_label(shown.recording, plane)
        return draw.absent_row(f"activity:{_id_of(plane)}", label, why)
    matrix = plane.heatmap(kind, shown.drawn, order)
    name_of = plane.cell_names
    names = [name_of[roi_id] for roi_id in order]
    note = ", max" if matrix.statistic == "max" and matrix.bin_size > 1 else ""
    note += ", as stored" if parts.problems else ""
    label = f"{TRACES[kind]}{note}, {len(order)} cells" + _plane_label(shown.recording, plane)
    row = draw.activity_row(f"activity:{_id_of(plane)}", label, matrix, names, shown.cells)
    reason = _outside(_ends(plane.activity(kind).times), shown.window)
    return replace(row, notes=row.notes | {"absent": reason}) if reason else row


def _ends(times: Floats) -> tuple[float, float]:
    return float(times[0]), float(times[-1])


def _plane_label(recording: Recording, plane: SessionStore) -> str:
    if len(recording.files) < 2:
        return ""
    return literal(f"\n{name_of(plane)}")


def _cells(shown: Shown, name: str) -> list[Row]:
    rows: list[Row] = []
    for i, cell in enumerate(shown.cells):
        try:
            found = shown.recording.plane_of(cell)
        except DataLayerError as error:
            rows.append(draw.absent_row(f"cell:{cell}", f"cell {cell}", without_path(error)))
            continue
        if found:
            color = theme.CELL_COLORS[i % len(theme.CELL_COLORS)]
            kinds = [kind for kind in shown.options["traces"] if kind in TRACES]
            rows += [_cell_row(shown.drawn, found, cell, kind, color) for kind in kinds]
    return rows


def _cell_row(
    window: Window, found: tuple[SessionStore, int], cell: int, kind: str, color: str
) -> Row:
    plane, roi_id = found
    name = f"cell:{cell}:{kind}"
    style = f"color:{theme.LINK}"  # without it Plotly has a colour of its own
    link = f"<a href='{cell_path(cell)}' target='_self' style='{style}'>cell {cell}</a>"
    label = link + ("" if kind == "dff" else f"<br>{TRACES[kind]}")

    def row() -> Row:
        lines = [(plane.cell_signal(kind, roi_id, window), color)]
        usual, axis = plane.usual_range(kind, roi_id), TRACE_KINDS[kind].axis
        drawn = draw.signal_row(name, label, axis, lines, usual, weight=0.9)
        return replace(drawn, cells=[cell], color=color)

    return _or_absent(name, label, row)


_BUILDERS: dict[str, Callable[[Shown, str], list[Row]]] = {
    "stimulus": _stimulus,
    "trials": _trials,
    "licks": _licks,
    "activity": _activity,
    "cells": _cells,
}
