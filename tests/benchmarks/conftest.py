"""A bench over a tiny file, without peers: it shows that a row works, not how fast."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bench import Bench
from tests.support.nwb_files import write_experiment


@pytest.fixture(scope="session")
def tiny_experiment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_experiment(tmp_path_factory.mktemp("bench-file"), n_cells=6)


@pytest.fixture(scope="session")
def bench(tiny_experiment: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    home, scratch = (tmp_path_factory.mktemp(name) for name in ("bench-home", "bench-scratch"))
    return Bench(tiny_experiment, home, scratch, runs=1, with_peers=False, quick=True)
