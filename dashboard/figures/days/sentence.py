"""A sentence shown instead of a small plot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import theme
from dashboard.figures.literal import literal


def sentence_at(text: str, axes: Mapping[str, str]) -> dict[str, Any]:
    """An annotation in the middle of the plot with these axes (``xaxis`` and ``yaxis``)."""
    return {
        "xref": f"{axes['xaxis']} domain",
        "yref": f"{axes['yaxis']} domain",
        "x": 0.5,
        "y": 0.5,
        "text": literal(text),
        "showarrow": False,
        "font": {"size": 11, "color": theme.MUTED},
    }
