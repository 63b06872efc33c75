"""The labelled spans of a whole session: presentations, blocks, trials, engagement, blinks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_layer.derived.reward_rate import ENGAGED_REWARD_RATE
from data_layer.prepared.kinds import SPANS
from data_layer.prepared.registry import Datum, prepared
from data_layer.store import presentations, spans
from data_layer.store.session_data import SessionData
from data_layer.store.tables import bounds, trials
from data_layer.store.tables import presentations as presentations_of
from data_layer.values.slices import SpanSlice


@prepared("spans/presentations", SPANS)
def presentation_spans(data: SessionData) -> SpanSlice:
    """Every presentation, labelled with its image."""
    return presentations.presentation_spans(presentations_of(data))


@prepared("spans/runs", SPANS)
def presentation_runs(data: SessionData) -> SpanSlice:
    """Consecutive presentations with the same label."""
    return presentations.presentation_runs(presentations_of(data))


@prepared("spans/blocks", SPANS)
def blocks(data: SessionData) -> SpanSlice:
    """The blocks of the session."""
    return presentations.blocks(presentations_of(data))


@prepared("spans/trials", SPANS)
def trial_spans(data: SessionData) -> SpanSlice:
    """The trials with their outcomes."""
    return spans.trial_spans(trials(data))


@prepared("spans/engaged", SPANS)
def engaged(data: SessionData) -> SpanSlice:
    """Periods of trials with more than 2 rewards per minute (AllenSDK's rule)."""
    table = trials(data)
    flags = np.nan_to_num(np.asarray(data.session.get_reward_rate())) > ENGAGED_REWARD_RATE
    stop = float(table["stop_time"].max()) if len(table) else 0.0
    return spans.flagged_runs("engaged", table["start_time"].to_numpy(), flags, stop)


@prepared("spans/likely blinks", SPANS)
def likely_blinks(data: SessionData) -> SpanSlice:
    """Every likely blink."""
    eye = data.session.read_eye_areas()
    flags = eye["likely_blink"].to_numpy(dtype=bool)
    return spans.flagged_runs("likely blink", eye["timestamps"].to_numpy(), flags, bounds(data)[1])


SESSION_SPANS: Mapping[str, Datum[SessionData, SpanSlice]] = {
    "presentations": presentation_spans,
    "runs": presentation_runs,
    "blocks": blocks,
    "trials": trial_spans,
    "engaged": engaged,
    "likely blinks": likely_blinks,
}
"""The spans that ``SessionStore.spans`` returns, by name."""
