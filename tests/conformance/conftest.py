"""What the checks with AllenSDK need: its Python and the whole demo release."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_layer.demo import build_demo_release
from tests.conformance.allensdk_environment import allensdk_python


@pytest.fixture(scope="session")
def sdk_python(pytestconfig: pytest.Config) -> str:
    """A Python that can import AllenSDK."""
    assert pytestconfig.cache is not None
    return allensdk_python(pytestconfig.cache.mkdir("allensdk"))


@pytest.fixture(scope="session")
def demo_release(pytestconfig: pytest.Config) -> Path:
    """The whole demo release, built once per checkout and version."""
    assert pytestconfig.cache is not None
    return build_demo_release(pytestconfig.cache.mkdir("demo") / "release")
