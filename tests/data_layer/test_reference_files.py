"""Both reference files equal what AllenSDK returns for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.reference import shared


@pytest.mark.reference
@pytest.mark.parametrize("name", ["reference_experiment", "reference_behavior"])
def test_every_attribute_equals_allensdk(name: str, request: pytest.FixtureRequest) -> None:
    checker = shared("tools/check_fidelity.py")
    file: Path = request.getfixturevalue(name)
    expected = shared(f"reference/expected_{file.stem}")
    run = subprocess.run([sys.executable, checker, file, expected], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-4000:]
