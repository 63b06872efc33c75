"""What the page calls the signals of a session."""

from __future__ import annotations

TRACES = {
    "dff": "dF/F",
    "events": "events",
    "filtered_events": "filtered events",
    "corrected_fluorescence": "corrected fluorescence",
    "demixed": "demixed trace",
    "neuropil": "neuropil trace",
}
"""The kinds of traces that a cell has, by their names in the data layer."""
CELL_SIGNALS = {
    name: TRACES[name] for name in ("dff", "events", "filtered_events", "corrected_fluorescence")
}
"""The traces that can be averaged around events."""
BEHAVIOR_SIGNALS = {
    "running_speed": "running speed",
    "pupil_area": "pupil area",
    "lick_rate": "lick rate",
}
"""The signals of the mouse that can be averaged around events."""
