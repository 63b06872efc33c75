"""AllenSDK 2.16.2 opens the demo release without complaint, and reads from it what we read."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, BehaviorSession
from tests.conformance.session_values import session_values

pytestmark = [pytest.mark.conformance, pytest.mark.timeout(3600)]

SCRIPT = Path(__file__).with_name("open_with_allensdk.py")
EXPECTED_WARNINGS = (
    # AllenSDK of its own dependencies, whatever the file
    ("DeprecationWarning", ""),
    ("PendingDeprecationWarning", ""),
    # its news for users of releases before 1.1.0
    ("UpdatedStimulusPresentationTableWarning", ""),
    # of every file that another version of pynwb has written, the released ones included
    ("UserWarning", "Ignoring cached namespace"),
)


@pytest.fixture(scope="module")
def opened(sdk_python: str, demo_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what AllenSDK made of the release."""
    output = tmp_path_factory.mktemp("allensdk")
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sdk_python, str(SCRIPT), str(demo_release), str(output)],
        capture_output=True,
        text=True,
        check=False,
        env=alone,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return output


def test_the_release_takes_at_most_400_mb(demo_release: Path) -> None:
    assert sum(p.stat().st_size for p in demo_release.rglob("*") if p.is_file()) <= 400e6


def test_it_does_not_complain(opened: Path) -> None:
    complaints = json.loads((opened / "warnings.json").read_text())
    assert not [
        (kind, text)
        for kind, text in complaints
        if not any(kind == k and text.startswith(t) for k, t in EXPECTED_WARNINGS)
    ]


def test_it_reads_every_table(opened: Path) -> None:
    tables = _load(opened / "tables.pkl")
    assert len(tables) == 4
    assert all(len(table["index"]) for table in tables.values())


def test_it_reads_from_every_file_what_we_read(opened: Path, demo_release: Path) -> None:
    paths = sorted(demo_release.glob("*/behavior*/*.nwb"))
    assert len(paths) == len(list(opened.glob("[0-9]*.pkl"))) > 0
    differences = [line for path in paths for line in _compare(path, opened)]
    assert not differences


def _compare(path: Path, opened: Path) -> Iterator[str]:
    imaging = path.stem.startswith("behavior_ophys_experiment")
    theirs = _load(opened / f"{path.stem.rsplit('_', 1)[1]}.pkl")
    with (BehaviorOphysExperiment if imaging else BehaviorSession).from_nwb_path(path) as session:
        ours = session_values(session, imaging)
    for name in theirs:
        yield from (f"{path.name}: {line}" for line in _differences(name, ours[name], theirs[name]))


def _differences(name: str, ours: Any, theirs: Any) -> Iterator[str]:
    """Where two values are not the same; numbers that were computed may differ in the last bits."""
    if isinstance(theirs, dict):
        if set(ours) < set(theirs):
            yield f"{name} lacks {set(theirs) - set(ours)}"
            return
        for key in theirs:
            yield from _differences(f"{name}.{key}", ours[key], theirs[key])
    elif isinstance(theirs, list):
        if len(ours) != len(theirs):
            yield f"{name} has {len(ours)} values, not {len(theirs)}"
            return
        for i, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differences(f"{name}[{i}]", one, other)
    elif not _same(ours, theirs):
        yield f"{name} is {ours!r}, not {theirs!r}"


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, float | np.ndarray) and ours is not None:
        one, other = np.asarray(ours, float), np.asarray(theirs, float)
        return one.shape == other.shape and np.allclose(one, other, 1e-9, 1e-12, equal_nan=True)
    return bool(ours == theirs)


def _load(path: Path) -> Any:
    return pickle.loads(path.read_bytes())
