"""Conditions on tables that a user types: right where pandas can answer them, harmless always."""

from __future__ import annotations

from contextlib import suppress

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.errors import BadQuery
from data_layer.project_cache.metadata_tables.query import rows_of


@pytest.fixture(scope="module")
def table(small_cache: Cache) -> pd.DataFrame:
    return small_cache.get_ophys_experiment_table()


@pytest.mark.parametrize(
    "query",
    [
        "imaging_depth < 200",
        "100 < imaging_depth <= 250",
        "session_number in [1, 3]",
        "session_number not in (1, 3)",
        "session_type == 'OPHYS_1_images_A' or passive == True",
        "passive",
        "not passive",
        "(session_number == 1) | (session_number == 4)",
        "session_number == 1 | session_number == 4",
        "~passive & imaging_depth > -5",
        "ophys_experiment_id > 1201544742",
        "imaging_depth == targeted_imaging_depth",
        "experience_level != 'Familiar'",
        "200 > imaging_depth",
        "age_in_days >= 1.5",
    ],
)
def test_it_answers_as_pandas_does(table: pd.DataFrame, query: str) -> None:
    expected = table.query(query, engine="python")
    pd.testing.assert_frame_equal(rows_of(table, query), expected)


def test_lists_texts_of_numbers_and_dates_can_be_asked_for(table: pd.DataFrame) -> None:
    driver = table["driver_line"].iloc[0][0]
    assert len(rows_of(table, f"{driver!r} in driver_line")) == len(table)
    assert not len(rows_of(table, "'Sst' in driver_line"))
    mouse = table["mouse_id"].iloc[0]
    assert len(rows_of(table, f"mouse_id == {mouse}")) == len(table)
    assert len(rows_of(table, f"mouse_id in [{mouse}, 5]")) == len(table)
    dates = table["date_of_acquisition"]
    middle = dates.sort_values().iloc[2]
    expected = int((dates < middle).sum())
    assert len(rows_of(table, f"date_of_acquisition < '{middle.isoformat()}'")) == expected


def test_a_missing_value_answers_no_comparison() -> None:
    table = pd.DataFrame({"depth": pd.array([1, None, 3], dtype="Int64")})
    assert list(rows_of(table, "depth > 0").index) == [0, 2]
    assert list(rows_of(table, "depth < 2 or depth > 2").index) == [0, 2]


@pytest.mark.fault
@pytest.mark.parametrize(
    "query",
    [
        "",
        "(",
        "imaging_depth",
        "1 == 1",
        "imaging_depth = 3",
        "no_such_column == 1",
        "imaging_depth < 'deep'",
        "imaging_depth == 1 +",
        "__import__('os').system('true')",
        "@__import__('os').system('true')",
        "@pd.read_pickle('x')",
        "session_type.str.contains('A')",
        "session_type.__class__ == 1",
        "`session_type` == 'A'",
        "index.map(print) == 1",
        "(lambda: 1)() == 1",
        "[x for x in (1,)] == imaging_depth",
        "imaging_depth == 9**9**9**9",
        "imaging_depth == (y := 3)",
        "f'{imaging_depth}' == session_type",
        "session_type == 'a' * 10**9",
        "imaging_depth == 1; imaging_depth",
        "imaging_depth == 1\nimport os",
        "x" * 3000,
        "(" * 900 + "passive" + ")" * 900,
        " and ".join(["passive"] * 200),
        "date_of_acquisition < 'never'",
        "session_type == b'a'",
        "session_type == None",
        "imaging_depth is 3",
        "\0",
    ],
)
def test_a_text_that_is_no_condition_is_refused_in_a_sentence_and_does_nothing(
    table: pd.DataFrame, query: str
) -> None:
    with pytest.raises(BadQuery) as told:
        rows_of(table, query)
    sentence = str(told.value)
    assert "cannot be answered" in sentence
    assert len(sentence) < 1500


@given(st.text(alphabet="abcimaging_depth()[]<>=!&|~@'\"\\.,:+-*/%0123 \n\t{}", max_size=60))
def test_any_text_is_answered_or_refused(text: str) -> None:
    table = pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "imaging_depth": [1.5, None]})
    with suppress(BadQuery):
        assert len(rows_of(table, text)) <= 2
