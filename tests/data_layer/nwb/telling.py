"""What is said about one attribute of a damaged file, and the memory it takes to say it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data_layer import StreamDamaged, open_session


def told(path: Path, attribute: str = "running_speed") -> str:
    """What is said about an attribute; all other streams must be readable."""
    with open_session(path) as session:
        assert len(session.trials)
        assert session.has(attribute), "what cannot be read is not absent"
        with pytest.raises(StreamDamaged) as error:
            getattr(session, attribute)
    return str(error.value)


def read_alone(path: Path, attribute: str) -> tuple[str, float]:
    """What a process of its own says about an attribute, and its peak of memory in MB."""
    program = (
        "import data_layer\nfrom tests.support.memory import peak_megabytes\n"
        f"session = data_layer.open_session({str(path)!r})\n"
        f"try: session.{attribute}\n"
        "except data_layer.StreamDamaged as error: print(error)\n"
        "print(peak_megabytes())"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    *words, peak = run.stdout.splitlines() or [run.stderr, "inf"]
    return " ".join(words), float(peak)
