"""An environment of its own for AllenSDK, which needs older packages than the product."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build_once import build_once

VARIABLE = "VBDASH_ALLENSDK_PYTHON"
OLDEST, NEWEST = (3, 9), (3, 11)  # Pythons for which its old numpy has wheels
STEPS = (  # later ones replace what earlier ones brought
    ("setuptools<70", "wheel"),
    ("allensdk==2.16.2",),
    ("hdmf==3.14.5", "h5py<3.12"),
)


def allensdk_python(folder: Path) -> str:
    """The Python of an environment with AllenSDK 2.16.2, made in ``folder`` at first use."""
    given = os.environ.get(VARIABLE)
    return given or str(build_once(folder / "environment", _build) / "bin" / "python")


def _build(folder: Path) -> None:
    _run([_suitable_python(), "-m", "venv", str(folder)])
    for packages in STEPS:
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *packages])


def _suitable_python() -> str:
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    found = [shutil.which(f"python3.{minor}") for minor in (11, 10, 9)]
    python = next((path for path in found if path), None)
    if python is None:
        pytest.fail(f"AllenSDK 2.16.2 needs Python 3.9 to 3.11: install one, or set {VARIABLE}.")
    return python


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or "no output").splitlines()[-1]
        pytest.fail(
            "The environment with AllenSDK 2.16.2 cannot be built; is a package registry within "
            f"reach? {' '.join(command[-4:])} ended with: {last}"
        )
