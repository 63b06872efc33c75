"""Measures AllenSDK opening one experiment or behaviour session, without its imports."""

from __future__ import annotations

import json
import sys
import time
import warnings
from typing import Any

from benchmarks.memory import peak_memory

warnings.simplefilter("ignore")

from allensdk import __version__  # noqa: E402
from allensdk.brain_observatory.behavior.behavior_ophys_experiment import (  # noqa: E402
    BehaviorOphysExperiment,
)
from allensdk.brain_observatory.behavior.behavior_session import BehaviorSession  # noqa: E402


def main(task: dict[str, Any]) -> dict[str, Any]:
    kind = BehaviorOphysExperiment if task["kind"] == "experiment" else BehaviorSession
    began = time.perf_counter()
    session = kind.from_nwb_path(task["file"])
    seconds = time.perf_counter() - began
    assert session is not None
    return {"seconds": seconds, "memory": peak_memory(), "version": f"AllenSDK {__version__}"}


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))), flush=True)
