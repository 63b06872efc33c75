"""The names of the first release answer, and are not listed."""

from __future__ import annotations

import copy
import pickle

import pandas as pd
import pytest

from data_layer import BehaviorOphysExperiment

COLUMNS = [
    ("stimulus_presentations", "stop_time", "end_time"),
    ("trials", "stimulus_change", "is_change"),
    ("rewards", "autorewarded", "auto_rewarded"),
    ("events", "lambdas", "lambda"),
    ("events", "noise_stds", "noise_std"),
]


@pytest.fixture(params=["experiment", "old_experiment"])
def session(request: pytest.FixtureRequest) -> BehaviorOphysExperiment:
    found: BehaviorOphysExperiment = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(("table", "alias", "name"), COLUMNS)
def test_a_column_answers_to_its_old_name(
    session: BehaviorOphysExperiment, table: str, alias: str, name: str
) -> None:
    frame = getattr(session, table)
    assert alias not in frame.columns
    assert alias in frame
    assert frame[alias].tolist() == frame[name].tolist()
    assert getattr(frame, alias).name == alias
    assert list(frame[[name, alias]].columns) == [name, alias]
    assert frame.get(alias).tolist() == frame[name].tolist()
    assert frame.iloc[1:3][alias].tolist() == frame[name].tolist()[1:3]


def test_aliases_survive_copies(session: BehaviorOphysExperiment) -> None:
    frame = session.stimulus_presentations
    for other in (copy.deepcopy(frame), pickle.loads(pickle.dumps(frame)), frame.copy()):
        assert other["stop_time"].tolist() == frame["end_time"].tolist()
        assert other["image_set"].tolist()[5] == frame["image_set"].tolist()[5]


def test_image_set_and_index_of_the_first_release(session: BehaviorOphysExperiment) -> None:
    frame = session.stimulus_presentations
    shown = frame["image_name"].notna()
    names = frame["image_set"]
    assert names[shown].unique().tolist() == ["Natural_Images_Lum_Matched_set_training_2017.07.14"]
    assert names[~shown].isna().all()
    assert frame["index"].tolist() == list(range(len(frame)))
    assert frame[frame["is_change"]]["index"].tolist() == frame.index[frame["is_change"]].tolist()


def test_an_unknown_column_is_a_key_error(session: BehaviorOphysExperiment) -> None:
    with pytest.raises(KeyError):
        session.trials["stop_times"]
    with pytest.raises(AttributeError):
        session.trials.stop_times  # noqa: B018


def test_a_column_of_that_name_goes_before_the_alias(session: BehaviorOphysExperiment) -> None:
    frame = session.rewards.assign(autorewarded=7)
    assert set(frame["autorewarded"]) == {7}


def test_keys_answer_to_their_old_names(session: BehaviorOphysExperiment) -> None:
    metadata, metrics = session.metadata, session.get_performance_metrics()
    for values, alias, key in (
        (metadata, "experiment_container_id", "ophys_container_id"),
        (metrics, "auto_rewarded_trial_count", "auto_reward_count"),
        (metrics, "rewarded_trial_count", "earned_reward_count"),
    ):
        assert values[alias] == values[key] == values.get(alias)
        assert alias in values
        assert alias not in list(values)
    assert metadata.get("nothing", 3) == 3
    with pytest.raises(KeyError):
        metadata["nothing"]


def test_changing_a_table_leaves_the_session_alone(session: BehaviorOphysExperiment) -> None:
    table = session.trials
    table.loc[:, "hit"] = False
    session.metadata["sex"] = "?"
    pictures = session.stimulus_templates
    assert pictures is not None
    pictures["warped"] = None
    assert session.stimulus_templates["warped"].notna().all()
    assert session.trials["hit"].any()
    assert session.metadata["sex"] == "F"
    assert isinstance(session.trials, pd.DataFrame)
