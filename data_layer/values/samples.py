"""What a signal is made of, and the part of the camera's image that the eye fills."""

from __future__ import annotations

from data_layer.values.slices import Floats

Samples = tuple[Floats, Floats]
"""Times (s) and values of a signal, both (n,)."""

CameraRange = tuple[tuple[float, float], tuple[float, float]]
"""Lowest and highest x, lowest and highest y (px)."""
