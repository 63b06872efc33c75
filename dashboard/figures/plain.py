"""Figures as plain dictionaries with base64-encoded arrays.

``go.Figure`` validates every property, which takes longer than building the rest of the figure.
The tests validate the figures instead.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from dashboard import theme

_CODES = {"<f8": "f8", "<f4": "f4", "<i4": "i4", "|u1": "u1", "<i2": "i2"}
TEMPLATE = theme.TEMPLATE.to_plotly_json()
NOTHING_YET: dict[str, Any] = {
    "data": [],
    "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}},
}
"""An empty figure for graphs that wait for their data; it hides the axes that Plotly would draw."""


def plain_figure(traces: Iterable[Mapping[str, Any]], layout: Mapping[str, Any]) -> dict[str, Any]:
    """A figure with the dashboard's template; ``layout`` has the properties of ``go.Layout``."""
    data = [{key: encoded(value) for key, value in trace.items()} for trace in traces]
    return {"data": data, "layout": {"template": TEMPLATE, **layout}}


def encoded(values: Any) -> Any:
    """A numeric array as ``{"dtype", "bdata"}``, which plotly.js decodes; other values as is."""
    if not isinstance(values, np.ndarray):
        return values
    kind = values.dtype.kind
    if kind not in "fiub":
        return values.tolist()
    code = _CODES.get(values.dtype.str)
    if code is None:
        values = values.astype(np.int32 if kind in "iub" else np.float32)
        code = _CODES[values.dtype.str]
    data = base64.b64encode(np.ascontiguousarray(values).data).decode("ascii")
    shape = {"shape": ", ".join(map(str, values.shape))} if values.ndim > 1 else {}
    return {"dtype": code, "bdata": data} | shape
