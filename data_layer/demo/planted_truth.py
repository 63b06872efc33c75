"""Writes the planted truth of the release, which tests compare with results."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data_layer.demo.ophys.cells import cells_of_the_day
from data_layer.demo.ophys.imaging import cell_roi_ids
from data_layer.demo.sessions import PlanePlan, SessionPlan

NAME = "planted_truth.json"


def write_planted_truth(cache_dir: Path, sessions: list[SessionPlan]) -> None:
    """Write the properties of every cell and every fault to ``planted_truth.json``.

    ``experiments`` maps ophys_experiment_id to the cells of that file; ``faults`` maps
    behavior_session_id to its faults, in s after the session's first monitor frame.
    """
    there = [(s, plane) for s in sessions for plane in s.planes if plane.on_this_machine]
    truth = {
        "experiments": {str(p.ophys_experiment_id): _cells(s, p) for s, p in there},
        "faults": {str(s.behavior_session_id): asdict(s.fault) for s, _ in there if s.fault},
    }
    (cache_dir / NAME).write_text(json.dumps(truth, indent=1))


def _cells(session: SessionPlan, plane: PlanePlan) -> list[dict[str, Any]]:
    cells = cells_of_the_day(plane, session.mouse)
    return [
        {
            "cell_roi_id": int(cell_roi_id),
            **asdict(cell),
            "preferred_image": cell.preferred_image(session.image_set),
        }
        for cell_roi_id, cell in zip(cell_roi_ids(plane, len(cells)), cells, strict=True)
    ]
