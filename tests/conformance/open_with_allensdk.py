"""Opens a release with AllenSDK; runs with AllenSDK's Python: CACHE_DIR OUTPUT_FOLDER.

Leaves ``<experiment or session id>.pkl`` with all values of every file that is there,
``tables.pkl`` with the four tables and ``warnings.json`` with what AllenSDK complained about.
"""

from __future__ import annotations

import json
import pickle
import sys
import warnings
from pathlib import Path
from typing import Any

from session_values import plain, session_values

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from allensdk.brain_observatory.behavior.behavior_project_cache import (
        VisualBehaviorOphysProjectCache,
    )

TABLES = [
    "get_behavior_session_table",
    "get_ophys_session_table",
    "get_ophys_experiment_table",
    "get_ophys_cells_table",
]


def main(cache_dir: Path, output: Path) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        cache = VisualBehaviorOphysProjectCache.from_local_cache(str(cache_dir))
        save(output / "tables.pkl", {name: plain(getattr(cache, name)()) for name in TABLES})
        for path in sorted(cache_dir.glob("*/behavior*/*.nwb")):
            kind, number = path.stem.rsplit("_", 1)
            session = getattr(cache, f"get_{kind}")(int(number))
            imaging = kind == "behavior_ophys_experiment"
            save(output / f"{number}.pkl", session_values(session, imaging))
    complaints = [[w.category.__name__, str(w.message)] for w in caught]
    (output / "warnings.json").write_text(json.dumps(complaints))


def save(path: Path, values: Any) -> None:
    with path.open("wb") as file:
        pickle.dump(values, file, protocol=4)


main(Path(sys.argv[1]), Path(sys.argv[2]))
