"""The code of the panels that show one table or attribute of the recording."""

from __future__ import annotations

from dashboard.components.answering import EmptyPanel
from dashboard.pages.session.numbers import panels as numbers
from dashboard.pages.session.numbers.asked import Asked
from data_layer.derived.trial_type import OUTCOMES
from data_layer.store.lick_raster import RASTER_SPAN

NAVIGATOR = """\
trials = session.trials[["start_time", "stop_time"]]
blocks = session.stimulus_presentations.groupby("stimulus_block")["start_time"].agg(["min", "max"])
"""
PERFORMANCE = """\
trials = session.trials
rolling = session.get_rolling_performance_df()
performance = rolling.assign(time=trials["change_time"].fillna(trials["start_time"]))
metrics = session.get_performance_metrics()
"""
TRIALS = """\
trials = session.trials
changed = trials[trials["change_time"].notna()].sort_values("change_time", kind="stable")
outcomes = {outcomes}
outcome = pd.Series("unknown", changed.index)
for name in {order}:  # the first that is true counts
    outcome[changed[name].astype(bool)] = name
changed = changed[outcome.isin(outcomes)]
licks = np.sort(session.licks["timestamps"].to_numpy())
raster = {{
    trial: licks[(licks >= time + {start:g}) & (licks <= time + {stop:g})] - time
    for trial, time in changed["change_time"].items()
}}  # s from the change, by trials_id
"""
FIELD = """\
pictures = [plane.{projection}.data for plane in planes]
cells = [plane.cell_specimen_table for plane in planes]
selected = [table[{rows}] for table in cells]
areas = [table["roi_mask"].map(np.sum) for table in cells]  # px²
"""
EYE = """\
frame = session.eye_tracking.loc[{frame}]
keys = ["center_x", "center_y", "width", "height", "phi"]
ellipses = pd.DataFrame(
    {{
        part: {{key: frame[f"{{part}}_{{key}}"] for key in keys}}
        for part in ("pupil", "eye", "cr")
    }}
)
"""
STIMULI = """\
presentations = session.stimulus_presentations
counts = presentations["image_name"].value_counts()
"""
CELLS = """\
cells = []
for plane in planes:
    dff = np.stack(plane.dff_traces["dff"].to_list())
    statistics = pd.DataFrame(
        {{
            "dff_mean": np.nanmean(dff, axis=1),
            "dff_std": np.nanstd(dff, axis=1),
            "dff_max": np.nanmax(dff, axis=1),
        }},
        index=plane.dff_traces["cell_roi_id"].to_numpy(),
    )
    cells.append(plane.cell_specimen_table.join(statistics, on="cell_roi_id"))
"""
DETAILS = """\
metadata = session.metadata
task_parameters = session.task_parameters
"""


def navigator(_asked: Asked) -> str:
    """The trials, and the first and last presentation of each block."""
    return NAVIGATOR


def performance(_asked: Asked) -> str:
    """The rolling performance and the session's metrics."""
    return PERFORMANCE


def trials(asked: Asked) -> str:
    """The licks around the change of each trial."""
    said = asked.own.outcomes
    outcomes = list(OUTCOMES) if said is None else [o for o in OUTCOMES if o in said.split(",")]
    start, stop = RASTER_SPAN
    order = list(reversed(OUTCOMES))
    return TRIALS.format(outcomes=outcomes, order=order, start=start, stop=stop).replace(
        "+ -", "- "
    )


def field_of_view(asked: Asked) -> str:
    """The pictures and masks of the planes."""
    ids = list(asked.cells)
    rows = f'table.index.isin({ids}) | table["cell_roi_id"].isin({ids})'
    return FIELD.format(projection=asked.options["projection"], rows=rows)


def eye(asked: Asked) -> str:
    """The ellipses of one frame of the eye camera.

    Raises:
        EmptyPanel: there is no frame at this time.
    """
    shown = numbers.eye(asked).frame
    if shown.empty:
        raise EmptyPanel("There is no frame of the eye camera at this time.")
    return EYE.format(frame=int(shown["frame"].iloc[0]))


def stimuli(_asked: Asked) -> str:
    """The presentations and how often each image was shown."""
    return STIMULI


def cells(_asked: Asked) -> str:
    """The tables of cells with the statistics of their dF/F."""
    return CELLS.replace("{{", "{").replace("}}", "}")


def details(_asked: Asked) -> str:
    """The metadata and the task's parameters."""
    return DETAILS
