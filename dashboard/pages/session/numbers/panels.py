"""The numbers of the panels whose figure has one kind of content."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from dashboard.components.answering import EmptyPanel
from dashboard.components.numbers.numbers import Numbers
from dashboard.pages.session.numbers.asked import Asked
from dashboard.pages.session.panels import quality as checks
from dashboard.pages.session.panels.stimuli import STREAM
from data_layer.derived.trial_type import OUTCOMES
from data_layer.store.attributes import rows_of
from data_layer.store.eye import ELLIPSE, EYE_PARTS, eye_frame
from data_layer.store.lick_raster import ORDERS, RASTER_SPAN, lick_raster
from data_layer.store.moment import behavior_at
from data_layer.values.slices import Outline, SpanSlice
from data_layer.values.window import Window

WHOLE_SESSION = "The whole session, whatever the time window."


def navigator(asked: Asked) -> Numbers:
    """The blocks, the trials and the engaged spans of the session."""
    store = asked.recording.behavior
    spans = {
        "block": store.blocks(),
        "trial": store.trial_spans(Window(*store.bounds)),
        "engaged": store.engaged(),
    }
    frame = pd.concat([_spans(name, of) for name, of in spans.items()], ignore_index=True)
    units = {"start": "s", "stop": "s"}
    return Numbers(f"Session {asked.name}", frame, units, [*asked.notes, WHOLE_SESSION])


def _spans(kind: str, spans: SpanSlice) -> pd.DataFrame:
    columns = {"kind": kind, "name": spans.labels, "start": spans.starts, "stop": spans.stops}
    return pd.DataFrame(columns)


def field_of_view(asked: Asked) -> Numbers:
    """The corners of the outline of every cell; a missing corner stands between its pieces."""
    frames = [
        _outline(plane.ophys_experiment_id, plane.cell_names[outline.cell_roi_id], outline)
        for plane in asked.recording.planes
        for outline in plane.outlines
    ]
    if not frames:
        raise EmptyPanel("There are no cells to outline.")
    frame = pd.concat(frames, ignore_index=True)
    frame["selected"] = frame["cell"].isin(asked.cells)
    notes = [*asked.notes, "Corners of the outlines of all cells; y grows downwards."]
    units = {"x": "px", "y": "px", "area": "px²"}
    return Numbers(f"Cells in the field of view of {asked.name}", frame, units, notes)


def _outline(experiment_id: int, cell: int, outline: Outline) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ophys_experiment_id": experiment_id,
            "cell": cell,
            "cell_roi_id": outline.cell_roi_id,
            "area": outline.area,
            "x": outline.x,
            "y": outline.y,
        }
    )


def performance(asked: Asked) -> Numbers:
    """The rolling performance, a row per trial, at the time at which the figure draws it."""
    store = asked.recording.behavior
    rolling = store.session.get_rolling_performance_df()
    trials = store.trials
    frame = rolling.reset_index()
    frame.insert(1, "time", trials["change_time"].fillna(trials["start_time"]).to_numpy())
    frame.insert(2, "aborted", trials["aborted"].to_numpy(bool))
    about = "time: of the change, else of the trial's start. Rates of aborted trials are not drawn."
    units = {"time": "s", "reward_rate": "rewards/min"}
    notes = [*asked.notes, WHOLE_SESSION, about]
    return Numbers(f"Performance in {asked.name}", frame, units, notes)


def trials(asked: Asked) -> Numbers:
    """The licks and rewards of the raster: a row per lick or reward, in the order of its rows."""
    store, order = asked.recording.behavior, asked.own.rows_by
    said = asked.own.outcomes
    outcomes = OUTCOMES if said is None else said.split(",")
    order = order if order in ORDERS else "time"
    raster = lick_raster(store.trials, store.lick_table, store.reward_table, outcomes, order)
    ids, changed = raster.trials.index.to_numpy(), raster.trials
    what = np.where(raster.is_auto_reward, "auto reward", "earned reward")
    parts = [
        ("trial", np.arange(len(ids)), np.full(len(ids), np.nan)),
        ("lick", raster.lick_rows, raster.lick_times),
        (what, raster.reward_rows, raster.reward_times),
    ]
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "row": rows,
                    "trials_id": ids[rows],
                    "outcome": changed["outcome"].to_numpy(object)[rows],
                    "change_time": changed["change_time"].to_numpy(float)[rows],
                    "what": kind,
                    "time_from_change": times,
                }
            )
            for kind, rows, times in parts
        ],
        ignore_index=True,
    )
    about = (
        f"A row per trial, lick and reward from {RASTER_SPAN[0]:g} to {RASTER_SPAN[1]:g} s around "
        f"the change; trials by {order}, the first on top."
    )
    units = {"change_time": "s", "time_from_change": "s"}
    return Numbers(f"Trials of {asked.name}", frame, units, [*asked.notes, WHOLE_SESSION, about])


def eye(asked: Asked) -> Numbers:
    """The ellipses of the camera's frame that is drawn: at the cursor, else mid-window."""
    store = asked.recording.behavior
    number = asked.own.frame
    if number is None:
        seen = behavior_at(store, (asked.window.start + asked.window.stop) / 2)["eye"]
        if seen is None:
            raise EmptyPanel("There is no frame of the eye camera at this time.")
        number = int(seen["frame"])
    times = store.eye_tracking["timestamps"]
    at = times.index.get_indexer(pd.Index([number]))[0]
    if at < 0:
        raise EmptyPanel(f"There is no frame {number} of the eye camera.")
    fit = eye_frame(store, int(at))
    blink = not math.isnan(fit["likely_blink"]) and bool(fit["likely_blink"])
    rows = [
        {"frame": number, "time": float(times.iloc[at]), "part": part, "likely_blink": blink}
        | {key: fit[f"{part}_{key}"] for key in ELLIPSE}
        for part in EYE_PARTS
    ]
    lengths = dict.fromkeys(ELLIPSE[:-1], "px")
    about = "width and height are semi-axes; phi turns width from x toward y, which grows down."
    units = {"time": "s", **lengths, "phi": "rad"}
    return Numbers(f"Eye in {asked.name}", pd.DataFrame(rows), units, [*asked.notes, about])


def stimuli(asked: Asked) -> Numbers:
    """All presentations, as the table below the pictures lists them."""
    rows = rows_of(asked.recording.behavior, STREAM)
    frame = rows.read(0, len(rows))
    units = {
        str(name): "s"
        for name in frame
        if name in {"start_time", "stop_time", "end_time", "duration"}
    }
    notes = [*asked.notes, WHOLE_SESSION]
    return Numbers(f"Presentations of {asked.name}", frame, units, notes)


def quality(asked: Asked) -> Numbers:
    """The quality checks with their verdicts."""
    frame = pd.DataFrame(
        [
            {
                "check": line.check.name,
                "family": line.check.family,
                "plane": line.plane,
                "verdict": line.check.verdict,
                "value": line.check.value,
                "unit": line.check.unit,
                "threshold": line.check.threshold,
                "at": line.check.at,
                "cell": line.cell,
                "note": line.check.note,
            }
            for line in checks.lines(asked.stores, asked.recording)
        ]
    )
    frame["cell"] = frame["cell"].astype("Int64")
    notes = [*asked.notes, WHOLE_SESSION]
    return Numbers(f"Quality checks of {asked.name}", frame, {"at": "s"}, notes)
