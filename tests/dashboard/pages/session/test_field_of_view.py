"""The field-of-view panel's callback: a tile per plane, what is missing named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.app import create_app
from dashboard.pages.session.panels.field_of_view import PROJECTIONS, pixel_size
from data_layer import BehaviorOphysExperiment
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.single_file import SingleFile
from data_layer.settings import Settings
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.support.nwb_files import remove, write_experiment

ADDRESS = {"kind": "experiment", "id": EXPERIMENT}
OUTPUT = "field-of-view-planes.children"


def parts(component: Any) -> Iterator[dict[str, Any]]:
    """Every component of a tree, itself included."""
    if isinstance(component, dict):
        yield component
        yield from parts(component["props"].get("children"))
    elif isinstance(component, list):
        for part in component:
            yield from parts(part)


def tiles(ask: Asked, address: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in parts(content(ask, address)) if part["type"] == "Figure"]


def content(ask: Asked, address: dict[str, Any]) -> list[dict[str, Any]]:
    answer = ask(OUTPUT, "address.data", {"address.data": address}).json["response"]
    assert answer["panel-field-of-view"]["data-state"] == "ready"
    return answer["field-of-view-planes"]["children"]


def meta(tile: dict[str, Any]) -> dict[str, Any]:
    store = next(part for part in parts(tile) if part["type"] == "Store")
    return store["props"]["data"]["layout"]["meta"]


def texts(component: Any) -> str:
    return " ".join(
        part["props"]["children"]
        for part in parts(component)
        if isinstance(part["props"].get("children"), str)
    )


def test_an_experiment_has_one_tile_with_all_its_cells(ask: Asked, experiment_file: Path) -> None:
    (tile,) = tiles(ask, ADDRESS)
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        table, shape = session.cell_specimen_table, np.shape(session.max_projection)
    facts = meta(tile)
    assert (facts["height"], facts["width"]) == shape
    assert [c["cell_specimen_id"] for c in facts["cells"]] == table.index.tolist()
    assert facts["pixel_size"] == pytest.approx(0.78125, abs=0.01)


def test_the_pictures_are_where_the_figure_says(ask: Asked) -> None:
    (tile,) = tiles(ask, ADDRESS)
    assert set(meta(tile)["pictures"]) == set(PROJECTIONS)
    for url in meta(tile)["pictures"].values():
        answer = ask.client.get(url)
        assert answer.status_code == 200
        assert answer.mimetype == "image/png"


def test_a_session_has_a_titled_tile_per_plane_and_names_those_not_here(
    small_cache: VisualBehaviorOphysProjectCache, tmp_path: Path
) -> None:
    experiments = small_cache.get_ophys_experiment_table()
    available = experiments.index.isin(small_cache.available("experiment"))
    shares = experiments.assign(here=available).groupby("ophys_session_id")["here"].mean()
    ask = Asked(create_app(small_cache, Settings(work_dir=tmp_path)))
    for session_id in (shares[shares == 1].index[0], shares[shares.between(0.01, 0.99)].index[0]):
        planes = experiments[experiments["ophys_session_id"] == session_id]
        here = planes.index.isin(small_cache.available("experiment"))
        address = {"kind": "session", "id": int(session_id)}
        assert len(tiles(ask, address)) == here.sum()
        titles, _, note = texts(content(ask, address)).partition("Not on this machine")
        for plane in planes[here].itertuples():
            assert f"{plane.targeted_structure} {plane.imaging_depth} µm" in titles
        assert all(str(id_) in note for id_ in planes.index[~here])


@pytest.mark.parametrize("absent", ["max_projection", "average_projection"])
def test_a_missing_picture_leaves_the_others(tmp_path: Path, absent: str) -> None:
    stored = {"max_projection": "max_projection", "average_projection": "average_image"}[absent]
    path = remove(write_experiment(tmp_path), f"processing/ophys/images/{stored}")
    ask = Asked(create_app(SingleFile(path), Settings(work_dir=tmp_path)))
    (tile,) = tiles(ask, ADDRESS)
    assert set(meta(tile)["pictures"]) == set(PROJECTIONS) - {absent}


def test_without_masks_the_pictures_are_shown_and_the_reason_told(tmp_path: Path) -> None:
    masks = "processing/ophys/image_segmentation/cell_specimen_table/image_mask"
    path = remove(write_experiment(tmp_path), masks)
    ask = Asked(create_app(SingleFile(path), Settings(work_dir=tmp_path)))
    (tile,) = tiles(ask, ADDRESS)
    assert meta(tile)["cells"] == []
    assert set(meta(tile)["pictures"]) == {"max_projection", "average_projection"}
    assert "image_mask" in texts(tile)


@pytest.mark.parametrize(
    ("spacing", "um"), [(7.8125e-4, 0.78125), (0.78, 0.78), (float("nan"), None), (50.0, None)]
)
def test_the_pixel_size_is_told_in_micrometres_or_not_at_all(
    spacing: Any, um: float | None
) -> None:
    assert pixel_size(spacing) == (None if um is None else pytest.approx(um))
