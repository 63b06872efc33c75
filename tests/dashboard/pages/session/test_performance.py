"""The performance panel over sessions of several kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard import theme
from dashboard.components.answering import EmptyPanel
from dashboard.pages.session.panels.performance import content
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.dashboard.pages.session.reading import elements, text
from tests.support.nwb_files import remove
from tests.support.recordings import opened, write


def rows(table: Any) -> dict[str, str]:
    """Key and value of each row of a table."""
    cells = [row.children for row in elements(table) if type(row).__name__ == "Tr"]
    return {text(row[0]).split()[0]: text(row[1]) for row in cells}


def test_the_callback_answers_with_plots_and_all_metrics(ask: Asked) -> None:
    answer = ask(
        "performance-figure.data",
        "address.data",
        {"address.data": {"kind": "experiment", "id": EXPERIMENT}},
    )
    response = answer.json["response"]
    assert response["panel-performance"]["data-state"] == "ready"
    assert len(answer.data) < 300_000
    assert len(response["performance-figure"]["data"]["data"]) == 8


def test_metrics_are_shown_with_unit_and_meaning(tmp_path: Path) -> None:
    with opened(write("training", tmp_path)) as store:
        _, table = content(store)
        metrics = store.session.get_performance_metrics()
    shown = rows(table)
    assert list(shown) == list(metrics)
    assert len(shown) == 23
    for name, value in metrics.items():
        assert shown[name].startswith(theme.number(value))
    assert shown["total_reward_volume"].split()[-1] == "ml"
    assert "auto_rewarded_trial_count" in text(table)


def test_metrics_of_a_passive_session_are_not_applicable(tmp_path: Path) -> None:
    with opened(write("passive", tmp_path)) as store:
        figure, [note, table] = content(store)
        n_trials = len(store.trials)
    assert "by construction" in text(note)
    shown = rows(table)
    assert shown["trial_count"].split() == [str(n_trials), "trials"]
    for name in ("hit_trial_count", "mean_dprime", "maximum_reward_rate", "total_reward_volume"):
        assert shown[name] == "not applicable"
    assert "Passive viewing" in figure.layout.annotations[0].text


def test_without_trials_the_panel_says_what_is_missing(tmp_path: Path) -> None:
    with (
        opened(remove(write("training", tmp_path), "intervals/trials")) as store,
        pytest.raises(LookupError, match="trials"),
    ):
        content(store)


def test_an_empty_table_of_trials_is_said_to_be_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(write("training", tmp_path)) as store:
        none = store.trials.iloc[:0]
        monkeypatch.setattr(type(store), "trials", property(lambda self: none))
        with pytest.raises(EmptyPanel, match="no trials"):
            content(store)
