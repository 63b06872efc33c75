"""The order of a recording's cells, as the keys that go from cell to cell ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from data_layer.store.cell_order import ORDERS, cell_order
from data_layer.store.plane import brightness
from data_layer.store.session_store import SessionStore


@pytest.fixture(scope="module")
def client(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = Settings(cache_dir=small_release, work_dir=tmp_path_factory.mktemp("work"))
    cache = VisualBehaviorOphysProjectCache.from_local_cache(small_release)
    with create_app(cache, settings).server.test_client() as client:
        yield client


@pytest.fixture(scope="module")
def plane(small_experiment: Path, small_cache: VisualBehaviorOphysProjectCache) -> SessionStore:
    id_ = int(small_experiment.stem.rpartition("_")[2])
    return SessionStore(small_cache.get_behavior_ophys_experiment(id_))


@pytest.mark.parametrize("order", ORDERS)
def test_the_cells_of_a_plane_come_in_every_order(
    client: FlaskClient, plane: SessionStore, order: str
) -> None:
    found = client.get(f"/cells/experiment/{plane.ophys_experiment_id}/{order}.json").json
    assert found == [plane.cell_names[cell] for cell in cell_order(plane, order)]


def test_the_brightest_of_all_planes_is_the_first(
    client: FlaskClient, plane: SessionStore, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    table = small_cache.get_ophys_experiment_table()
    session = int(table.loc[[plane.ophys_experiment_id], "ophys_session_id"].iloc[0])
    found = client.get(f"/cells/session/{session}/brightness.json").json
    levels: dict[int, float] = {}
    for id_ in table.index[table["ophys_session_id"] == session]:
        one = SessionStore(small_cache.get_behavior_ophys_experiment(int(id_)))
        names = [one.cell_names[cell] for cell in one.cells["cell_roi_id"].tolist()]
        levels |= dict(zip(names, brightness(one).tolist(), strict=True))
    assert len(found) == len(levels) > 6
    assert (np.diff([levels[cell] for cell in found]) <= 0).all()


def test_a_behaviour_session_and_an_unknown_order_have_none(
    client: FlaskClient, small_cache: VisualBehaviorOphysProjectCache
) -> None:
    id_ = min(small_cache.available("behavior"))
    assert client.get(f"/cells/behavior/{id_}/stored.json").status_code == 404
    assert client.get(f"/cells/behavior/{id_}/beauty.json").status_code == 404
