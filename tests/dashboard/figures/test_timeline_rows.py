"""The heatmap of many cells: no cell's activity is lost where cells share a pixel."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from dashboard.figures.timeline_rows import MOST_IMAGE_ROWS, activity_row
from data_layer.values.slices import MatrixSlice


def matrix(values: np.ndarray) -> MatrixSlice:
    edges = np.linspace(0, 1, values.shape[1] + 1)
    return MatrixSlice("dff", "ΔF/F", edges, values, np.arange(len(values)), top=1.0)


def picture(source: str) -> np.ndarray:
    data = base64.b64decode(source.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


@pytest.mark.parametrize("n_cells", [1, 200, MOST_IMAGE_ROWS, MOST_IMAGE_ROWS + 1, 666])
def test_each_cell_shows_in_its_place_of_the_picture(n_cells: int) -> None:
    for cell in {0, n_cells // 2, n_cells - 1}:
        values = np.zeros((n_cells, 3), dtype=np.float32)
        values[cell, 1] = 1.0
        row = activity_row("activity:1", "dF/F", matrix(values), list(range(n_cells)), [])
        pixels = picture(row.image or "")
        bright = np.argwhere(pixels[..., :3].sum(axis=2) > 300)
        together = row.image_height // len(pixels)
        assert bright.tolist() == [[cell // together, 1]]
        assert len(pixels) <= MOST_IMAGE_ROWS
        assert n_cells <= row.image_height < n_cells + together
        assert ("max of" in row.label) == (together > 1)


def test_a_gap_is_a_gap_only_where_all_cells_of_a_pixel_have_one() -> None:
    values = np.full((666, 2), np.nan, dtype=np.float32)
    values[1, 0] = 0.5
    pixels = picture(activity_row("a", "", matrix(values), list(range(666)), []).image or "")
    assert pixels[0, 0, 3] == 255
    assert pixels[0, 1, 3] == pixels[1, 0, 3] == 0
