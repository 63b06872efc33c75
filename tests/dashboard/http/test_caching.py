"""Caches on disk: bytes come back as bytes, the oldest go, and nothing of others is read."""

from __future__ import annotations

import logging
import os
import pickle
import stat
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.http.caching import FolderCache, NoCache, RedisCache, shared_cache
from dashboard.http.kept_answers import packed, unpacked
from data_layer.errors import FolderNotTrusted
from data_layer.kept_files import private_folder
from data_layer.settings import Settings

LIMIT = 10_000  # bytes


@pytest.fixture
def cache(tmp_path: Path) -> FolderCache:
    return FolderCache(tmp_path / "work" / "answers", LIMIT)


def test_an_entry_comes_back_as_it_was(cache: FolderCache) -> None:
    cache.set("a", b"\x00\xff")
    assert cache.get("a") == b"\x00\xff"
    assert cache.get("b") is None


def test_folder_and_entries_are_the_owners_alone(cache: FolderCache) -> None:
    cache.set("a", b"1")
    (entry,) = cache.folder.iterdir()
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600


def test_the_entries_used_longest_ago_go_when_their_bytes_are_too_many(cache: FolderCache) -> None:
    for number in range(40):
        cache.set(str(number), b"x" * 500)
        for key, age in (("0", 0), (str(number), 100 - number)):
            path = cache._path(key)
            if path.exists():
                os.utime(path, (10**9 - age, 10**9 - age))
    left = [number for number in range(40) if cache.get(str(number))]
    assert sum(path.stat().st_size for path in cache.folder.iterdir()) <= LIMIT
    assert left[0] == 0
    assert left[1:] == list(range(left[1], 40))


def test_an_entry_that_would_fill_the_cache_is_not_kept(cache: FolderCache) -> None:
    cache.set("a", b"x" * LIMIT)
    assert not list(cache.folder.iterdir())


class Planted:
    """Unpickling it creates a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> Any:
        return (Path.touch, (self.file,))


@pytest.mark.fault
def test_a_planted_pickle_in_the_cache_is_bytes_and_nothing_is_run(
    cache: FolderCache, tmp_path: Path
) -> None:
    cache.set("a", b"1")
    for content in (pickle.dumps(Planted(tmp_path / "run")), b"\x00\x00\x00\x00"):
        cache._path("a").write_bytes(content + pickle.dumps(Planted(tmp_path / "run")))
        entry = cache.get("a")
        assert entry is not None
        assert unpacked(entry) is None
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("entry", [b"", b"[5]\n1234", b"[1]\n", b"[-1]\n", b"{}\n", b"5\n", b"[\n"])
def test_a_damaged_entry_counts_as_absent(entry: bytes) -> None:
    assert unpacked(entry) is None


def test_parts_of_an_answer_come_back_in_their_order() -> None:
    parts = [b'{"a": "\\n"}', None, b"", b"null"]
    assert unpacked(packed(parts)) == parts


@pytest.mark.fault
def test_a_work_dir_that_everybody_can_write_into_is_not_used_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    work.chmod(0o777)
    with caplog.at_level(logging.WARNING):
        assert isinstance(shared_cache(Settings(work_dir=work), "answers", 1), NoCache)
    assert "can be written into by every user, so nothing is kept or read there" in caplog.text
    assert not list(work.iterdir())


@pytest.mark.fault
def test_a_folder_of_another_user_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(FolderNotTrusted, match="belongs to another user"):
        private_folder(tmp_path)


class RedisOfTests:
    """Keeps what the client of Redis is given, as Redis does."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def set(self, key: str, value: bytes, ex: int) -> None:
        assert ex > 0
        self.kept[key] = value


@pytest.fixture
def redis(monkeypatch: pytest.MonkeyPatch) -> RedisOfTests:
    server = RedisOfTests()
    client = SimpleNamespace(from_url=lambda _url: server)
    module = SimpleNamespace(Redis=client, RedisError=ConnectionError)
    monkeypatch.setitem(sys.modules, "redis", module)
    return server


@pytest.mark.fault
def test_a_planted_pickle_in_redis_is_bytes_and_nothing_is_run(
    redis: RedisOfTests, tmp_path: Path
) -> None:
    cache = RedisCache("redis://127.0.0.1/0", "answers")
    cache.set("a", b"[1]\n1")
    assert cache.get("a") == b"[1]\n1"
    content = b"!" + pickle.dumps(Planted(tmp_path / "run"))
    redis.kept["vbdash/answers/a"] = content
    assert cache.get("a") == content
    assert not (tmp_path / "run").exists()
