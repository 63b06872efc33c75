"""Patches of figures that send arrays in Plotly's base64 encoding.

Dash sends a numpy array in a ``Patch`` as a JSON list, which takes three times the size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Patch

from dashboard.figures.plain import encoded


def patch_traces(patch: Patch, traces: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> None:
    """Replace the arrays ``keys`` of the figure's traces by those of ``traces``, in order."""
    for i, trace in enumerate(traces):
        for key in keys:
            if key in trace:
                patch["data"][i][key] = encoded(trace[key])
