"""An environment of its own for moto's S3 server, which needs older packages than the product."""

from __future__ import annotations

from pathlib import Path

from tests.support.environments import environment

STEPS = (("moto[server]==5.2.5",),)


def moto_python(folder: Path) -> str:
    """The Python of an environment with moto, made in ``folder`` at first use.

    Raises:
        CannotBuild: It cannot be installed.
    """
    return environment(folder / "environment", STEPS)
