"""Bars and points of sessions: filled for numbers from a file, hollow for those from a table."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import theme

Floats = NDArray[np.floating]
PALE = 0.22


def bars(
    values: Floats, color: str, name: str, *, width: float, pale: NDArray[np.bool_], hover: str
) -> dict[str, Any]:
    """A trace of bars that are filled, or only outlined where ``pale``."""
    light, full = theme.translucent(color, PALE), theme.translucent(color, 1)
    # Plotly starts a bar that is stacked on NaN at 0; on None it starts at the end of the last one.
    known = [None if math.isnan(value) else value for value in values.tolist()]
    return {
        "type": "bar",
        "y": known,
        "name": name,
        "width": width,
        "marker": {
            "color": [light if one else full for one in pale.tolist()],
            "line": {"color": color, "width": [1.0 if one else 0.0 for one in pale.tolist()]},
        },
        "hovertemplate": f"{hover}<extra></extra>",
    }


def with_pattern(trace: dict[str, Any], shape: str) -> dict[str, Any]:
    """The bars with a pattern of white lines or dots, which tells them apart without colour."""
    pattern = {"shape": shape, "fillmode": "overlay", "fgcolor": theme.PAPER, "fgopacity": 0.8}
    return trace | {"marker": trace["marker"] | {"pattern": pattern | {"size": 5, "solidity": 0.3}}}


def points(
    history: pd.DataFrame, column: str, name: str, color: str, symbol: str
) -> dict[str, Any]:
    """A trace with a symbol per session: filled for numbers from a file, else hollow."""
    hollow = history["source"].to_numpy() != "file"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "y": history[column].to_numpy(float),
        "name": name,
        "connectgaps": False,
        "line": {"color": color, "width": 1.2},
        "marker": {
            "symbol": [f"{symbol}-open" if one else symbol for one in hollow.tolist()],
            "size": 8,
            "color": color,
            "opacity": 1,
            "line": {"width": 1.6, "color": color},
        },
        "hovertemplate": f"{name} %{{y:.2f}}<extra></extra>",
    }
