"""The numbers of Explore's group view, against the tables they come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.pages.explore.measures import OF_PLANES, Summaries, measures_of
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.quality.measures import MEASURES


def named(document: dict[str, Any]) -> dict[str, list[float | None]]:
    return {measure["name"]: measure["values"] for measure in document["measures"]}


def summaries(**columns: list[Any]) -> Summaries:
    """Summaries of files; measures that are not named have no value."""
    frame = pd.DataFrame(columns).reindex(columns=[*columns, *(MEASURES.keys() - columns.keys())])
    for name in ("ophys_experiment_id", "behavior_session_id"):
        frame[name] = frame[name].astype("Int64")
    return Summaries(lambda: frame, MEASURES)


def test_cells_are_counted_per_plane_and_per_session(
    small_cache: VisualBehaviorOphysProjectCache,
) -> None:
    cells = small_cache.get_ophys_cells_table().reset_index()
    experiments = named(measures_of(small_cache, "experiment", None))
    for place, id_ in enumerate(small_cache.get_ophys_experiment_table().index):
        own = cells[cells["ophys_experiment_id"] == id_]
        elsewhere = cells[cells["ophys_experiment_id"] != id_]["cell_specimen_id"].dropna()
        assert experiments["cells"][place] == len(own)
        matched = own["cell_specimen_id"].dropna().isin(set(elsewhere)).sum()
        assert experiments["matched_cells"][place] == matched
    sessions = named(measures_of(small_cache, "session", None))
    planes = small_cache.get_ophys_session_table()["ophys_experiment_id"]
    expected = [int(cells["ophys_experiment_id"].isin(ids).sum()) for ids in planes]
    assert sessions["cells"] == expected


def test_rates_are_those_of_the_session_and_none_where_it_was_passive(
    small_cache: VisualBehaviorOphysProjectCache,
) -> None:
    table = small_cache.get_ophys_experiment_table()
    sessions = small_cache.get_behavior_session_table()
    found = named(measures_of(small_cache, "experiment", None))["hits_per_go"]
    assert table["passive"].any()
    for rate, (_, row) in zip(found, table.iterrows(), strict=True):
        session = sessions.loc[row["behavior_session_id"]]
        if row["passive"]:
            assert rate is None
        else:
            expected = 100 * session["hit_trial_count"] / session["go_trial_count"]
            assert rate == pytest.approx(expected, abs=1e-5)


def test_prepared_files_give_a_row_its_measures_and_stale_ones_do_not(
    small_cache: VisualBehaviorOphysProjectCache,
) -> None:
    table = small_cache.get_ophys_experiment_table()
    ids, of = table.index[:3], table["behavior_session_id"].iloc[:3]
    given = summaries(
        kind=["experiment"] * 3,
        is_current=[True, True, False],
        ophys_experiment_id=[*ids],
        behavior_session_id=[*of],
        n_cells=[5.0, None, 7.0],
        mean_dprime=[1.5, None, 9.0],
    )
    document = measures_of(small_cache, "experiment", given)
    assert document["prepared"] == [True, True] + [False] * (len(table) - 2)
    assert named(document)["n_cells"] == [5.0] + [None] * (len(table) - 1)

    sessions = small_cache.get_behavior_session_table()
    document = measures_of(small_cache, "behavior", given)
    assert not OF_PLANES & named(document).keys()
    dprime = dict(zip(sessions.index, named(document)["mean_dprime"], strict=True))
    assert dprime[of.iloc[0]] == 1.5
    assert sum(value is not None for value in dprime.values()) == 1


def test_without_any_prepared_file_their_measures_are_still_offered(
    small_cache: VisualBehaviorOphysProjectCache,
) -> None:
    none = summaries(kind=[], is_current=[], ophys_experiment_id=[], behavior_session_id=[])
    document = measures_of(small_cache, "behavior", none)
    assert set(named(document)) >= MEASURES.keys() - OF_PLANES
    assert not any(document["prepared"])


def test_without_the_table_of_cells_the_rest_is_there_and_the_reason(
    cache: VisualBehaviorOphysProjectCache, release: Path
) -> None:
    (release / "project_metadata" / "ophys_cells_table.csv").unlink()
    document = measures_of(cache, "experiment", None)
    assert "ophys_cells_table.csv" in document["problem"]
    assert "age_in_days" in named(document)
    assert "cells" not in named(document)
