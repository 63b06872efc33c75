"""A cache over object storage: what is fetched, what is asked, and what holds offline."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from data_layer.errors import (
    ManifestMissing,
    NotOnThisMachine,
    ProjectCacheError,
    RemoteRefused,
    UnknownId,
    WrongContent,
)
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.errors import (
    BehaviorCloudCacheVersionException,
    UnknownManifest,
)
from data_layer.project_cache.manifest import LAST_USED
from data_layer.remote.bucket import StoredObject
from data_layer.remote.download import file_hash
from tests.support.object_store import Fault, ObjectStore
from tests.support.uploaded_release import upload

NAME = "visual-behavior-ophys_project_manifest_v{}.json"
FIRST = NAME.format("1.1.0")
NOWHERE = "http://127.0.0.1:9"


def with_version(release: Path, folder: Path, version: str, changed: Path | None = None) -> str:
    """A copy of the release under another version, in ``folder``; returns its manifest's name."""
    project = "visual-behavior-ophys"
    shutil.copytree(release / f"{project}-1.1.0", folder / f"{project}-{version}")
    content = json.loads((release / FIRST).read_bytes()) | {"manifest_version": version}
    if changed is not None:
        for entry in content["data_files"].values():
            if entry["url"].endswith(changed.name):
                entry.update(file_hash="1" * 128, version_id="changed")
    (folder / NAME.format(version)).write_text(json.dumps(content))
    return NAME.format(version)


def test_a_first_start_fetches_the_manifest_and_four_tables_and_no_more(
    store: ObjectStore, folder: Path, small_cache: Cache
) -> None:
    seen: dict[str, int] = {}
    cache = Cache.from_s3_cache(folder, on_table=lambda name, now: seen.update({name: now.total}))
    assert not [one.key for one in store.asked if one.key.endswith(".nwb")]
    assert {"ophys_cells_table", "behavior_session_table"} < seen.keys()
    pd.testing.assert_frame_equal(
        cache.get_ophys_experiment_table(), small_cache.get_ophys_experiment_table()
    )
    assert (folder / LAST_USED).read_bytes() == FIRST.encode()
    assert cache.current_manifest() == FIRST
    assert cache.here("experiment") == cache.available("experiment") == frozenset()
    assert cache.offline_because == ""


def test_a_second_start_asks_nothing(store: ObjectStore, folder: Path) -> None:
    Cache.from_s3_cache(folder)
    store.forget()
    cache = Cache.from_s3_cache(folder)
    cache.get_ophys_cells_table()
    assert not store.asked


def test_opening_a_session_downloads_its_file_once_into_its_place(
    store: ObjectStore, folder: Path, small_cache: Cache
) -> None:
    cache = Cache.from_s3_cache(folder)
    id_ = min(small_cache.here("experiment"))
    with cache.get_behavior_ophys_experiment(id_) as experiment:
        assert experiment.ophys_experiment_id == id_
    path = cache.path_of("experiment", id_)
    original = small_cache.path_of("experiment", id_)
    assert path.relative_to(folder) == original.relative_to(original.parents[2])
    assert file_hash(path) == small_cache.expected_hash(original)
    assert json.loads((folder / "_downloaded_data.json").read_bytes())[str(path)] == file_hash(path)
    store.forget()
    cache.get_behavior_ophys_experiment(id_).close()
    cache.fetch("experiment", id_)
    assert not store.asked
    assert cache.here("experiment") == {id_}


def test_the_behaviour_of_an_imaged_session_comes_from_a_plane(
    store: ObjectStore, folder: Path, small_cache: Cache
) -> None:
    cache = Cache.from_s3_cache(folder)
    table = small_cache.get_ophys_experiment_table()
    id_ = int(table["behavior_session_id"][min(small_cache.here("experiment"))])
    with cache.get_behavior_session(id_) as session:
        assert session.behavior_session_id == id_
    assert cache.path_of("behavior", id_).parent.name == "behavior_ophys_experiments"


def test_a_local_cache_never_asks(store: ObjectStore, folder: Path, small_cache: Cache) -> None:
    Cache.from_s3_cache(folder)
    store.forget()
    cache = Cache.from_local_cache(folder)
    id_ = min(small_cache.here("experiment"))
    with pytest.raises(NotOnThisMachine, match="vbdash fetch"):
        cache.get_behavior_ophys_experiment(id_)
    with pytest.raises(UnknownId):
        cache.fetch("experiment", 1)
    with pytest.raises(NotOnThisMachine):
        cache.fetch("experiment", id_)
    assert cache.list_manifest_file_names() == [FIRST]
    assert not store.asked


def test_streamed_files_are_paths_of_the_cache(
    store: ObjectStore, folder: Path, small_cache: Cache
) -> None:
    class Streamed:
        def path_of(self, wanted: StoredObject) -> Path:
            return folder / "streamed" / wanted.key

    cache = Cache.from_s3_cache(folder)
    id_, other = sorted(small_cache.here("experiment"))[:2]
    cache.fetch("experiment", id_)
    cache.stream_with(Streamed())
    assert cache.available("experiment") == frozenset(cache.get_ophys_experiment_table().index)
    assert cache.available("session") == frozenset(cache.get_ophys_session_table().index)
    assert cache.here("experiment") == {id_}
    assert "streamed" not in cache.path_of("experiment", id_).parts
    assert "streamed" in cache.path_of("experiment", other).parts
    place = cache.place_of("experiment", other)
    assert place is not None
    assert place.parent == cache.path_of("experiment", id_).parent


def test_sizes_are_listed_once_and_kept(
    store: ObjectStore, folder: Path, small_cache: Cache, complete: None
) -> None:
    store.keys_a_page = 3
    cache = Cache.from_s3_cache(folder)
    id_ = min(small_cache.here("experiment"))
    assert cache.size_of("experiment", id_) is None
    cache.list_sizes()
    expected = small_cache.path_of("experiment", id_).stat().st_size
    assert cache.size_of("experiment", id_) == expected
    store.forget()
    again = Cache.from_s3_cache(folder)
    again.list_sizes()
    assert again.size_of("experiment", id_) == expected
    assert small_cache.size_of("experiment", id_) == expected  # its file is here
    assert not store.asked


def test_versions_are_listed_compared_and_loaded_as_in_allensdk(
    store: ObjectStore, folder: Path, small_release: Path, small_cache: Cache, tmp_path: Path
) -> None:
    changed = small_cache.path_of("experiment", min(small_cache.here("experiment")))
    (tmp_path / "more").mkdir()
    second = with_version(small_release, tmp_path / "more", "1.2.0", changed)
    old = with_version(small_release, tmp_path / "more", "0.3.0")
    cache = Cache.from_s3_cache(folder)
    upload(store, tmp_path / "more")
    assert cache.list_manifest_file_names() == [old, FIRST, second]
    assert cache.latest_manifest_file() == second
    assert cache.latest_downloaded_manifest_file() == FIRST
    assert cache.list_all_downloaded_manifests() == [FIRST]
    told = cache.compare_manifests(FIRST, second)
    assert told == (
        f"Changes going from\n{FIRST}\nto\n{second}\n\n"
        f"behavior_ophys_experiments/{changed.name} changed\n"
    )
    assert cache.compare_manifests(FIRST, FIRST) == "The two manifests are equivalent"
    assert cache.current_manifest() == FIRST
    cache.load_manifest(second)
    assert cache.current_manifest() == second
    assert (folder / LAST_USED).read_text() == second
    assert Cache.from_s3_cache(folder).current_manifest() == second
    assert Cache.from_local_cache(folder).current_manifest() == second
    with pytest.raises(BehaviorCloudCacheVersionException, match=r"0\.3\.0"):
        cache.load_manifest(old)
    assert (folder / LAST_USED).read_text() == second
    assert cache.current_manifest() == second


def test_a_file_that_did_not_change_between_versions_is_linked(
    store: ObjectStore, folder: Path, small_release: Path, small_cache: Cache, tmp_path: Path
) -> None:
    id_, other = sorted(small_cache.here("experiment"))[:2]
    (tmp_path / "more").mkdir()
    changed = small_cache.path_of("experiment", other)
    second = with_version(small_release, tmp_path / "more", "1.2.0", changed)
    upload(store, tmp_path / "more")
    cache = Cache.from_s3_cache(folder)  # the newest
    assert cache.current_manifest() == second
    cache.load_manifest(FIRST)
    original = cache.fetch("experiment", id_)
    store.forget()
    cache.load_manifest(second)
    linked = cache.fetch("experiment", id_)
    assert linked.is_symlink()
    assert linked.resolve() == original.resolve()
    assert not store.asked
    original.unlink()  # a link to nothing is no file
    assert cache.here("experiment") == frozenset()
    assert file_hash(cache.fetch("experiment", id_)) == cache.expected_hash(linked)


def test_an_older_name_for_the_bucket_is_understood(store: ObjectStore, folder: Path) -> None:
    with pytest.raises(ManifestMissing, match="another-bucket"):
        Cache.from_s3_cache(folder, "another-bucket")
    with pytest.raises(ManifestMissing, match="another-bucket"):
        Cache.from_s3_cache(folder, bucket_name_override="another-bucket")
    with pytest.raises(BehaviorCloudCacheVersionException):
        Cache.from_s3_cache(folder, project_name="another-project")


@pytest.mark.fault
def test_offline_it_starts_with_what_is_there_and_says_why_there_is_no_more(
    store: ObjectStore, folder: Path, small_cache: Cache
) -> None:
    Cache.from_s3_cache(folder)
    cache = Cache.from_s3_cache(folder, endpoint=NOWHERE)
    assert len(cache.get_behavior_session_table())
    assert cache.list_manifest_file_names() == [FIRST]
    assert "nothing listens there" in cache.offline_because
    with pytest.raises(ProjectCacheError, match="has no manifest other"):
        cache.load_manifest("other")


@pytest.mark.fault
def test_offline_without_anything_there_is_one_sentence(folder: Path) -> None:
    with pytest.raises(ManifestMissing) as told:
        Cache.from_s3_cache(folder, endpoint=NOWHERE)
    assert "holds no manifest of visual-behavior-ophys yet, and none can be fetched" in str(
        told.value
    )
    assert "nothing listens there" in str(told.value)


@pytest.mark.fault
def test_a_manifest_that_arrives_broken_leaves_nothing_behind(
    store: ObjectStore, folder: Path
) -> None:
    store.objects.put(f"visual-behavior-ophys/manifests/{FIRST}", b"{", "2")
    with pytest.raises(ProjectCacheError, match="not a readable manifest"):
        Cache.from_s3_cache(folder)
    assert not list(folder.glob("*"))


@pytest.mark.fault
def test_a_table_that_arrives_wrong_is_not_kept_and_the_next_start_fetches_it(
    store: ObjectStore, folder: Path
) -> None:
    def wrong(asked: object, count: int) -> Fault | None:
        key = getattr(asked, "key", "")
        return Fault(flip=10) if key.endswith("ophys_session_table.csv") else None

    store.fault = wrong
    with pytest.raises(WrongContent):
        Cache.from_s3_cache(folder)
    assert not list(folder.rglob("ophys_session_table.csv"))
    store.fault = None
    assert len(Cache.from_s3_cache(folder).get_ophys_session_table())


@pytest.mark.fault
def test_a_refused_file_is_told_and_the_cache_goes_on(
    store: ObjectStore, folder: Path, small_cache: Cache
) -> None:
    cache = Cache.from_s3_cache(folder)
    id_, other = sorted(small_cache.here("experiment"))[:2]
    name = small_cache.path_of("experiment", id_).name
    store.fault = lambda asked, count: Fault(status=403) if name in asked.key else None
    with pytest.raises(RemoteRefused):
        cache.get_behavior_ophys_experiment(id_)
    assert cache.online
    assert "does not allow" in cache.online.source.problem
    assert cache.offline_because == "", "it has answered"
    cache.get_behavior_ophys_experiment(other).close()
    assert cache.offline_because == ""


@pytest.mark.fault
def test_a_manifest_that_nobody_has_is_told_with_those_that_there_are(
    store: ObjectStore, folder: Path
) -> None:
    cache = Cache.from_s3_cache(folder)
    with pytest.raises(UnknownManifest, match=FIRST) as told:
        cache.load_manifest("../else.json")
    assert isinstance(told.value, ValueError)
