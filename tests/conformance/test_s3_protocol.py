"""The cache over moto's S3 server, which has versions: the protocol, beside the store of tests."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from data_layer.errors import ManifestMissing, ObjectMissing
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.remote.bucket import BUCKET_NAME, Bucket, StoredObject
from data_layer.remote.client import BucketClient, Patience
from data_layer.remote.download import file_hash
from tests.conformance.s3_environment import moto_python

pytestmark = [pytest.mark.conformance, pytest.mark.timeout(1800)]

UPLOAD = Path(__file__).with_name("upload_with_boto.py")
PROJECT = "visual-behavior-ophys"


@pytest.fixture(scope="module")
def python(pytestconfig: pytest.Config) -> str:
    assert pytestconfig.cache is not None
    return moto_python(pytestconfig.cache.mkdir("moto"))


@pytest.fixture(scope="module")
def endpoint(python: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server."""
    log = tmp_path_factory.mktemp("moto") / "log"
    with log.open("w") as out:
        command = [python, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
        process = subprocess.Popen(command, stdout=out, stderr=out)
        try:
            while not (found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text())):
                assert process.poll() is None, log.read_text()
                time.sleep(0.05)
            yield found[0]
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def manifest(
    python: str, endpoint: str, small_release: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, dict[str, str]]]:
    """The uploaded manifest, with the versions that the server gave to its files.

    Each file was replaced by another after it had got the version in the manifest.
    """
    folder = tmp_path_factory.mktemp("upload")
    (folder / "other").write_bytes(b"a later version")
    (path,) = small_release.glob("*_manifest_v*.json")
    content = json.loads(path.read_bytes())
    root = small_release / f"{PROJECT}-1.1.0"
    entries = [*content["metadata_files"].values(), *content["data_files"].values()]
    keys = {urlsplit(entry["url"]).path[1:]: entry for entry in entries}
    there = {key: root / key.partition("/")[2] for key in keys}
    there = {key: file for key, file in there.items() if file.is_file()}
    versions = upload(python, endpoint, there)
    for key, version in zip(there, versions, strict=True):
        keys[key]["version_id"] = version
    again = dict.fromkeys(there, folder / "other")
    (folder / path.name).write_text(json.dumps(content))
    upload(python, endpoint, again | {f"{PROJECT}/manifests/{path.name}": folder / path.name})
    return dict(content)


def upload(python: str, endpoint: str, files: dict[str, Path]) -> list[str]:
    lines = "".join(f"{key}={path}\n" for key, path in files.items())
    command = [python, str(UPLOAD), endpoint, BUCKET_NAME]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


def test_the_versions_of_the_manifest_arrive_and_not_the_later_ones(
    manifest: object, endpoint: str, small_cache: Cache, tmp_path: Path
) -> None:
    cache = Cache.from_s3_cache(tmp_path, endpoint=endpoint)
    assert len(cache.get_ophys_experiment_table())
    id_ = min(small_cache.here("experiment"))
    cache.get_behavior_ophys_experiment(id_).close()
    path = cache.path_of("experiment", id_)
    assert file_hash(path) == cache.expected_hash(path)
    cache.list_sizes()
    other = max(small_cache.here("experiment"))
    assert cache.size_of("experiment", other) == len(b"a later version")  # of the current version


def test_what_is_not_there_is_told(manifest: object, endpoint: str, tmp_path: Path) -> None:
    client = BucketClient(Bucket(endpoint=endpoint), Patience(retries=1))
    with pytest.raises(ObjectMissing):
        client.whole(StoredObject("nothing"))
    with pytest.raises(ManifestMissing):
        Cache.from_s3_cache(tmp_path, bucket_name="no-such-bucket", endpoint=endpoint)


def test_ranges_are_those_that_were_asked_for(
    manifest: dict[str, dict[str, dict[str, str]]], endpoint: str, small_release: Path
) -> None:
    client = BucketClient(Bucket(endpoint=endpoint))
    entry = manifest["metadata_files"]["ophys_cells_table"]
    content = (
        small_release / f"{PROJECT}-1.1.0" / "project_metadata" / "ophys_cells_table.csv"
    ).read_bytes()
    wanted = StoredObject.of_entry(entry)
    spans = [(0, 1), (5, 500), (len(content) - 3, len(content))]
    found = [bytes(client.read(wanted, span)) for span in spans]
    assert found == [content[start:stop] for start, stop in spans]
    assert client.size(wanted) == len(content)
