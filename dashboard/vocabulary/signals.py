"""Names of a session's signals on the page."""

from __future__ import annotations

from data_layer.values.trace_kinds import PREPARED, TRACE_KINDS

TRACES = {kind.name: kind.label for kind in TRACE_KINDS.values()}
"""Labels of the kinds of traces that a cell has, by their names in the data layer."""
CELL_SIGNALS = {kind.name: kind.label for kind in PREPARED}
"""Labels of the traces that can be averaged around task events."""
BEHAVIOR_SIGNALS = {
    "running_speed": "running speed",
    "pupil_area": "pupil area",
    "lick_rate": "lick rate",
}
"""Labels of the behaviour signals that can be averaged around task events."""
