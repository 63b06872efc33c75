"""What the page calls the signals of a session."""

from __future__ import annotations

from data_layer.values.trace_kinds import PREPARED, TRACE_KINDS

TRACES = {kind.name: kind.label for kind in TRACE_KINDS.values()}
"""The kinds of traces that a cell has, by their names in the data layer."""
CELL_SIGNALS = {kind.name: kind.label for kind in PREPARED}
"""The traces that can be averaged around events."""
BEHAVIOR_SIGNALS = {
    "running_speed": "running speed",
    "pupil_area": "pupil area",
    "lick_rate": "lick rate",
}
"""The signals of the mouse that can be averaged around events."""
