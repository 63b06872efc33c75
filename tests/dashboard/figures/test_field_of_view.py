"""The field of view as drawn: outlines where the masks are, upright, pixels square."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dashboard.figures.field_of_view import Cell, Field, field_of_view_figure
from data_layer import BehaviorOphysExperiment
from data_layer.levels.outlines import outline
from data_layer.store.session_store import SessionStore
from tests.dashboard.figures.drawn import drawn
from tests.support.nwb_files import write_experiment
from tests.support.polygons import enclosed

FIELD = Field(5, width=36, height=40, pixel_size=0.78, pictures={"max_projection": "/max.png"})


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_experiment(tmp_path_factory.mktemp("plane"), n_cells=6, field_of_view=(40, 36))


@pytest.fixture
def store(path: Path) -> Iterator[SessionStore]:
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        yield SessionStore(session)


@pytest.fixture
def cells(store: SessionStore) -> list[Cell]:
    boxes = store.cells[["x", "y", "width", "height"]].itertuples(index=False, name=None)
    return [
        Cell(outline.cell_roi_id, box, outline)
        for outline, box in zip(store.outlines, boxes, strict=True)
    ]


def test_all_outlines_are_one_line_and_each_encloses_its_mask(
    store: SessionStore, cells: list[Cell]
) -> None:
    figure = drawn(field_of_view_figure(FIELD, cells))
    line, starts = figure.data[0], figure.layout.meta["starts"]
    assert len(starts) == len(cells) + 1
    for i, cell in enumerate(cells):
        part = slice(starts[i], starts[i + 1] - 1)
        mask = store.experiment.roi_mask(cell.outline.cell_roi_id)
        np.testing.assert_array_equal(enclosed(mask.shape, line.x[part], line.y[part]), mask)
        assert np.isnan(line.x[starts[i + 1] - 1])


def test_y_runs_down_from_the_top_left_and_pixels_are_square(cells: list[Cell]) -> None:
    layout = drawn(field_of_view_figure(FIELD, cells)).layout
    assert tuple(layout.xaxis.range) == (-0.5, 35.5)
    assert tuple(layout.yaxis.range) == (39.5, -0.5)
    assert layout.yaxis.scaleanchor == "x"
    picture = layout.images[0]
    assert (picture.x, picture.y, picture.sizex, picture.sizey) == (-0.5, -0.5, 36, 40)
    assert (picture.xanchor, picture.yanchor) == ("left", "top")


def test_the_browser_knows_each_cell_and_the_scale(store: SessionStore, cells: list[Cell]) -> None:
    meta = drawn(field_of_view_figure(FIELD, cells)).layout.meta
    assert meta["pixel_size"] == 0.78
    assert meta["pictures"] == {"max_projection": "/max.png"}
    for facts, row in zip(meta["cells"], store.cells.itertuples(), strict=True):
        assert facts["cell_roi_id"] == row.cell_roi_id
        assert facts["cell_specimen_id"] == row.cell_specimen_id
        assert facts["box"] == [row.x, row.y, row.width, row.height]
        assert facts["area"] == store.experiment.roi_mask(row.cell_roi_id).sum()


def test_selected_cells_differ_by_more_than_colour(cells: list[Cell]) -> None:
    figure = drawn(field_of_view_figure(FIELD, cells))
    every, chosen = figure.data[0].line, figure.data[2].line
    assert chosen.width > every.width
    assert figure.data[3].mode == "text"


def test_a_plane_without_cells_or_pictures_is_drawn(cells: list[Cell]) -> None:
    field = Field(5, width=36, height=40, pixel_size=None, pictures={})
    figure = drawn(field_of_view_figure(field, []))
    assert not len(figure.data[0].x)
    assert figure.layout.meta["starts"] == [0]


def test_the_fullest_plane_is_a_small_answer() -> None:
    y, x = np.mgrid[:512, :512]
    disk = outline(np.hypot(x - 200, y - 300) < 7.5, 1_080_700_000, 1_086_500_000)
    cell = Cell(1_086_500_000, (193, 293, 15, 15), disk)
    figure = drawn(field_of_view_figure(FIELD, [cell] * 666))
    assert len(figure.data) == len(drawn(field_of_view_figure(FIELD, [cell])).data)
    assert len(figure.to_json()) < 350_000
