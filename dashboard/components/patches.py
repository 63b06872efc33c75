"""Patches whose arrays are sent encoded, as typed arrays.

A raw numpy array in a ``Patch`` is sent as a JSON list, three times the size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Patch

from dashboard.figures.plain import encoded


def patch_traces(patch: Patch, traces: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> None:
    """Put the named arrays of each trace into the figure's traces, in order."""
    for i, trace in enumerate(traces):
        for key in keys:
            if key in trace:
                patch["data"][i][key] = encoded(trace[key])
