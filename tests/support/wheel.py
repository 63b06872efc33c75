"""Installs a wheel in a clean environment, as for a user without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONSTRAINTS = Path(__file__).resolve().parents[2] / "constraints.txt"
PINS = {"PIP_CONSTRAINT": str(CONSTRAINTS), "PIP_BUILD_CONSTRAINT": str(CONSTRAINTS)}


def outside() -> dict[str, str]:
    """Environment variables for a process that must not import from the repository."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(*command: str | Path, cwd: Path) -> None:
    """Run a command with pinned packages; if it fails, raise AssertionError with its output."""
    done = subprocess.run(command, cwd=cwd, env=outside() | PINS, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def install(wheel: Path, folder: Path) -> Path:
    """Install a wheel in a new environment in ``folder``; return its ``vbdash``."""
    run(sys.executable, "-m", "venv", "environment", cwd=folder)
    programs = folder / "environment" / "bin"
    run(programs / "python", "-m", "pip", "install", "--no-compile", wheel, cwd=folder)
    return programs / "vbdash"
