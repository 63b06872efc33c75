"""Makes the four metadata tables of the release from the plan and the simulated tasks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from data_layer.demo.behavior.task import RESPONSE_WINDOW
from data_layer.demo.ophys.cells import cells_of_the_day
from data_layer.demo.ophys.imaging import cell_roi_ids
from data_layer.demo.sessions import PlanePlan, SessionPlan
from data_layer.derived.performance_metrics import TRIAL_COUNTS, performance_metrics
from data_layer.derived.reward_rate import ENGAGED_REWARD_RATE
from data_layer.derived.rolling_performance import rolling_performance
from data_layer.derived.session_type import behavior_type

NO_FILE = -999
_LAYOUT = {  # depths per area and number of areas of each project
    "VisualBehaviorTask1B": (1, 1),
    "VisualBehaviorMultiscope": (4, 2),
    "VisualBehaviorMultiscope4areasx2d": (2, 4),
}
_PUBLISHED_AT = "2021-08-12"

Row = dict[str, Any]


def metadata_tables(
    sessions: list[SessionPlan], trial_counts: dict[int, dict[str, int]]
) -> dict[str, pd.DataFrame]:
    """The tables by name, as in the release's CSV files.

    ``trial_counts`` has the counts of ``TRIAL_COUNTS`` for each behavior_session_id.
    """
    history = _exposures(sessions)
    experiments = [(s, plane) for s in sessions for plane in s.planes]
    file_ids = file_ids_of(sessions)
    return {
        "behavior_session_table": pd.DataFrame(
            [
                _behavior_row(s, history[s.behavior_session_id], file_ids)
                | trial_counts[s.behavior_session_id]
                for s in sessions
            ]
        ),
        "ophys_session_table": pd.DataFrame(
            [_ophys_session_row(s, history[s.behavior_session_id]) for s in sessions if s.planes]
        ),
        "ophys_experiment_table": pd.DataFrame(
            [
                _experiment_row(s, plane, history[s.behavior_session_id], file_ids)
                for s, plane in experiments
            ]
        ),
        "ophys_cells_table": pd.concat(
            [_cells(s, plane) for s, plane in experiments], ignore_index=True
        ),
    }


def file_ids_of(sessions: list[SessionPlan]) -> dict[int, int]:
    """The file id of every experiment and of every behavior session without imaging."""
    experiments = [plane.ophys_experiment_id for s in sessions for plane in s.planes]
    training = [s.behavior_session_id for s in sessions if not s.planes]
    return {name: number for number, name in enumerate([*experiments, *training])}


def count_trials(trials: pd.DataFrame, rewards: pd.DataFrame) -> dict[str, int]:
    """The trial counts of one session, by AllenSDK's rules."""
    rolling = rolling_performance(trials, RESPONSE_WINDOW[0])
    metrics = performance_metrics(trials, rewards, rolling, ENGAGED_REWARD_RATE)
    return {name: int(metrics[name]) for name in TRIAL_COUNTS}


def _exposures(sessions: list[SessionPlan]) -> dict[int, Row]:
    """The prior exposures of the mouse for each session."""
    history: dict[int, Row] = {}
    for session in sessions:
        before = [
            other
            for other in sessions
            if other.mouse == session.mouse
            and other.date_of_acquisition < session.date_of_acquisition
        ]
        same_set = sum(other.image_set_name == session.image_set_name for other in before)
        history[session.behavior_session_id] = {
            "prior_exposures_to_session_type": sum(
                other.session_type == session.session_type for other in before
            ),
            "prior_exposures_to_image_set": None if session.image_set.is_grating else same_set,
            "prior_exposures_to_omissions": sum(other.has_omissions for other in before),
        }
    return history


def experience_level(session: SessionPlan, exposures: Row) -> str:
    """Training, Familiar, Novel 1 (the first session with an image set) or Novel >1."""
    if session.session_number is None:
        return "Training"
    if session.session_number <= 3:
        return "Familiar"
    return "Novel 1" if exposures["prior_exposures_to_image_set"] == 0 else "Novel >1"


def _mouse(session: SessionPlan) -> Row:
    mouse = session.mouse
    return {
        "mouse_id": mouse.mouse_id,
        "indicator": mouse.indicator,
        "full_genotype": mouse.full_genotype,
        "driver_line": str(list(mouse.driver_line)),
        "cre_line": mouse.cre_line,
        "reporter_line": mouse.reporter_line,
        "sex": mouse.sex,
        "age_in_days": session.age_in_days,
    }


def _stage(session: SessionPlan, exposures: Row) -> Row:
    return {
        "session_type": session.session_type,
        "session_number": session.session_number,
        "image_set": session.image_set_name,
        "behavior_type": behavior_type(session.session_type),
        "experience_level": experience_level(session, exposures),
        **exposures,
    }


def _date(session: SessionPlan, *, with_offset: bool) -> str:
    """The date as in the release, where only the behavior session table has the UTC offset."""
    text = session.date_of_acquisition.isoformat(sep=" ", timespec="microseconds")
    return text if with_offset else text.removesuffix("+00:00")


def _behavior_row(session: SessionPlan, exposures: Row, file_ids: dict[int, int]) -> Row:
    planes = session.planes
    depths, areas = _LAYOUT[session.project_code] if planes else (None, None)
    return {
        "behavior_session_id": session.behavior_session_id,
        "ophys_session_id": session.ophys_session_id,
        "ophys_container_id": _listed(p.container.ophys_container_id for p in planes),
        **_mouse(session),
        "project_code": session.project_code,
        **_stage(session, exposures),
        "date_of_acquisition": _date(session, with_offset=True),
        "equipment_name": session.equipment_name,
        "imaging_plane_group_count": session.imaging_plane_group_count or None,
        "num_depths_per_area": depths,
        "num_targeted_structures": areas,
        "ophys_experiment_id": _listed(p.ophys_experiment_id for p in planes),
        "file_id": file_ids.get(session.behavior_session_id, NO_FILE),
    }


def _ophys_session_row(session: SessionPlan, exposures: Row) -> Row:
    depths, areas = _LAYOUT[session.project_code]
    return {
        "ophys_session_id": session.ophys_session_id,
        "behavior_session_id": session.behavior_session_id,
        "ophys_container_id": _listed(p.container.ophys_container_id for p in session.planes),
        **_mouse(session),
        "project_code": session.project_code,
        **_stage(session, exposures),
        "date_of_acquisition": _date(session, with_offset=False),
        "equipment_name": session.equipment_name,
        "num_targeted_structures": areas,
        "imaging_plane_group_count": session.imaging_plane_group_count or None,
        "ophys_experiment_id": _listed(p.ophys_experiment_id for p in session.planes),
        "num_depths_per_area": depths,
    }


def _experiment_row(
    session: SessionPlan, plane: PlanePlan, exposures: Row, file_ids: dict[int, int]
) -> Row:
    container = plane.container
    stage = _stage(session, exposures)
    return {
        "ophys_experiment_id": plane.ophys_experiment_id,
        "behavior_session_id": session.behavior_session_id,
        "ophys_session_id": session.ophys_session_id,
        "ophys_container_id": container.ophys_container_id,
        **_mouse(session),
        "imaging_depth": plane.imaging_depth,
        "targeted_structure": container.targeted_structure,
        "targeted_imaging_depth": container.targeted_imaging_depth,
        "imaging_plane_group": container.imaging_plane_group,
        "project_code": session.project_code,
        **stage,
        "image_set": session.image_set_name.removeprefix("images_"),
        "passive": session.is_passive,
        "date_of_acquisition": _date(session, with_offset=False),
        "equipment_name": session.equipment_name,
        "published_at": _PUBLISHED_AT,
        "isi_experiment_id": 1_190_000_000 + int(session.mouse.mouse_id) * 3,
        "file_id": file_ids[plane.ophys_experiment_id],
    }


def _cells(session: SessionPlan, plane: PlanePlan) -> pd.DataFrame:
    cells = cells_of_the_day(plane, session.mouse)
    return pd.DataFrame(
        {
            "cell_roi_id": cell_roi_ids(plane, len(cells)),
            "cell_specimen_id": np.array([cell.cell_specimen_id for cell in cells]),
            "ophys_experiment_id": plane.ophys_experiment_id,
        }
    )


def _listed(ids: Any) -> str | None:
    """Ids as in the release: ``[1, 2]``, or empty if there are none."""
    found = list(ids)
    return str(found) if found else None
