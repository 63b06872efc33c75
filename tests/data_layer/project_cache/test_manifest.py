"""Which manifest applies, and what a bad one says."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_layer.errors import ManifestMissing, ProjectCacheError
from data_layer.project_cache.manifest import (
    LAST_USED,
    find_local_manifest,
    find_manifest,
    find_static_manifest,
    read_manifest,
)
from tests.data_layer.project_cache.releases import PROJECT, write_release


def name_of(version: str) -> str:
    return f"{PROJECT}_project_manifest_v{version}.json"


def test_the_newest_supported_manifest_is_taken_by_number(tmp_path: Path) -> None:
    for version in ("1.9.0", "1.10.0", "2.0.0", "0.3.0"):
        (tmp_path / name_of(version)).touch()
    found = find_local_manifest(tmp_path)
    assert found is not None
    assert found.name == name_of("1.10.0")


@pytest.mark.parametrize(
    ("last_used", "expected"),
    [
        (name_of("1.0.1"), "1.0.1"),
        (name_of("1.0.1") + "\n", "1.0.1"),
        (name_of("1.0.7"), "1.1.0"),
        (name_of("0.3.0"), "1.1.0"),
        ("", "1.1.0"),
    ],
)
def test_the_manifest_last_used_wins_where_it_can(
    tmp_path: Path, last_used: str, expected: str
) -> None:
    for version in ("0.3.0", "1.0.1", "1.1.0"):
        (tmp_path / name_of(version)).touch()
    (tmp_path / LAST_USED).write_text(last_used)
    assert find_local_manifest(tmp_path) == tmp_path / name_of(expected)


def test_without_a_supported_manifest_what_was_found_is_named(tmp_path: Path) -> None:
    (tmp_path / name_of("0.3.0")).touch()
    with pytest.raises(ManifestMissing, match=r"v0\.3\.0"):
        find_local_manifest(tmp_path)


def test_without_a_manifest_there_is_none(tmp_path: Path) -> None:
    assert find_local_manifest(tmp_path) is None
    assert find_static_manifest(tmp_path) is None


@pytest.mark.parametrize(("static", "folder"), [(False, f"{PROJECT}-1.1.0"), (True, PROJECT)])
def test_files_lie_where_their_urls_say(tmp_path: Path, static: bool, folder: str) -> None:
    write_release(tmp_path, static=static)
    find = find_static_manifest if static else find_local_manifest
    path = find(tmp_path)
    assert path is not None
    manifest = read_manifest(path, tmp_path, static=static)
    table = tmp_path / folder / "project_metadata" / "ophys_cells_table.csv"
    assert manifest.tables["ophys_cells_table"] == table
    experiment = tmp_path / folder / "behavior_ophys_experiments/behavior_ophys_experiment_101.nwb"
    assert manifest.files["0"] == experiment


def spoiled(spoil: Callable[[dict[str, Any]], object]) -> Callable[[Path], object]:
    def apply(path: Path) -> None:
        content = json.loads(path.read_text())
        spoil(content)
        path.write_text(json.dumps(content))

    return apply


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_text("{"),
        lambda path: path.write_text("[]"),
        lambda path: path.write_bytes(b"\xff\xfe"),
        spoiled(lambda content: content.pop("manifest_version")),
        spoiled(lambda content: content.pop("data_files")),
        spoiled(lambda content: content["metadata_files"].pop("ophys_session_table")),
        spoiled(lambda content: content["data_files"]["0"].pop("url")),
        spoiled(lambda content: content.update(data_files=["a", "b"])),
    ],
)
def test_a_damaged_manifest_is_named(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    write_release(tmp_path)
    path = tmp_path / name_of("1.1.0")
    damage(path)
    with pytest.raises(ProjectCacheError, match="not a readable manifest") as caught:
        read_manifest(path, tmp_path, static=False)
    assert caught.value.where == path


@pytest.mark.fault
@pytest.mark.parametrize("way_out", ["url", "project_name", "manifest_version", "last used"])
def test_a_manifest_that_leads_out_of_the_cache_is_not_followed(
    tmp_path: Path, way_out: str
) -> None:
    write_release(tmp_path / "outside")
    cache_dir = tmp_path / "cache"
    write_release(cache_dir)
    (path,) = cache_dir.glob("*_manifest_v*.json")
    if way_out == "last used":
        (cache_dir / "_manifest_last_used.txt").write_text(f"../outside/{path.name}")
        assert find_local_manifest(cache_dir) == path
        return
    content = json.loads(path.read_text())
    if way_out == "url":
        entry = content["metadata_files"]["behavior_session_table"]
        entry["url"] = "https://bucket/project/../../outside/behavior_session_table.csv"
    else:
        content[way_out] = "../outside/x"
    path.write_text(json.dumps(content))
    with pytest.raises(ProjectCacheError, match=r"out of the release|no name of a folder"):
        read_manifest(path, cache_dir, static=False)


@pytest.mark.fault
def test_a_manifest_or_folder_that_may_not_be_read_says_so_and_not_to_delete_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    write_release(tmp_path)
    # The tests may run as a user who may read everything.
    for owner, name in ((Path, "read_bytes"), (os, "listdir")):
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, refuse)
            with pytest.raises(ProjectCacheError, match="Permission denied") as caught:
                find_manifest(tmp_path)
        assert "Delete" not in str(caught.value)


@pytest.mark.fault
def test_a_hash_that_is_none_of_blake2b_counts_as_absent(tmp_path: Path) -> None:
    write_release(tmp_path)
    (path,) = tmp_path.glob("*_manifest_v*.json")
    content = json.loads(path.read_text())
    hashes = ["A" * 128, "a" * 127, None, 5]
    for entry, hash_ in zip(content["metadata_files"].values(), hashes, strict=True):
        entry["file_hash"] = hash_
    path.write_text(json.dumps(content))
    release = read_manifest(path, tmp_path, static=False)
    found = [release.hash_of(table) for table in release.tables.values()]
    assert sorted(found, key=str) == [None, None, None, "a" * 128]
