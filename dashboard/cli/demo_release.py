"""Builds the simulated recordings in the working directory, once and with a progress bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from data_layer.demo.full_scale import build_full_scale_experiment
from data_layer.demo.release import build_demo_release, demo_folder
from data_layer.ending import end_without_remains, on_signals
from data_layer.errors import WorkDirUnwritable


def demo_release(work_dir: Path) -> Path:
    """The cache directory of the demo release; the release is built if it does not exist yet.

    Raises:
        WorkDirUnwritable: It does not exist and cannot be written.
    """
    with _told(work_dir), _progress_bar("Building the demo release") as progress:
        return build_demo_release(demo_folder(work_dir), on_progress=progress)


def full_scale_experiment(work_dir: Path) -> Path:
    """The path of the NWB file of full size; it is built if it does not exist yet.

    Raises:
        WorkDirUnwritable: It does not exist and cannot be written.
    """
    with _told(work_dir), _progress_bar("Building an experiment of full size") as progress:
        return build_full_scale_experiment(work_dir / "full-scale", on_progress=progress)


@contextmanager
def _told(work_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorkDirUnwritable(work_dir, error.strerror or str(error)) from error


@contextmanager
def _progress_bar(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A function that shows progress on stderr; nothing appears if there is nothing to build.

    A signal in the block removes what has been built so far and ends the process.
    """
    with on_signals(end_without_remains), tqdm(desc=title, delay=0.1, dynamic_ncols=True) as bar:

        def show(what: str, done: int, total: int) -> None:
            bar.total = total
            bar.set_postfix_str(what, refresh=False)
            bar.update(done - bar.n)

        yield show
