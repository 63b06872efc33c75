"""The code of the timeline: each row's data in the time window, as stored."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.pages.session.code.program import plane_of, row_of
from dashboard.pages.session.numbers.asked import Asked
from dashboard.pages.session.timeline_rows import IMAGING_ROWS, SOURCES
from data_layer.store.signals import SIGNALS
from data_layer.values.trace_kinds import TRACE_KINDS

START = """\
start, stop = {start!r}, {stop!r}  # s
timeline = {{}}  # a table per row


def within(table, times="timestamps"):
    return table[table[times].between(start, stop)]

"""
ROWS = {
    "stimulus": 'timeline["stimulus"] = within(session.stimulus_presentations, "start_time")',
    "trials": (
        "trials = session.trials\n"
        'shown = (trials["start_time"] < stop) & (trials["stop_time"] > start)\n'
        'timeline["trials"] = trials[shown]'
    ),
    "licks": (
        'timeline["licks"] = within(session.licks)\ntimeline["rewards"] = within(session.rewards)'
    ),
    "licks_per_second": 'timeline["licks"] = within(session.licks)  # counted in windows of 1 s',
    "motion": (
        "for i, plane in enumerate(planes):\n"
        '    timeline[f"motion {i}"] = within(\n'
        "        plane.motion_correction.assign(timestamps=plane.ophys_timestamps)\n"
        "    )"
    ),
}
HEATMAP = """\
for i, plane in enumerate(planes):
    times = plane.ophys_timestamps
    inside = (times >= start) & (times <= stop)
    traces = plane.{attribute}["{column}"]
    timeline[f"activity {{i}}"] = pd.DataFrame(
        np.stack(traces.to_list())[:, inside], index=traces.index, columns=times[inside]
    )"""
TRACE = """\
cells = {plane}.{attribute}
trace = cells.loc[cells{row}, "{column}"].iloc[0]
timeline["cell {cell} {kind}"] = within(
    pd.DataFrame({{"timestamps": {plane}.ophys_timestamps, "{column}": trace}})
)"""


def code(asked: Asked) -> str:
    """A dictionary ``timeline`` with a table per row."""
    window = asked.window
    parts = [START.format(start=round(window.start, 3), stop=round(window.stop, 3))]
    for row in asked.options["rows"]:
        if row not in IMAGING_ROWS or asked.recording.planes:
            parts += _row(asked, row)
    return "\n".join(parts)


def _row(asked: Asked, row: str) -> Iterator[str]:
    if row in ROWS:
        yield ROWS[row]
    elif row == "activity":
        kind = TRACE_KINDS.get(asked.options["activity"], TRACE_KINDS["dff"])
        yield HEATMAP.format(attribute=kind.attribute, column=kind.column)
    elif row == "cells":
        yield from _traces(asked)
    else:
        names = [name for name, _ in SOURCES[row]]
        stream = SIGNALS[names[0]].stream
        columns = ["speed"] if stream != "eye_tracking" else names
        yield f'timeline["{row}"] = within(session.{stream})[{["timestamps", *columns]}]'


def _traces(asked: Asked) -> Iterator[str]:
    for cell in asked.cells:
        for name in asked.options["traces"]:
            kind = TRACE_KINDS[name]
            yield TRACE.format(
                plane=plane_of(asked, cell),
                row=row_of(asked, cell),
                cell=cell,
                kind=name,
                attribute=kind.attribute,
                column=kind.column,
            )
