"""The demo release in the user's cache folder: built once, with a progress bar."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tqdm import tqdm

from data_layer import demo

Build = Callable[..., Any]


def demo_release(work_dir: Path) -> Path:
    """The folder of the demo release, which is built where it is not there yet."""
    folder = demo.demo_folder(work_dir)
    _build_once(folder, demo.build_demo_release, "Building the demo release")
    return folder


def _build_once(folder: Path, build: Build, title: str) -> None:
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="building-") as part:
        with tqdm(desc=title, unit="file", dynamic_ncols=True) as bar:
            build(Path(part) / folder.name, progress=_shown_on(bar))
        (Path(part) / folder.name).rename(folder)


def _shown_on(bar: tqdm[Any]) -> Callable[[str, int, int], None]:
    def progress(what: str, done: int, total: int) -> None:
        bar.total = total
        bar.set_postfix_str(what, refresh=False)
        bar.update(done - bar.n)

    return progress
