"""Containers and cells over days, against the tables read with pandas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data_layer.errors import TableDamaged, UnknownId
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.matched_cells import (
    cell_days,
    container_days,
    container_of_cell,
    matched_cells,
    specimen_of,
)
from tests.data_layer.project_cache.releases import tables, write_release


@pytest.fixture
def cache(tmp_path: Path) -> VisualBehaviorOphysProjectCache:
    """Container 501 is the plane of 101 and, two days later, of 103."""
    changed = tables()["ophys_cells_table"]
    changed = pd.DataFrame(
        [(1, 101, 70), (2, 101, 71), (3, 101, ""), (4, 103, 71), (5, 103, 72), (6, 102, 80)],
        columns=changed.columns,
    )
    write_release(tmp_path / "cache", changed={"ophys_cells_table": changed})
    return Cache.from_local_cache(tmp_path / "cache")


def test_the_days_of_a_container_are_in_order_of_date(
    cache: VisualBehaviorOphysProjectCache,
) -> None:
    assert container_days(cache, 501).index.tolist() == [101, 103]
    with pytest.raises(UnknownId, match="ophys_container_id 9"):
        container_days(cache, 9)


def test_each_cell_has_its_roi_of_each_day_or_none(cache: VisualBehaviorOphysProjectCache) -> None:
    cells = matched_cells(cache, [101, 103])
    assert cells.cell_specimen_ids.tolist() == [70, 71, 72]
    assert cells.cell_roi_ids.tolist() == [[1, -1], [2, 4], [-1, 5]]
    assert cells.found.tolist() == [[True, False], [True, True], [False, True]]
    assert cells.unmatched.tolist() == [1, 0]


def test_columns_follow_the_days_asked_for(cache: VisualBehaviorOphysProjectCache) -> None:
    assert matched_cells(cache, [103, 101]).cell_roi_ids.tolist() == [[-1, 1], [4, 2], [5, -1]]


def test_a_cell_leads_to_its_container(cache: VisualBehaviorOphysProjectCache) -> None:
    assert container_of_cell(cache, 72) == 501
    assert container_of_cell(cache, 80) == 502
    with pytest.raises(UnknownId, match="cell_specimen_id 1"):
        container_of_cell(cache, 1)


def test_without_a_table_of_cells_it_says_so(tmp_path: Path) -> None:
    root = write_release(tmp_path / "cache")
    (root / "project_metadata" / "ophys_cells_table.csv").unlink()
    with pytest.raises(TableDamaged, match="ophys_cells_table"):
        matched_cells(Cache.from_local_cache(tmp_path / "cache"), [101])


def test_the_demo_release_agrees_with_pandas(small_cache: VisualBehaviorOphysProjectCache) -> None:
    table = small_cache.get_ophys_cells_table().reset_index()
    container = small_cache.get_ophys_experiment_table()["ophys_container_id"].iloc[0]
    days = container_days(small_cache, container).index.tolist()
    cells = matched_cells(small_cache, days)
    mine = table[table["ophys_experiment_id"].isin(days)]
    pivot = mine.pivot(
        index="cell_specimen_id", columns="ophys_experiment_id", values="cell_roi_id"
    )
    assert cells.found.sum() == len(mine)
    assert (pivot[days].notna().to_numpy() == cells.found).all()
    assert (pivot[days].fillna(-1).to_numpy() == cells.cell_roi_ids).all()


def test_a_cell_has_every_day_of_its_container(cache: VisualBehaviorOphysProjectCache) -> None:
    days = cell_days(cache, 70)
    assert [day.ophys_experiment_id for day in days] == [101, 103]
    assert [day.cell_roi_id for day in days] == [1, None]
    assert [day.here for day in days] == [False, False]


def test_an_id_is_a_cell_or_a_roi_of_one(cache: VisualBehaviorOphysProjectCache) -> None:
    assert specimen_of(cache, 71) == 71
    assert specimen_of(cache, 4) == 71
    assert specimen_of(cache, 3) is None
    with pytest.raises(UnknownId, match="99"):
        specimen_of(cache, 99)
