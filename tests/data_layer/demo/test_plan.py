"""The demo release has in it what one wants to see."""

from __future__ import annotations

from collections import Counter

import pytest

from data_layer.demo.ophys.cells import cells_of_the_day
from data_layer.demo.ophys.imaging import cell_roi_ids
from data_layer.demo.plan import demo_plan
from data_layer.demo.sessions import PlanePlan, SessionPlan

SESSIONS = demo_plan()
HERE = [(s, plane) for s in SESSIONS for plane in s.planes if plane.on_this_machine]


def test_there_are_three_mice_of_the_three_cre_lines() -> None:
    lines = {s.mouse.mouse_id: s.mouse.cre_line for s, _ in HERE}
    assert sorted(lines.values()) == ["Slc17a7-IRES2-Cre", "Sst-IRES-Cre", "Vip-IRES-Cre"]


def test_containers_are_followed_over_days() -> None:
    days = Counter(plane.container.ophys_container_id for _, plane in HERE)
    assert sum(n > 1 for n in days.values()) >= 2


def test_there_is_a_session_of_four_planes() -> None:
    assert 4 in Counter(s.ophys_session_id for s, _ in HERE).values()


def test_sessions_differ_in_what_matters() -> None:
    assert {s.is_passive for s, _ in HERE} == {True, False}
    assert {s.novel_images for s, _ in HERE} == {True, False}
    assert [s.eye_tracking for s, _ in HERE].count(False) == 1
    assert sum(s.fault is not None for s, _ in HERE) == 1
    assert {round(s.frame_rate) for s, _ in HERE} == {11, 31}


def test_one_mouse_learns_in_six_training_sessions() -> None:
    here = [s for s in SESSIONS if s.on_this_machine and not s.planes]
    assert len({s.mouse.mouse_id for s in here}) == 1
    assert [s.session_type.split("_")[1] for s in here] == ["0", "1", "2", "3", "4", "5"]
    assert [s.skill for s in here] == sorted(s.skill for s in here)


def test_some_sessions_and_experiments_are_listed_only() -> None:
    assert any(not s.on_this_machine and not s.planes for s in SESSIONS)
    assert any(not plane.on_this_machine for s in SESSIONS for plane in s.planes)


@pytest.mark.parametrize(("session", "plane"), HERE, ids=lambda x: getattr(x, "session_type", ""))
def test_planes_have_25_to_120_cells(session: SessionPlan, plane: PlanePlan) -> None:
    cells = cells_of_the_day(plane, session.mouse)
    assert 25 <= len(cells) <= 120
    assert len(cells) < plane.container.n_cells  # some are missed every day


def test_ids_are_unique_and_as_long_as_real_ones() -> None:
    planes = [(s, plane) for s in SESSIONS for plane in s.planes]
    containers = {plane.container.ophys_container_id for _, plane in planes}
    specimens = [i for c in {p.container for _, p in planes} for i in c.cell_specimen_ids]
    rois = [
        int(i)
        for s, plane in planes
        for i in cell_roi_ids(plane, len(cells_of_the_day(plane, s.mouse)))
    ]
    ids = [
        *(s.behavior_session_id for s in SESSIONS),
        *(s.ophys_session_id for s in SESSIONS if s.ophys_session_id),
        *(plane.ophys_experiment_id for _, plane in planes),
        *containers,
        *specimens,
        *rois,
    ]
    assert len(set(ids)) == len(ids)
    assert all(9 <= len(str(i)) <= 10 for i in ids)
    assert min(ids) > 1_130_000_000  # the real ids end before


def test_sessions_are_told_in_order_of_time() -> None:
    for mouse in {s.mouse.mouse_id for s in SESSIONS}:
        dates = [s.date_of_acquisition for s in SESSIONS if s.mouse.mouse_id == mouse]
        assert dates == sorted(dates)
        assert len(set(dates)) == len(dates)
