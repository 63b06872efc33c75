"""An environment of its own for AllenSDK, which needs older packages than the product."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.support.environments import CannotBuild, environment

VARIABLE = "VBDASH_ALLENSDK_PYTHON"
OLDEST, NEWEST = (3, 9), (3, 11)  # Pythons for which its old numpy has wheels
STEPS = (
    ("setuptools<70", "wheel"),
    ("allensdk==2.16.2",),
    ("hdmf==3.14.5", "h5py<3.12"),
)


def allensdk_python(folder: Path) -> str:
    """The Python of an environment with AllenSDK 2.16.2, made in ``folder`` at first use.

    Raises:
        CannotBuild: it cannot be installed, or there is no Python for it.
    """
    return os.environ.get(VARIABLE) or environment(
        folder / "environment", STEPS, _suitable_python()
    )


def _suitable_python() -> str:
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    found = [shutil.which(f"python3.{minor}") for minor in (11, 10, 9)]
    python = next((path for path in found if path), None)
    if python is None:
        raise CannotBuild(
            f"AllenSDK 2.16.2 needs Python 3.9 to 3.11: install one, or set {VARIABLE}."
        )
    return python
