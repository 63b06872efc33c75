"""Separate environments for packages that cannot be installed in the product's environment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.support.build_once import build_once


class CannotBuild(Exception):
    """An environment could not be built; the text says why."""


def environment(folder: Path, steps: Sequence[Sequence[str]], python: str = sys.executable) -> str:
    """The Python of an environment with some packages, built in ``folder`` on first use.

    Later steps may replace packages of earlier ones.

    Raises:
        CannotBuild: Packages cannot be installed.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    return str(build_once(folder, partial(_build, steps, python)) / "bin" / "python")


def _build(steps: Sequence[Sequence[str]], python: str, folder: Path) -> None:
    _run([python, "-m", "venv", str(folder)])
    for packages in steps:
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *packages])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or "no output").splitlines()[-1]
        raise CannotBuild(
            "the environment cannot be built; is a package registry within reach? "
            f"{' '.join(command[-4:])} ended with: {last}"
        )
