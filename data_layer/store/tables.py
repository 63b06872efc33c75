"""The tables of a whole session, and the facts and times from them that a first view needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.errors import SessionFileError, StreamDamaged, StreamMissing
from data_layer.nwb.aliases import Presentations, Rewards, Trials
from data_layer.prepared.kinds import ARRAY, TABLE, Fact, Table
from data_layer.prepared.metadata import from_json, to_json
from data_layer.prepared.registry import Datum, prepared
from data_layer.store.presentations import OMITTED
from data_layer.store.session_data import SessionData
from data_layer.values.slices import Floats, Ints

Metadata = Mapping[str, Any]


@prepared("metadata", Fact[Metadata](to_json, from_json))
def metadata(data: SessionData) -> Metadata:
    """The session's metadata."""
    return data.session.metadata


@prepared("presentations", Table(Presentations))
def presentations(data: SessionData) -> pd.DataFrame:
    """The stimulus presentations, on the clock of the trials' ``change_time``."""
    table, lag = data.session.stimulus_presentations, data.session.presentation_lag
    times = {name: table[name] + lag for name in ("start_time", "end_time")}
    return table.assign(**times) if lag else table


@prepared("trials", Table(Trials))
def trials(data: SessionData) -> pd.DataFrame:
    """The trials."""
    return data.session.trials


@prepared("licks", TABLE)
def licks(data: SessionData) -> pd.DataFrame:
    """The licks."""
    return data.session.licks


@prepared("rewards", Table(Rewards))
def rewards(data: SessionData) -> pd.DataFrame:
    """The rewards."""
    return data.session.rewards


@prepared("bounds", Fact[tuple[float, float]](decode=tuple))
def bounds(data: SessionData) -> tuple[float, float]:
    """First and last time (s) of the stimulus clock, which spans the whole session.

    Where it has no times or cannot be read, those of the wheel, which is read on every frame.

    Raises:
        StreamMissing, StreamDamaged: Neither has a time.
    """
    clocks: list[Callable[[], Floats]] = [
        lambda: data.session.stimulus_timestamps,
        lambda: data.session.running_speed["timestamps"].to_numpy(np.float64),
    ]
    why: SessionFileError | None = None
    for clock in clocks:
        try:
            times = clock()
        except (StreamMissing, StreamDamaged) as error:
            why = why or error
            continue
        if len(known := times[np.isfinite(times)]):
            return float(known[0]), float(known[-1])
    advice = "Download the file again"
    raise why or StreamDamaged(data.session.path, "stimulus_timestamps", "it is empty", advice)


@prepared("image_names", Fact[list[str]]())
def image_names(data: SessionData) -> list[str]:
    """The names of the images shown, sorted, without ``omitted``."""
    names = presentations(data)["image_name"].dropna().unique()
    return sorted(str(name) for name in names if name not in {"", OMITTED})


def picture_names(data: SessionData) -> dict[str, str]:
    """The name under which the file keeps the picture of each image shown or stored.

    A file may name an image otherwise where it was shown; then ``image_index``, the picture's
    place among those stored, finds it, provided that it does so for all that have their name.
    """
    stored = data.session.image_names
    own = {name: name for name in stored}
    shown = presentations(data)
    if "image_index" not in shown:
        return own
    pairs = shown[["image_name", "image_index"]].dropna().drop_duplicates()
    at = {
        str(name): stored[int(index)]
        for name, index in pairs.itertuples(index=False)
        if name not in {"", OMITTED} and 0 <= index < len(stored)
    }
    consistent = all(at[name] == name for name in at.keys() & own.keys())
    return at | own if consistent else own


@prepared("trials_id", ARRAY)
def trials_ids(data: SessionData) -> Ints:
    """The trials_id of every trial (n_trials,)."""
    return trials(data).index.to_numpy(dtype=np.int64)


def _change_times(flag: str) -> Callable[[SessionData], Floats]:
    def times(data: SessionData) -> Floats:
        table = trials(data)
        return table["change_time"][table[flag].astype(bool)].dropna().to_numpy(dtype=np.float64)

    return times


def _reward_times(data: SessionData) -> Floats:
    return rewards(data)["timestamps"].to_numpy(dtype=np.float64)


MOMENTS: Mapping[str, Datum[SessionData, NDArray[Any]]] = {
    "change": prepared("moments/change", ARRAY)(_change_times("is_change")),
    "hit": prepared("moments/hit", ARRAY)(_change_times("hit")),
    "miss": prepared("moments/miss", ARRAY)(_change_times("miss")),
    "false_alarm": prepared("moments/false_alarm", ARRAY)(_change_times("false_alarm")),
    "correct_reject": prepared("moments/correct_reject", ARRAY)(_change_times("correct_reject")),
    "reward": prepared("moments/reward", ARRAY)(_reward_times),
}
"""Times (s) of moments of a whole session that a first view needs, by kind.

Those of an outcome are the change times of its trials; a catch trial's change is a pretended one.
"""
