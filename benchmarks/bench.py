"""One run of the benchmarks: the file, its folders, and data that several rows share."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import peers
from benchmarks.harness import CannotMeasure, Measure
from benchmarks.one_file_release import one_file_release
from benchmarks.store import prepare
from benchmarks.subject import Subject, lines, subject_of

Environment = dict[str, str]


@dataclass
class Bench:
    """``home`` has the peers' environments; ``scratch`` is deleted at the end.

    A ``quick`` bench only shows that the rows work; its numbers have no meaning.
    """

    file: Path
    home: Path
    scratch: Path
    runs: int = 5
    with_peers: bool = True
    quick: bool = False

    @cached_property
    def subject(self) -> Subject:
        """The recording in the file."""
        return subject_of(self.file)

    @cached_property
    def cache_dir(self) -> Path:
        """The file as a release, with its tables."""
        return one_file_release(self.file, self.scratch / "release")

    @cached_property
    def lines(self) -> Path:
        """A file with the subject's lines, for peers that draw them too."""
        arrays: dict[str, Any] = {}
        for i, (_, times, values) in enumerate(lines(self.subject)):
            arrays |= {f"x{i}": np.asarray(times), f"y{i}": np.asarray(values)}
        path = self.scratch / "lines.npz"
        np.savez(path, **arrays)
        return path

    @property
    def warm(self) -> Environment:
        """Environment variables of a server with a prepared store."""
        return self._prepared[0]

    @property
    def preparing(self) -> str:
        """The size of that store and the time to prepare it, as a sentence."""
        return self._prepared[1]

    @cached_property
    def _prepared(self) -> tuple[Environment, str]:
        environment = environment_of(self.scratch / "warm")
        return environment, prepare(self.cache_dir, environment)

    @contextmanager
    def cold(self) -> Iterator[Environment]:
        """Environment variables of a server without a store; its work folder is deleted."""
        with tempfile.TemporaryDirectory(
            prefix="cold-", dir=self.scratch, ignore_cleanup_errors=True
        ) as folder:
            yield environment_of(Path(folder))

    @contextmanager
    def unseen(self) -> Iterator[Environment]:
        """Environment variables of a server with a prepared store but no cached answers."""
        prepared = Path(self.warm["VBDASH_WORK_DIR"]) / "store"
        with self.cold() as environment:
            (Path(environment["VBDASH_WORK_DIR"]) / "store").symlink_to(prepared)
            yield environment

    def python_of(self, peer: str) -> str:
        """The Python of a peer's environment.

        Raises:
            CannotMeasure: There is none.
        """
        if not self.with_peers:
            raise CannotMeasure("left out by --no-peers")
        return peers.python_of(peer, self.home / "environments")

    def read_once(self) -> None:
        """Read the file into the page cache."""
        with self.file.open("rb") as file:
            while file.read(1 << 24):
                pass

    def tell(self, text: str) -> None:
        """Print a line about the progress."""
        print(text, file=sys.stderr, flush=True)


def environment_of(work_dir: Path) -> Environment:
    """Environment variables that make ``work_dir`` the work folder of a server."""
    work_dir.mkdir(parents=True, exist_ok=True)
    return {"VBDASH_WORK_DIR": str(work_dir)}


Measures = dict[str, Measure]
