"""Errors name folders of the machine only to who runs the server on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.app import create_app
from data_layer.errors import DataLayerError, StoreDamaged
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.settings import Settings
from tests.fuzz.recorded import UPDATE, page_request

pytestmark = pytest.mark.fault


@pytest.mark.parametrize("shared", [True, False])
def test_a_damaged_file_is_told_with_its_folder_only_where_the_server_is_not_shared(
    small_release: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, shared: bool
) -> None:
    release = tmp_path / "release"
    shutil.copytree(small_release, release)
    cache = VisualBehaviorOphysProjectCache.from_local_cache(release)
    id_ = min(cache.available("experiment"))
    path = next(release.rglob(f"*{id_}.nwb"))
    path.write_bytes(b"no HDF5")
    app = create_app(cache, Settings(work_dir=tmp_path / "work", prepare=0, allow_anyone=shared))
    client = app.server.test_client()
    client.get("/")
    answers = [
        client.get(f"/picture/experiment/{id_}/max_projection.png"),
        client.get(f"/moment/experiment/{id_}?t=1"),
        client.get(f"/data/experiment/{id_}/licks.csv"),
        client.post(UPDATE, json=page_request(app, f"/experiment/{id_}")),
    ]
    for answer in answers:
        text = answer.text.replace(r"\u002f", "/")  # as Dash writes it
        assert path.name in text
        assert (str(path.parent) in text) is not shared
    assert not shared or str(path) in caplog.text


@pytest.mark.parametrize("has_place", [True, False])
def test_every_error_names_a_place_without_the_folders_above_it(
    tmp_path: Path, has_place: bool
) -> None:
    error = StoreDamaged(tmp_path / "store", "dff") if has_place else DataLayerError("nothing")
    assert str(tmp_path) not in error.without_folders()
    assert error.without_folders() == str(error).replace(f"{tmp_path}/", "")
