"""The performance of one session in AllenSDK's 23 numbers."""

from __future__ import annotations

import pandas as pd

TRIAL_KINDS = ("go", "catch", "hit", "miss", "false_alarm", "correct_reject")
TRIAL_COUNTS = (
    "trial_count",
    *(f"{kind}_trial_count" for kind in TRIAL_KINDS),
    "engaged_trial_count",
)
"""The counts of trials, which are also columns of the metadata tables."""

ALIASES = {
    "auto_rewarded_trial_count": "auto_reward_count",
    "rewarded_trial_count": "earned_reward_count",
}
"""Keys of the first release, and the present keys that replace them."""


def performance_metrics(
    trials: pd.DataFrame, rewards: pd.DataFrame, rolling: pd.DataFrame, engaged_above: float
) -> dict[str, float]:
    """Counts of trials and rewards, means and maxima of the rolling rates.

    Args:
        trials: the session's trials.
        rewards: the session's rewards.
        rolling: the rolling performance of the same trials.
        engaged_above: rewards per minute above which a trial counts as engaged.

    Returns:
        AllenSDK's 23 keys in its order; means and maxima without any trial are NaN.
        ``mean_false_alarm_rate`` covers all trials, not only the engaged ones.
    """
    engaged = rolling["reward_rate"] > engaged_above
    counts = {f"{kind}_trial_count": int(trials[kind].sum()) for kind in TRIAL_KINDS}
    return {
        "trial_count": len(trials),
        **counts,
        "auto_reward_count": int(trials["auto_rewarded"].sum()),
        "earned_reward_count": int(trials["hit"].sum()),
        "total_reward_count": len(rewards),
        "total_reward_volume": float(rewards["volume"].sum()),
        "maximum_reward_rate": float(rolling["reward_rate"].max()),
        "engaged_trial_count": int(engaged.sum()),
        **_mean_rates(rolling, engaged, "hit_rate"),
        **_mean_rates(rolling, engaged, "false_alarm_rate"),
        **_dprimes(rolling["rolling_dprime"], engaged),
    }


def _mean_rates(rolling: pd.DataFrame, engaged: pd.Series, rate: str) -> dict[str, float]:
    return {
        f"mean_{rate}": float(rolling[rate].mean()),
        f"mean_{rate}_uncorrected": float(rolling[f"{rate}_raw"].mean()),
        f"mean_{rate}_engaged": float(rolling[rate][engaged].mean()),
    }


def _dprimes(dprime: pd.Series, engaged: pd.Series) -> dict[str, float]:
    return {
        "mean_dprime": float(dprime.mean()),
        "mean_dprime_engaged": float(dprime[engaged].mean()),
        "max_dprime": float(dprime.max()),
        "max_dprime_engaged": float(dprime[engaged].max()),
    }
