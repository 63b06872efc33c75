"""An app over one small experiment, asked as the browser asks it, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.single_file import SingleFile
from data_layer.remote.streamed import streamed_files
from data_layer.settings import Settings
from tests.support.nwb_files import write_experiment
from tests.support.object_store import ObjectStore
from tests.support.tiny_task import Plan
from tests.support.uploaded_release import uploaded_release

EXPERIMENT = Plan().ophys_experiment_id


@pytest.fixture(scope="module")
def experiment_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_experiment(tmp_path_factory.mktemp("experiment"), n_cells=6)


@pytest.fixture(scope="module")
def app(experiment_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Dash:
    settings = Settings(work_dir=tmp_path_factory.mktemp("work"), prepare=0)
    return create_app(SingleFile(experiment_file), settings)


@pytest.fixture
def uploaded(small_release: Path) -> Iterator[ObjectStore]:
    """The small release in an object store on loopback."""
    with uploaded_release(small_release) as store:
        yield store


@pytest.fixture
def streaming(uploaded: ObjectStore, tmp_path: Path) -> VisualBehaviorOphysProjectCache:
    """A cache directory that is empty, and streams from that store."""
    settings = Settings(cache_dir=tmp_path / "cache", work_dir=tmp_path, s3_endpoint=uploaded.url)
    cache = VisualBehaviorOphysProjectCache.of_settings(settings)
    cache.stream_with(streamed_files(settings))
    return cache


class Asked:
    """Posts callbacks to an app: ``ask("timeline-graph.figure", changed, values)``."""

    def __init__(self, app: Dash) -> None:
        self.client = app.server.test_client()
        self.dependencies = self.client.get("/_dash-dependencies").json

    def __call__(self, output: str, changed: str, values: dict[str, Any]) -> Any:
        spec = next(
            d for d in self.dependencies if output in d["output"] and not d["clientside_function"]
        )
        parts = {kind: [_part(p, values) for p in spec[kind]] for kind in ("inputs", "state")}
        body = {
            "output": spec["output"],
            "outputs": _outputs(spec["output"]),
            "changedPropIds": [changed],
            **parts,
        }
        return self.client.post("/_dash-update-component", json=body)


def _part(spec: dict[str, str], values: dict[str, Any]) -> dict[str, Any]:
    name = f"{spec['id']}.{spec['property']}"
    return {"id": spec["id"], "property": spec["property"], "value": values.get(name)}


def _outputs(output: str) -> list[dict[str, str]] | dict[str, str]:
    """Several outputs stand between two dots, a single one stands alone."""
    pairs = output.strip(".").split("...")
    named = [dict(zip(("id", "property"), pair.split("."), strict=True)) for pair in pairs]
    return named if output.startswith("..") else named[0]


@pytest.fixture(scope="module")
def ask(app: Dash) -> Asked:
    return Asked(app)
