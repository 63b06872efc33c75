"""Neighbours of a recording, against a plain restatement."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data_layer.project_cache.neighbours import Neighbours, days, planes, sessions

START = pd.Timestamp("2019-01-01", tz="UTC")

rows = st.lists(
    st.tuples(
        st.integers(1, 4),  # session
        st.integers(1, 3),  # container
        st.sampled_from(["1", "2"]),  # mouse
        st.sampled_from(["VISp", "VISl"]),
        st.sampled_from([75, 175]),
        st.integers(0, 5),  # day
    ),
    min_size=1,
    max_size=12,
)


def table_of(drawn: list[tuple[int, int, str, str, int, int]], ids: list[int]) -> pd.DataFrame:
    columns = [
        "ophys_session_id",
        "ophys_container_id",
        "mouse_id",
        "targeted_structure",
        "imaging_depth",
        "date_of_acquisition",
    ]
    table = pd.DataFrame(drawn, columns=columns, index=pd.Index(ids, name="ophys_experiment_id"))
    table["date_of_acquisition"] = START + pd.to_timedelta(table["date_of_acquisition"], unit="D")
    return table


@given(rows, st.data())
def test_neighbours_are_the_group_in_order(
    drawn: list[tuple[int, int, str, str, int, int]], data: st.DataObject
) -> None:
    ids = data.draw(st.permutations(range(100, 100 + len(drawn))))
    table = table_of(drawn, ids)
    asked = data.draw(st.sampled_from(ids))
    here = data.draw(st.sets(st.sampled_from(ids)))
    plain = {
        id_: dict(zip(table.columns, row, strict=True)) for id_, row in zip(ids, drawn, strict=True)
    }

    def expected(column: str, *order: str) -> list[int]:
        same = [id_ for id_ in ids if plain[id_][column] == plain[asked][column]]
        return sorted(same, key=lambda id_: (*(plain[id_][name] for name in order), id_))

    by_place = expected("ophys_session_id", "targeted_structure", "imaging_depth")
    check(planes(table, asked, here), by_place, asked, here)
    by_date = expected("ophys_container_id", "date_of_acquisition")
    check(days(table, asked, here), by_date, asked, here)
    of_mouse = expected("mouse_id", "date_of_acquisition")
    check(sessions(table, asked, here), of_mouse, asked, here)


def check(found: Neighbours, ids: list[int], asked: int, here: set[int]) -> None:
    assert [row.id for row in found.rows] == ids
    assert [row.available for row in found.rows] == [id_ in here for id_ in ids]
    assert [row.facts.name for row in found.rows] == ids
    place = ids.index(asked)
    assert found.position == place
    assert (found.previous.id if found.previous else None) == (ids[place - 1] if place else None)
    assert (found.next.id if found.next else None) == next(iter(ids[place + 1 :]), None)


def test_a_recording_of_unknown_mouse_has_no_neighbours() -> None:
    table = table_of([(1, 1, "1", "VISp", 75, 0), (2, 1, "1", "VISp", 75, 1)], [1, 2])
    table["mouse_id"] = None
    assert [row.id for row in sessions(table, 2, ()).rows] == [2]
