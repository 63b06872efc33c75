"""Downloads from a store that delays, cuts, corrupts and refuses."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_layer.errors import (
    CannotKeep,
    ObjectChanged,
    ObjectMissing,
    RemoteError,
    RemoteRefused,
    RemoteUnreachable,
    WrongContent,
)
from data_layer.remote import download as downloading
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.client import BucketClient, Patience
from data_layer.remote.download import Progress, Stopped, download
from data_layer.remote.parts import PART
from tests.support.object_store import Asked, Fault, ObjectStore, object_store

KEY, VERSION = "release/sessions/a.nwb", "v1"
CONTENT = os.urandom(3 * PART + 12345)
WANTED = StoredObject(KEY, VERSION, hashlib.blake2b(CONTENT).hexdigest())
HURRIED = Patience(connect=1.0, request=1.5, retries=2, give_up_after=5.0)


@pytest.fixture
def store() -> Iterator[ObjectStore]:
    with object_store("bucket") as store:
        store.objects.put(KEY, CONTENT, VERSION)
        store.objects.put(KEY, b"a newer version", "v2")
        yield store


@pytest.fixture
def client(store: ObjectStore) -> BucketClient:
    return BucketClient(Bucket("bucket", store.url), HURRIED)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions" / "a.nwb"


def beside(path: Path) -> set[str]:
    return {one.name for one in path.parent.iterdir() if not one.name.endswith(".lock")}


def test_the_version_of_the_manifest_arrives_whole_and_alone(
    client: BucketClient, store: ObjectStore, path: Path
) -> None:
    seen: list[Progress] = []
    assert download(client, WANTED, path, seen.append) == path
    assert path.read_bytes() == CONTENT
    assert beside(path) == {path.name}
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert seen[-1] == Progress(len(CONTENT), len(CONTENT), checking=True)
    assert store.sent == len(CONTENT)
    store.forget()
    download(client, WANTED, path)
    assert not store.asked


def test_a_public_address_asks_the_bucket_of_its_region() -> None:
    assert str(Bucket()) == "s3://visual-behavior-ophys-data"
    entry = {"url": "https://b.s3.us-west-2.amazonaws.com/release/a%20b.nwb", "version_id": "x"}
    assert StoredObject.of_entry(entry) == StoredObject("release/a b.nwb", "x")


@pytest.mark.fault
@pytest.mark.parametrize("fault", [Fault(status=503), Fault(cut=1000), Fault(wait=2.0)], ids=repr)
def test_a_request_that_fails_once_is_made_again(
    client: BucketClient, store: ObjectStore, path: Path, fault: Fault
) -> None:
    failed: list[Asked] = []

    def once(asked: Asked, count: int) -> Fault | None:
        if asked.method == "HEAD" or any(
            one.start // PART == asked.start // PART for one in failed
        ):
            return None
        failed.append(asked)
        return fault

    store.fault = once
    download(client, WANTED, path)
    assert path.read_bytes() == CONTENT
    assert failed


@pytest.mark.fault
@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault(status=500), RemoteUnreachable, "answers 500"),
        (Fault(status=403), RemoteRefused, "does not allow"),
        (Fault(status=404), ObjectMissing, "has no release/sessions/a.nwb"),
        (Fault(wait=4.0), RemoteUnreachable, "did not answer in time"),
        (Fault(whole=True), RemoteUnreachable, "another range"),
        (Fault(cut=9), RemoteUnreachable, "broke off"),
        (Fault(headers={"ETag": '"other"'}), ObjectChanged, "has another"),
        (Fault(headers={"x-amz-version-id": "v2"}), ObjectChanged, "has another"),
    ],
    ids=repr,
)
def test_a_request_that_keeps_failing_is_told_and_what_has_arrived_is_kept(
    store: ObjectStore, path: Path, fault: Fault, error: type[RemoteError], words: str
) -> None:
    client = BucketClient(Bucket("bucket", store.url), HURRIED)
    store.fault = lambda asked, count: fault if asked.start // PART == 2 else None
    with pytest.raises(error, match=words):
        download(client, WANTED, path)
    assert not path.exists()
    store.fault = None
    store.forget()
    download(BucketClient(client.bucket), WANTED, path)
    assert path.read_bytes() == CONTENT
    assert store.sent < len(CONTENT)


@pytest.mark.fault
@pytest.mark.parametrize("fault", [Fault(flip=5), Fault(shift=1)], ids=repr)
def test_a_wrong_byte_is_found_and_nothing_of_the_file_is_kept(
    client: BucketClient, store: ObjectStore, path: Path, fault: Fault
) -> None:
    store.fault = lambda asked, count: fault if asked.start == PART else None
    with pytest.raises(WrongContent, match="differs from the one in the manifest"):
        download(client, WANTED, path)
    assert beside(path) == set()


@pytest.mark.fault
def test_a_store_that_is_gone_is_told(path: Path) -> None:
    client = BucketClient(Bucket("bucket", "http://127.0.0.1:9"), HURRIED)
    with pytest.raises(RemoteUnreachable, match="nothing listens there"):
        download(client, WANTED, path)


@pytest.mark.fault
def test_a_name_that_nobody_knows_is_told(path: Path) -> None:
    client = BucketClient(Bucket("bucket", "http://no.such.host.invalid"), HURRIED)
    with pytest.raises(RemoteUnreachable, match="cannot be resolved"):
        download(client, WANTED, path)


def test_a_download_that_is_stopped_goes_on_from_there(
    client: BucketClient, store: ObjectStore, path: Path
) -> None:
    stop = threading.Event()
    store.latency = 0.05

    def on_progress(progress: Progress) -> None:
        if progress.done:
            stop.set()

    with pytest.raises(Stopped):
        download(client, WANTED, path, on_progress, stop)
    assert not path.exists()
    store.forget()
    first: list[Progress] = []
    download(client, WANTED, path, first.append)
    assert path.read_bytes() == CONTENT
    assert first[0].done > 0
    assert store.sent == len(CONTENT) - first[0].done


@pytest.mark.fault
@pytest.mark.parametrize("journal", [b"", b"[]", b'{"done": [0, 99, -1]}', b'{"done": "x"}'])
def test_a_journal_that_cannot_be_trusted_means_a_new_start(
    client: BucketClient, store: ObjectStore, path: Path, journal: bytes
) -> None:
    path.parent.mkdir()
    path.with_name(f".{path.name}.parts.json").write_bytes(journal)
    path.with_name(f".{path.name}.part").write_bytes(bytes(len(CONTENT)))
    download(client, WANTED, path)
    assert path.read_bytes() == CONTENT


@pytest.mark.fault
def test_parts_of_another_version_are_not_used(
    client: BucketClient, store: ObjectStore, path: Path
) -> None:
    other = bytes(len(CONTENT))
    store.objects.put(KEY, other, "v0")
    store.fault = lambda asked, count: Fault(status=403) if asked.start == 2 * PART else None
    with pytest.raises(RemoteRefused):
        download(client, StoredObject(KEY, "v0", hashlib.blake2b(other).hexdigest()), path)
    store.fault = None
    download(client, WANTED, path)
    assert path.read_bytes() == CONTENT


@pytest.mark.fault
def test_a_full_disk_is_told_before_a_byte_is_asked_for(
    client: BucketClient, store: ObjectStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "SPARE", 2**60)
    with pytest.raises(CannotKeep, match="MB are free on the disk"):
        download(client, WANTED, path)
    assert store.sent == 0


@pytest.mark.fault
def test_a_folder_that_cannot_be_written_is_told(client: BucketClient, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotKeep, match="cannot be written: "):
        download(client, WANTED, tmp_path / "file" / "a.nwb")


PROGRAM = """
import sys
from pathlib import Path
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.client import BucketClient
from data_layer.remote.download import download
url, path, *wanted = sys.argv[1:]
download(BucketClient(Bucket("bucket", url)), StoredObject(*wanted), Path(path))
"""


def test_two_processes_fetch_a_file_once(store: ObjectStore, path: Path) -> None:
    store.latency = 0.2
    command = [sys.executable, "-c", PROGRAM, store.url, str(path), KEY, VERSION, WANTED.file_hash]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert path.read_bytes() == CONTENT
    assert store.sent == len(CONTENT)


@pytest.mark.fault
def test_a_process_that_is_killed_leaves_what_the_next_one_goes_on_from(
    store: ObjectStore, path: Path
) -> None:
    store.bytes_per_second = 4e6
    command = [sys.executable, "-c", PROGRAM, store.url, str(path), KEY, VERSION, WANTED.file_hash]
    process = subprocess.Popen(command)
    journal = path.with_name(f".{path.name}.parts.json")
    while not journal.exists():
        assert process.poll() is None
    process.kill()
    process.wait()
    assert not path.exists()
    store.bytes_per_second = None
    store.forget()
    subprocess.run(command, check=True)
    assert path.read_bytes() == CONTENT
    assert store.sent < len(CONTENT)
