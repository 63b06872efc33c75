"""What the notes of each kind of page can be about."""

from __future__ import annotations

from dashboard.pages.session.neighbours import row_of
from dashboard.pages.session.notes.subjects import subjects_of
from dashboard.urls import Address
from data_layer.annotations.annotation import Subject
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache


def test_every_kind_of_page_leads_to_its_session_and_planes(
    small_cache: VisualBehaviorOphysProjectCache,
) -> None:
    experiments = small_cache.get_ophys_experiment_table()
    plane = max(experiments.groupby("ophys_session_id").groups.values(), key=len)[0]
    session, behavior = experiments.loc[plane, ["ophys_session_id", "behavior_session_id"]]
    planes = experiments.index[experiments["ophys_session_id"] == session]
    expected = {
        Address("experiment", int(plane)): [("experiment", plane), ("session", behavior)],
        Address("behavior", int(behavior)): [
            ("session", behavior),
            *(("experiment", id_) for id_ in planes),
        ],
    }
    expected[Address("session", int(session))] = expected[Address("behavior", int(behavior))]
    for address, subjects in expected.items():
        found = subjects_of(small_cache, address, row_of(small_cache, address))
        assert list(found) == [Subject(kind, id_) for kind, id_ in subjects]
        assert len({*found.values()}) > 1


def test_an_unknown_recording_has_no_notes(small_cache: VisualBehaviorOphysProjectCache) -> None:
    assert subjects_of(small_cache, Address("session", 5), {}) == {}
    assert subjects_of(small_cache, Address("experiment", 5), {"mouse_id": "1"}) == {
        Subject("experiment", 5): "this plane"
    }
