"""Types for the samples of a signal and for the range of the eye in the camera image."""

from __future__ import annotations

from data_layer.values.slices import Floats

Samples = tuple[Floats, Floats]
"""Times (s) and values of a signal, both (n,)."""

CameraRange = tuple[tuple[float, float], tuple[float, float]]
"""(minimum x, maximum x), (minimum y, maximum y), in px."""
