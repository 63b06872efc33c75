"""The first lines of every program: imports, the cache, and the recording."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.pages.session.numbers.asked import Asked

LIBRARIES: Mapping[str, str] = {
    "data_layer": "from data_layer import VisualBehaviorOphysProjectCache",
    "AllenSDK": (
        "from allensdk.brain_observatory.behavior.behavior_project_cache import (\n"
        "    VisualBehaviorOphysProjectCache,\n"
        ")"
    ),
}
"""The import that each library needs; all that follows is the same."""
CACHE = """\
CACHE_DIR = "."  # the folder with the manifest
cache = VisualBehaviorOphysProjectCache.from_local_cache(CACHE_DIR)
"""


def program(asked: Asked, library: str, body: str) -> str:
    """A whole program, whose last lines are ``body``."""
    about = f"# {asked.name}: {asked.window.start:.3f} to {asked.window.stop:.3f} s"
    lines = [about, "import numpy as np", "import pandas as pd", LIBRARIES[library]]
    return "\n".join([*lines, "", CACHE + _recording(asked), body.strip("\n"), ""])


def _recording(asked: Asked) -> str:
    address = asked.recording.address
    if address.kind == "behavior":
        return f"session = cache.get_behavior_session({address.id})\nplanes = []\n"
    ids = [int(plane.ophys_experiment_id) for plane in asked.recording.planes]
    planes = f"planes = [cache.get_behavior_ophys_experiment(id_) for id_ in {ids}]\n"
    return planes + "session = planes[0]\n"


def plane_of(asked: Asked, cell: int) -> str:
    """The name of the plane of a cell in the program."""
    found = asked.recording.plane_of(cell)
    return f"planes[{asked.recording.planes.index(found[0]) if found else 0}]"


def row_of(asked: Asked, cell: int) -> str:
    """How a cell is found in a table of cells: by its cell_specimen_id, else by its cell_roi_id."""
    found = asked.recording.plane_of(cell)
    by_roi = found is not None and found[1] == cell
    return f'["cell_roi_id"] == {cell}' if by_roi else f".index == {cell}"
