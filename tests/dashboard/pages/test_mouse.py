"""The mouse page says what the tables and files say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.figures.history.behavior_history import PLOTS, behavior_history_figure
from dashboard.figures.history.session_stages import short_stage
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.dashboard.figures.drawn import drawn
from tests.dashboard.pages.conftest import Pages
from tests.dashboard.pages.session.reading import elements, having, text


@pytest.fixture(scope="module")
def mouse(small_cache: VisualBehaviorOphysProjectCache) -> str:
    return small_cache.get_behavior_session_table()["mouse_id"].iloc[0]


@pytest.fixture(scope="module")
def history(
    small_cache: VisualBehaviorOphysProjectCache,
    mouse: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> pd.DataFrame:
    sessions = BehaviorHistory(small_cache, tmp_path_factory.mktemp("numbers")).of_mouse(mouse)
    return sessions.assign(path=[f"/behavior/{id_}" for id_ in sessions.index])


def by_name(figure: Any, name: str) -> Any:
    return next(trace for trace in figure.data if trace.name == name)


def test_the_header_counts_the_sessions_that_are_here(
    pages: Pages, small_cache: VisualBehaviorOphysProjectCache, mouse: str
) -> None:
    table = small_cache.get_behavior_session_table()
    n = (table["mouse_id"] == mouse).sum()
    here = table.index[table["mouse_id"] == mouse].isin(small_cache.available("behavior")).sum()
    words = text(pages.layout("mouse", mouse_id=mouse))
    assert f"{here} of {n} on this machine" in words
    containers = small_cache.get_ophys_experiment_table()["ophys_container_id"].unique()
    links = {link.href for link in having(pages.layout("mouse", mouse_id=mouse), "href")}
    assert {f"/container/{id_}" for id_ in containers} <= links


def test_an_unknown_mouse_is_a_sentence(pages: Pages) -> None:
    assert "No mouse_id 12 in the tables" in text(pages.layout("mouse", mouse_id="12"))


def test_every_session_has_its_place_in_the_plots(
    pages: Pages, history: pd.DataFrame, mouse: str
) -> None:
    answer = pages.panel("mouse-history", {"mouse-id.data": mouse, "mouse-by.value": "order"})
    assert answer["state"] == "ready"
    figure = drawn(answer["mouse-history-graph"]["figure"])
    dprime = by_name(figure, "d′")
    assert dprime.x.tolist() == list(range(1, len(history) + 1))
    np.testing.assert_allclose(dprime.y, history["dprime"], rtol=1e-6)
    hollow = [symbol.endswith("-open") for symbol in dprime.marker.symbol]
    assert hollow == (history["source"] != "file").tolist()


def test_trials_are_stacked_by_outcome_up_to_their_number(history: pd.DataFrame) -> None:
    figure = drawn(behavior_history_figure(history, plots=["outcomes"]))
    stacked = sum(np.nan_to_num(np.array(trace.y, dtype=float)) for trace in figure.data)
    assert stacked.tolist() == history["trial_count"].tolist()


def test_by_date_sessions_lie_at_their_dates(history: pd.DataFrame) -> None:
    figure = drawn(behavior_history_figure(history, by="date"))
    dates = [f"{when:%Y-%m-%d %H:%M}" for when in history["date_of_acquisition"]]
    assert list(by_name(figure, "licks").x) == dates


@pytest.mark.parametrize("by", ["order", "date"])
def test_stages_of_many_sessions_have_labels_that_do_not_touch(
    history: pd.DataFrame, by: str
) -> None:
    stages = [*["TRAINING_1"] * 20, *["TRAINING_2"] * 50, *["OPHYS_1"] * 5, *["OPHYS_2"] * 8]
    many = history.iloc[[0] * len(stages)].assign(
        session_type=stages,
        date_of_acquisition=pd.date_range("2019-01-01", periods=len(stages), freq="D", tz="UTC"),
    )
    figure = drawn(behavior_history_figure(many, by=by, plots=["stage"]))
    labels = [trace.text for trace in figure.data if trace.type == "scatter"]
    named = [i for i, name in enumerate(labels[0]) if name]
    assert [labels[0][i] for i in named][:2] == ["T1", "T2"]
    narrowest = {"order": 640, "date": 300}[by]
    assert (np.diff(named) / len(stages) * narrowest > 16).all()


def test_what_is_unknown_is_not_drawn(history: pd.DataFrame) -> None:
    figure = drawn(behavior_history_figure(history))
    unknown = (history["source"] != "file").to_numpy()
    for name in ("licks", "water", "earned rewards"):
        assert [y is None for y in by_name(figure, name).y] == unknown.tolist()


def test_plots_are_chosen_by_name(history: pd.DataFrame) -> None:
    few = behavior_history_figure(history, plots=["stage", "licks"])
    assert {trace["yaxis"] for trace in few["data"]} == {"y", "y2"}
    assert len([a for a in behavior_history_figure(history)["layout"] if "yaxis" in a]) == len(
        PLOTS
    )


def test_the_list_leads_to_every_session(pages: Pages, history: pd.DataFrame, mouse: str) -> None:
    table = pages.panel("mouse-sessions", {"mouse-id.data": mouse})["mouse-sessions-table-content"]
    rows = [e for e in elements(table["data"]) if isinstance(e, dict) and e["type"] == "Tr"]
    assert len(rows) == len(history) + 1
    hrefs = [link["props"]["href"] for link in having(table["data"], "href")]
    imaged = history["ophys_session_id"].notna()
    assert hrefs == [
        f"/session/{session}" if is_imaged else f"/behavior/{id_}"
        for id_, session, is_imaged in zip(
            history.index, history["ophys_session_id"], imaged, strict=True
        )
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [("TRAINING_3_images_A_10uL_reward", "T3"), ("OPHYS_5_images_B_passive", "O5p"), ("x", "x")],
)
def test_stages_have_short_names(name: str, short: str) -> None:
    assert short_stage(name) == short
