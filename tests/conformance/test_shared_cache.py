"""AllenSDK and we use one cache directory in turn: neither downloads what the other has."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.support.object_store import ObjectStore
from tests.support.uploaded_release import uploaded_release

pytestmark = [pytest.mark.conformance, pytest.mark.timeout(3600)]

SCRIPT = Path(__file__).with_name("fetch_with_allensdk.py")


@pytest.fixture
def store(small_release: Path) -> Iterator[ObjectStore]:
    with uploaded_release(small_release) as store:
        yield store


def with_allensdk(python: str, store: ObjectStore, folder: Path, id_: int) -> dict[str, Any]:
    """What AllenSDK sees when it opens an experiment in the cache directory ``folder``."""
    store.forget()
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    where = {"AWS_ENDPOINT_URL": store.url, "AWS_DEFAULT_REGION": "us-west-2"}
    command = [python, str(SCRIPT), str(folder), str(id_)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=alone | where)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def files_of(store: ObjectStore) -> set[str]:
    """The names of the files and tables that were asked for."""
    asked = (one.key.rsplit("/", 1)[-1] for one in store.asked)
    return {name for name in asked if name.endswith((".nwb", ".csv"))}


def test_allensdk_goes_on_with_our_cache_directory_and_we_with_its(
    sdk_python: str, store: ObjectStore, small_cache: Cache, tmp_path: Path
) -> None:
    first, second = sorted(small_cache.here("experiment"))[:2]
    ours = Cache.from_s3_cache(tmp_path, endpoint=store.url)
    name = ours.fetch("experiment", first).name

    seen = with_allensdk(sdk_python, store, tmp_path, first)
    assert files_of(store) == set(), f"AllenSDK downloaded again what we had: {name}"
    assert seen["id"] == first
    assert seen["manifests"] == ours.list_manifest_file_names()
    assert seen["downloaded"] == ours.list_all_downloaded_manifests()
    assert seen["current"] == ours.current_manifest()
    assert seen["compared"] == ours.compare_manifests(*2 * [seen["current"]])

    with_allensdk(sdk_python, store, tmp_path, second)
    assert files_of(store) == {small_cache.path_of("experiment", second).name}
    store.forget()
    again = Cache.from_s3_cache(tmp_path, endpoint=store.url)
    again.get_behavior_ophys_experiment(second).close()
    assert again.here("experiment") == {first, second}
    assert not store.asked


def test_we_go_on_with_a_cache_directory_that_allensdk_began(
    sdk_python: str, store: ObjectStore, small_cache: Cache, tmp_path: Path
) -> None:
    first = min(small_cache.here("experiment"))
    with_allensdk(sdk_python, store, tmp_path, first)
    record = json.loads((tmp_path / "_downloaded_data.json").read_bytes())
    store.forget()
    cache = Cache.from_s3_cache(tmp_path, endpoint=store.url)
    cache.get_behavior_ophys_experiment(first).close()
    assert not store.asked
    path = cache.fetch("behavior", min(small_cache.here("behavior")))
    after = json.loads((tmp_path / "_downloaded_data.json").read_bytes())
    assert record.items() < after.items()
    assert after[str(path)] == cache.expected_hash(path)
