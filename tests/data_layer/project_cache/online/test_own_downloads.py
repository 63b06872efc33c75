"""The limit of a cache: what was downloaded here and used longest ago goes, nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.online.own_downloads import NAME, OwnDownloads
from data_layer.project_cache.online.record import DownloadRecord


def written(folder: Path, name: str, size: int = 100) -> Path:
    path = folder / "files" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that goes on by an hour at every look."""
    now = [1e9]

    def time() -> float:
        now[0] += 3600
        return now[0]

    monkeypatch.setattr("time.time", time)
    return now


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    own = OwnDownloads(tmp_path, limit=250)
    first, second, third = (written(tmp_path, name) for name in "abc")
    record = DownloadRecord(tmp_path)
    for path in (first, second):
        record.add(path, path.name)
        assert own.add(path) == []
    own.use(first)
    assert own.add(third) == [second]
    assert first.exists()
    assert not second.exists()
    assert record.copy_of("b") is None
    assert record.copy_of("a") == first


def test_the_file_that_was_just_asked_for_stays_even_if_it_is_too_large(tmp_path: Path) -> None:
    own = OwnDownloads(tmp_path, limit=50)
    path = written(tmp_path, "a")
    assert own.add(path) == []
    assert path.exists()


def test_without_a_limit_nothing_goes(tmp_path: Path) -> None:
    own = OwnDownloads(tmp_path)
    assert [own.add(written(tmp_path, name)) for name in "abc"] == [[], [], []]


def test_files_of_the_user_and_of_allensdk_stay(tmp_path: Path) -> None:
    own = OwnDownloads(tmp_path, limit=150)
    theirs, ours = written(tmp_path, "theirs"), written(tmp_path, "ours")
    DownloadRecord(tmp_path).add(theirs, "hash")  # as AllenSDK does
    own.use(theirs)
    own.add(ours)
    ours.write_bytes(b"of the user")  # somebody has put another file in its place
    os.utime(ours, ns=(1, 1))
    own.add(written(tmp_path, "next"))
    assert theirs.exists()
    assert ours.exists()


@pytest.mark.fault
@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"../victim": {"size": 1e9, "changed": 0, "used": 0}}',
        '{"/etc/x": {"size": 1, "changed": 0, "used": 0}}',
        '{"a": {"size": "much", "changed": 0, "used": 0}}',
        '{"a": 1}',
    ],
)
def test_a_list_of_downloads_that_cannot_be_trusted_drops_nothing(
    tmp_path: Path, content: str
) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    victim = tmp_path / "victim"
    victim.touch()
    os.utime(victim, ns=(0, 0))
    (folder / NAME).write_text(content)
    own = OwnDownloads(folder, limit=1)
    assert own.add(written(folder, "a")) == []
    assert victim.exists()
    assert list(json.loads((folder / NAME).read_bytes())) == ["files/a"]


def test_a_cache_keeps_to_its_limit(
    small_cache: Cache, folder: Path, store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VBDASH_MAX_CACHE_SIZE", "1")
    monkeypatch.setattr("data_layer.project_cache.cache.GIGABYTE", 15_000_000)
    cache = Cache.from_s3_cache(folder)
    ids = sorted(small_cache.here("experiment"))
    sizes = [small_cache.path_of("experiment", id_).stat().st_size for id_ in ids]
    assert sum(sizes) > 15_000_000 > max(sizes)
    for id_ in ids:
        cache.fetch("experiment", id_)
    here = cache.here("experiment")
    assert max(ids) in here
    assert min(ids) not in here
    assert sum(sizes[ids.index(id_)] for id_ in here) <= 15_000_000
    tables = ("project_metadata", "ophys_cells_table.csv")
    assert [one for one in folder.rglob("*.csv") if one.parts[-2:] == tables]
