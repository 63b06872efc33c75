"""Compressed copies of static files."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from dashboard.http.caching import FolderCache
from dashboard.http.page_files import copies as module
from dashboard.http.page_files.copies import BEST, Copies
from tests.support.until import wait_until

CONTENT = b"".join(b"const a%d = document.getElementById('%x');\n" % (i, i**3) for i in range(3000))
SMALLEST = brotli.compress(CONTENT, quality=BEST)


@pytest.fixture
def kept(tmp_path: Path) -> FolderCache:
    return FolderCache(tmp_path / "kept", 10**7)


def test_the_first_copy_is_there_at_once_and_the_best_soon_after(kept: FolderCache) -> None:
    copies = Copies(kept)
    first = copies.make("/a.js", "br", "text/javascript", CONTENT)
    assert brotli.decompress(first.body) == CONTENT
    assert len(first.body) > len(SMALLEST)

    def body() -> bytes:
        copy = copies.get("/a.js", "br")
        assert copy is not None
        return copy.body

    wait_until(lambda: body() == SMALLEST)


def test_the_best_is_made_once_for_all_starts(
    kept: FolderCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Copies(kept)
    before.make("/a.js", "br", "text/javascript", CONTENT)
    wait_until(lambda: getattr(before.get("/a.js", "br"), "body", b"") == SMALLEST)
    monkeypatch.setattr(module, "_compressed", None)
    monkeypatch.setattr(module, "_best", None)
    assert Copies(kept).make("/b.js", "br", "text/javascript", CONTENT).body == SMALLEST


def test_a_copy_is_of_one_address_and_coding(kept: FolderCache) -> None:
    copies = Copies(kept)
    copy = copies.make("/a.js", "gzip", "text/javascript", CONTENT)
    assert gzip.decompress(copy.body) == CONTENT
    assert copies.get("/a.js", "gzip") == copy
    assert copies.get("/a.js", "br") is None
    assert copies.get("/b.js", "gzip") is None
