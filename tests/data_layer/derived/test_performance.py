"""Reward rate, rolling rates and metrics equal a slow and plain restatement."""

from __future__ import annotations

from math import inf, isnan, nan
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_layer.derived.performance_metrics import performance_metrics
from data_layer.derived.reward_rate import response_latencies, reward_rate
from data_layer.derived.rolling_performance import dprime, rolling_performance, rolling_rate
from tests.support.random_trials import trials

EARLIEST = 0.15


def plain_latency(licks: list[float], change: float) -> float:
    answers = [lick - change for lick in licks if lick - change > EARLIEST]
    return answers[0] if answers else inf


def plain_reward_rate(table: pd.DataFrame) -> list[float]:
    rates: list[float] = []
    rows = list(table[["lick_times", "change_time", "start_time"]].itertuples(index=False))
    for i in range(len(rows)):
        around = rows[max(0, i - 25) : i + 25]
        elapsed = around[-1].start_time - around[0].start_time
        quick = [r for r in around if plain_latency(r.lick_times, r.change_time) < 0.75]
        rates.append(nan if i < 10 else len(quick) / elapsed * 60)
    return rates


def plain_rates(yes: list[bool], no: list[bool]) -> list[tuple[float, float]]:
    rates = []
    for i in range(len(yes)):
        window = range(max(0, i - 99), i + 1)
        n_yes, n = sum(yes[k] for k in window), sum(yes[k] or no[k] for k in window)
        raw = n_yes / n if n else nan
        rates.append((raw, min(max(raw, 1 / (2 * n)), 1 - 1 / (2 * n)) if n else nan))
    return rates


@given(trials())
def test_reward_rate(table: pd.DataFrame) -> None:
    licks, changes = list(table["lick_times"]), table["change_time"].to_numpy()
    latencies = response_latencies(licks, changes, EARLIEST)
    rates = reward_rate(latencies, table["start_time"].to_numpy())
    np.testing.assert_allclose(rates, plain_reward_rate(table), rtol=1e-12)


def test_no_time_between_trials_is_no_rate() -> None:
    rates = reward_rate(np.zeros(12), np.zeros(12))
    assert np.isnan(rates).all()


@given(st.lists(st.sampled_from(["yes", "no", "neither"]), max_size=300))
def test_rolling_rate(kinds: list[str]) -> None:
    yes, no = ([kind == name for kind in kinds] for name in ("yes", "no"))
    rate = rolling_rate(np.array(yes, bool), np.array(no, bool))
    expected = np.array(plain_rates(yes, no)).reshape(-1, 2)
    np.testing.assert_allclose(rate.raw, expected[:, 0], atol=1e-12)
    np.testing.assert_allclose(rate.corrected, expected[:, 1], atol=1e-12)


@given(st.floats(0, 1), st.floats(0, 1))
def test_dprime(hits: float, false_alarms: float) -> None:
    def quantile(rate: float) -> float:
        return NormalDist().inv_cdf(min(max(rate, 0.01), 0.99))

    value = dprime(np.array([hits, nan]), np.array([false_alarms, 0.5]))
    assert value[0] == pytest.approx(quantile(hits) - quantile(false_alarms), abs=1e-9)
    assert abs(value[0]) < 4.66
    assert isnan(value[1])


@given(trials())
def test_rolling_performance(table: pd.DataFrame) -> None:
    rolling = rolling_performance(table, EARLIEST)
    assert list(rolling.columns) == [
        *("reward_rate", "hit_rate_raw", "hit_rate"),
        *("false_alarm_rate_raw", "false_alarm_rate", "rolling_dprime"),
    ]
    assert rolling.index.equals(table.index)
    assert rolling.loc[table["aborted"], "hit_rate_raw":].isna().all(axis=None)
    done = table[~table["aborted"]]
    hits = plain_rates(done["hit"].tolist(), done["miss"].tolist())
    columns = rolling.loc[done.index, ["hit_rate_raw", "hit_rate"]].to_numpy()
    np.testing.assert_allclose(columns, np.array(hits).reshape(-1, 2), atol=1e-12)


@given(trials())
def test_passive_sessions_have_no_sensitivity(table: pd.DataFrame) -> None:
    passive = (table["reward_volume"] == 0).all() and not sum(map(len, table["lick_times"]))
    sensitivity = rolling_performance(table, EARLIEST).loc[~table["aborted"], "rolling_dprime"]
    if passive:
        assert (sensitivity == 0).all()
    else:
        rates = rolling_performance(table, EARLIEST).loc[~table["aborted"]]
        known = rates["hit_rate"].notna() & rates["false_alarm_rate"].notna()
        assert (sensitivity.notna() == known).all()


@given(trials(), st.floats(0, 12))
def test_metrics_are_counts_means_and_maxima(table: pd.DataFrame, threshold: float) -> None:
    rewards = pd.DataFrame({"volume": table.loc[table["reward_volume"] > 0, "reward_volume"]})
    rolling = rolling_performance(table, EARLIEST)
    metrics = performance_metrics(table, rewards, rolling, threshold)
    engaged = [rate > threshold for rate in rolling["reward_rate"]]
    assert len(metrics) == 23
    assert metrics["trial_count"] == len(table)
    assert metrics["engaged_trial_count"] == sum(engaged)
    assert metrics["earned_reward_count"] == metrics["hit_trial_count"] == sum(table["hit"])
    assert metrics["total_reward_volume"] == pytest.approx(sum(rewards["volume"]))
    for name, column in (
        ("hit_rate", "hit_rate"),
        ("dprime", "rolling_dprime"),
        ("false_alarm_rate", "false_alarm_rate"),
    ):
        values = [v for v in rolling[column] if not isnan(v)]
        some = [v for v, e in zip(rolling[column], engaged, strict=True) if e and not isnan(v)]
        assert metrics[f"mean_{name}"] == pytest.approx(mean(values), nan_ok=True)
        assert metrics[f"mean_{name}_engaged"] == pytest.approx(mean(some), nan_ok=True)
        if name == "dprime":
            assert metrics["max_dprime"] == pytest.approx(max(values, default=nan), nan_ok=True)
            highest = max(some, default=nan)
            assert metrics["max_dprime_engaged"] == pytest.approx(highest, nan_ok=True)


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else nan
