"""A plain figure as Plotly understands it: checked property by property, arrays decoded."""

from __future__ import annotations

import base64
import re
from typing import Any

import numpy as np
import plotly.graph_objects as go


def drawn(figure: dict[str, Any]) -> go.Figure:
    """Raises ValueError where plotly does not know a property or a value."""
    return go.Figure(_decoded(figure))


def stroke_ends(shape: Any) -> np.ndarray:
    """The strokes of a path shape as (n, 3): x, start and end."""
    found = re.findall(r"M([-\d.e+]+),([-\d.e+]+)V([-\d.e+]+)", shape.path)
    return np.array(found, dtype=float).reshape(-1, 3)


def _decoded(value: Any) -> Any:
    if isinstance(value, dict) and "bdata" in value:
        array = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
        return array.reshape([int(n) for n in value.get("shape", "-1").split(",")])
    if isinstance(value, dict):
        return {key: _decoded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_decoded(one) for one in value]
    return value
