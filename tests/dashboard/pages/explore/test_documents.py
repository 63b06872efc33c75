"""What the browser gets of each table: every cell, every facet, explained."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from dashboard.pages.explore.documents import content, table_documents
from dashboard.pages.explore.encoding import plain
from dashboard.pages.explore.kinds import TABLES
from dashboard.pages.explore.places import places_of
from dashboard.vocabulary.tables import TABLE_COLUMNS
from data_layer.project_cache.cache import Kind, VisualBehaviorOphysProjectCache
from tests.dashboard.pages.explore.decoding import by_name, values_of
from tests.data_layer.project_cache.releases import place_of, tables, write_release

KINDS: tuple[Kind, ...] = ("experiment", "session", "behavior")
LIMIT = 1.5e6  # bytes; what one answer may weigh at most


def document(cache: VisualBehaviorOphysProjectCache, kind: Kind) -> dict[str, Any]:
    return json.loads(gzip.decompress(table_documents(cache).of(kind).body))


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_of_the_table_is_there(
    cache: VisualBehaviorOphysProjectCache, kind: Kind
) -> None:
    table = TABLES[kind].read(cache).reset_index()
    found = by_name(document(cache, kind)["columns"])
    assert set(found) == set(table)
    for name, column in found.items():
        expected = [list(v) if isinstance(v, tuple) else v for v in plain(table[name])]
        assert values_of(column) == expected, name


def test_the_index_comes_first_and_what_scientists_ask_for_next(
    cache: VisualBehaviorOphysProjectCache,
) -> None:
    names = [column["name"] for column in document(cache, "experiment")["columns"]]
    assert names[:4] == ["ophys_experiment_id", "cre_line", "targeted_structure", "imaging_depth"]


def test_facets_speak_one_language_in_all_tables(cache: VisualBehaviorOphysProjectCache) -> None:
    image_sets = {
        kind: set(by_name(document(cache, kind)["facets"])["image_set"]["levels"]) for kind in KINDS
    }
    assert image_sets == {
        "experiment": {"A", "B"},
        "session": {"A", "B"},
        "behavior": {"A", "B", "gratings"},
    }


def test_a_session_has_the_areas_and_depths_of_its_planes(
    cache: VisualBehaviorOphysProjectCache,
) -> None:
    facets = by_name(document(cache, "session")["facets"])
    assert values_of(facets["targeted_structure"]) == [["VISl", "VISp"], ["VISp"], ["VISp"]]
    assert values_of(facets["imaging_depth"]) == [[150, 275], [152], [175]]
    facets = by_name(document(cache, "behavior")["facets"])
    assert values_of(facets["targeted_structure"])[:2] == [None, None]


def test_tables_without_a_column_still_have_the_facet_that_follows_from_others(
    tmp_path: Path,
) -> None:
    """The first release's session tables lack what the session type says as well."""
    behavior = tables()["behavior_session_table"]
    write_release(
        tmp_path,
        changed={
            "behavior_session_table": behavior.drop(
                columns=["behavior_type", "image_set", "experience_level"]
            )
        },
    )
    cache = VisualBehaviorOphysProjectCache.from_local_cache(tmp_path)
    facets = by_name(document(cache, "behavior")["facets"])
    assert values_of(facets["behavior_type"]) == behavior["behavior_type"].tolist()
    expected = behavior["image_set"].str.removeprefix("images_").tolist()
    assert values_of(facets["image_set"]) == expected
    assert "experience_level" not in facets


def test_what_is_on_this_machine_is_marked(cache: VisualBehaviorOphysProjectCache) -> None:
    for kind, here in (("experiment", {102}), ("session", {11}), ("behavior", {1001})):
        found = document(cache, kind)
        ids = values_of(found["columns"][0])
        marked = {id_ for id_, mark in zip(ids, found["here"], strict=True) if mark}
        assert marked == here
        facet = values_of(by_name(found["facets"])["on_this_machine"])
        assert facet == ["yes" if id_ in here else "no" for id_ in ids]


def test_how_a_recording_opens_is_marked(cache: VisualBehaviorOphysProjectCache) -> None:
    summaries = pd.DataFrame(
        {
            "kind": ["experiment", "experiment", "behavior", "experiment"],
            "is_current": [True, False, True, True],
            "ophys_experiment_id": pd.array([102, 103, None, 999], "Int64"),
            "behavior_session_id": pd.array([None, None, 1001, None], "Int64"),
        }
    )
    streamed = SimpleNamespace(path_of=lambda _: Path())
    for kind, here in (("experiment", {102}), ("session", {11}), ("behavior", {1001})):
        local = content(cache, kind, places_of(cache, kind, lambda: summaries))
        ids = values_of(local["columns"][0])
        assert {id_ for id_, mark in zip(ids, local["prepared"], strict=True) if mark} == here
        opens = values_of(by_name(local["facets"])["opens"])
        for id_, words in zip(ids, opens, strict=True):
            expected = ["prepared", "its file is here"] if id_ in here else ["only listed"]
            assert sorted(words) == sorted(expected)
    cache.stream_with(streamed)
    remote = content(cache, "experiment", places_of(cache, "experiment"))
    rows = values_of(by_name(remote["facets"])["opens"])
    assert [row == ["can be streamed"] for row in rows] == [
        opens_ and not here for opens_, here in zip(remote["opens"], remote["here"], strict=True)
    ]
    assert all(remote["opens"])


def test_a_document_is_made_anew_only_when_files_come(
    cache: VisualBehaviorOphysProjectCache, release: Path
) -> None:
    documents = table_documents(cache)
    before = documents.of("experiment")
    assert documents.of("experiment") is before
    place_of(release, "experiment", 103).touch()
    after = documents.of("experiment")
    assert after.etag != before.etag
    assert table_documents(cache).of("experiment").etag == after.etag


SEED = """
    age_in_days behavior_session_id cre_line date_of_acquisition driver_line equipment_name file_id
    full_genotype imaging_depth indicator mouse_id ophys_container_id ophys_experiment_id
    ophys_session_id prior_exposures_to_image_set prior_exposures_to_omissions
    prior_exposures_to_session_type project_code reporter_line session_number session_type sex
    targeted_structure
"""
RELEASED_LATER = """
    isi_experiment_id published_at trial_count go_trial_count catch_trial_count hit_trial_count
    miss_trial_count false_alarm_trial_count correct_reject_trial_count engaged_trial_count
"""


@pytest.mark.parametrize("name", (SEED + RELEASED_LATER).split())
def test_every_column_is_explained(name: str) -> None:
    known = TABLE_COLUMNS[name]
    assert known.explanation.endswith(".")
    assert known.label != name


def test_the_released_tables_are_explained_and_light(reference_tables: Path) -> None:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(reference_tables)
    for kind in KINDS:
        table = TABLES[kind].read(cache).reset_index()
        assert set(table) <= set(TABLE_COLUMNS)
        assert len(table_documents(cache).of(kind).body) < LIMIT
        facets = by_name(content(cache, kind, places_of(cache, kind))["facets"])
        for name in ("cre_line", "mouse_id", "session_type", "equipment_name"):
            counts = pd.Series(values_of(facets[name])).value_counts()
            assert counts.to_dict() == table[name].value_counts().to_dict()
