"""One small experiment in an object store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.streaming import Stream, hurry, streamed


@pytest.fixture
def stream(
    experiment_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stream]:
    hurry(monkeypatch)
    with streamed(experiment_file, tmp_path) as stream:
        yield stream
