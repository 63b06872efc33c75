"""Ellipses in camera pixels, and the rig from above."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.eye import ellipse, eye_figure, rig_figure

SPANS = ((100.0, 500.0), (50.0, 350.0))
FIT = {"center_x": 300.0, "center_y": 200.0, "width": 90.0, "height": 60.0, "phi": 0.3}
EYE = {"frame": 7, "likely_blink": False, "eye": FIT, "pupil": FIT, "cr": FIT}
NO_DOTS = (np.array([]), np.array([]))
GEOMETRY = {
    "equipment": "MESO.1",
    "camera_position_mm": (102.8, 74.7, 31.6),
    "camera_rotation_deg": (0.0, 0.0, 2.8),
    "led_position": (246.0, 92.3, 52.6),
    "monitor_position_mm": (118.6, 86.2, 31.6),
    "monitor_rotation_deg": (0.0, 0.0, 0.0),
}


@given(
    st.floats(0, 600),
    st.floats(0, 600),
    st.floats(1, 100),
    st.floats(1, 100),
    st.floats(-np.pi, np.pi),
)
def test_every_point_satisfies_the_equation_of_the_ellipse(
    cx: float, cy: float, width: float, height: float, phi: float
) -> None:
    x, y = ellipse(cx, cy, width, height, phi)
    along = (x - cx) * np.cos(phi) + (y - cy) * np.sin(phi)
    across = -(x - cx) * np.sin(phi) + (y - cy) * np.cos(phi)
    np.testing.assert_allclose((along / width) ** 2 + (across / height) ** 2, 1, rtol=1e-6)
    np.testing.assert_allclose((x[0], y[0]), (x[-1], y[-1]), atol=1e-9)


def test_width_and_height_are_semi_axes() -> None:
    x, y = ellipse(300, 200, 90, 60, 0.0)
    assert np.ptp(x) == pytest.approx(180)
    assert np.ptp(y) == pytest.approx(120, rel=1e-3)


def test_a_positive_angle_turns_the_long_axis_toward_larger_y() -> None:
    """In a camera image y points down, so this is clockwise on the screen."""
    x, y = ellipse(0, 0, 90, 10, np.pi / 6)
    right = np.argmax(x)
    assert y[right] > 0


def test_the_view_has_the_cameras_axes() -> None:
    layout = eye_figure(SPANS, EYE, NO_DOTS).layout
    assert tuple(layout.xaxis.range) == (100.0, 500.0)
    assert tuple(layout.yaxis.range) == (350.0, 50.0)
    assert layout.yaxis.scaleanchor == "x"
    assert layout.xaxis.title.text == "camera x (px)"
    assert layout.yaxis.title.text == "camera y (px), down"


def test_each_part_is_drawn_where_it_was_fitted() -> None:
    figure = eye_figure(SPANS, EYE, NO_DOTS)
    parts = {trace.meta: trace for trace in figure.data if trace.meta}
    assert list(parts) == ["eye", "pupil", "cr"]
    np.testing.assert_array_equal(parts["cr"].x, ellipse(**FIT)[0])
    assert len({trace.line.color for trace in parts.values()}) == 3


def test_a_part_that_was_not_fitted_is_not_drawn() -> None:
    lost = dict.fromkeys(("width", "height", "phi")) | {"center_x": 300.0, "center_y": 200.0}
    figure = eye_figure(SPANS, EYE | {"likely_blink": True, "pupil": lost}, NO_DOTS)
    lengths = {trace.meta: len(trace.x) for trace in figure.data if trace.meta}
    assert lengths["pupil"] == 0 < lengths["cr"]
    outside = eye_figure(SPANS, None, NO_DOTS)
    assert all(len(trace.x) == 0 for trace in outside.data)


def test_the_rig_is_seen_from_above_with_the_eye_at_the_origin() -> None:
    figure = rig_figure(GEOMETRY)
    points = next(trace for trace in figure.data if trace.mode == "markers+text")
    places = dict(zip(points.text, zip(points.x, points.y, strict=True), strict=True))
    assert places == {
        "right eye": (0.0, 0.0),
        "camera": (102.8, 74.7),
        "monitor": (118.6, 86.2),
        "LED": (246.0, 92.3),
    }
    assert "mm" in figure.layout.xaxis.title.text
    assert "mm" in figure.layout.yaxis.title.text


def test_a_rig_that_is_known_in_part_is_drawn_in_part() -> None:
    points = rig_figure({"camera_position_mm": (1.0, 2.0, 3.0), "led_position": None}).data[1]
    assert list(points.text) == ["right eye", "camera"]
