"""The separate environments of the peers, which are built on demand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.harness import CannotMeasure
from tests.conformance.allensdk_environment import allensdk_python
from tests.support.environments import CannotBuild, environment

ALLENSDK, RESAMPLER, H5PY = "AllenSDK", "plotly-resampler", "h5py"
REMFILE, FSSPEC = "remfile", "fsspec"
RESAMPLER_STEPS = (("plotly-resampler>=0.11.1",),)
REMOTE_STEPS = (("h5py", "remfile>=0.1.15", "fsspec>=2026.4", "aiohttp"),)


def python_of(peer: str, folder: Path) -> str:
    """The Python of a peer's environment.

    Raises:
        CannotMeasure: The peer cannot be installed.
    """
    build: dict[str, Callable[[], str]] = {
        ALLENSDK: lambda: allensdk_python(folder / "allensdk"),
        RESAMPLER: lambda: environment(folder / "plotly-resampler", RESAMPLER_STEPS),
        REMFILE: lambda: environment(folder / "remote-h5py", REMOTE_STEPS),
        FSSPEC: lambda: environment(folder / "remote-h5py", REMOTE_STEPS),
    }
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return build[peer]()
    except CannotBuild as error:
        raise CannotMeasure(str(error)) from error
