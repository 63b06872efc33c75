"""The file of an imaging session, opened as behaviour: what needs imaging is told as absent."""

from __future__ import annotations

import pytest

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.dashboard.pages.conftest import Pages


@pytest.mark.fault
@pytest.mark.parametrize(
    "attribute", ["dff_traces", "max_projection", "cell_specimen_table", "motion_correction"]
)
def test_traces_asked_of_the_behavior_of_an_imaging_session_are_told_as_absent(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, attribute: str
) -> None:
    row = small_cache.get_ophys_experiment_table().loc[min(small_cache.available("experiment"))]
    answer = pages.ask.client.get(f"/data/behavior/{row['behavior_session_id']}/{attribute}.csv")
    assert answer.status_code == 404
    assert attribute in answer.text
