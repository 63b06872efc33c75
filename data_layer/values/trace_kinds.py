"""The kinds of trace that a cell has, in one table for readers, checks and pages.

To add a kind, add an entry here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Statistic = Literal["mean", "max"]


@dataclass(frozen=True, slots=True)
class TraceKind:
    """One kind of trace.

    Attributes:
        name: its name in the data layer and in URLs.
        label: its name on pages.
        unit: the unit of its samples.
        axis: the unit as shown on the axis of a single trace.
        attribute: the AllenSDK attribute that holds it.
        column: its column in that attribute, with one array per cell.
        group: the group of the NWB file that it is read or computed from.
        is_sparse: whether most samples are zero.
        prepared: what a prepared store holds of it: nothing, its levels (mean and maximum per
            bin of frames), or the levels and the whole trace of each cell.
    """

    name: str
    label: str
    unit: str
    axis: str
    attribute: str
    column: str
    group: str
    is_sparse: bool = False
    prepared: Literal["nothing", "levels", "traces"] = "nothing"

    @property
    def statistic(self) -> Statistic:
        """The statistic per bin of frames: the maximum for sparse traces, the mean for others.

        A mean would hide rare events.
        """
        return "max" if self.is_sparse else "mean"


OPHYS = "processing/ophys"

TRACE_KINDS: Mapping[str, TraceKind] = {
    kind.name: kind
    for kind in (
        TraceKind(
            name="dff",
            label="dF/F",
            unit="ΔF/F",
            axis="dF/F",
            attribute="dff_traces",
            column="dff",
            group=f"{OPHYS}/dff/traces",
            prepared="traces",
        ),
        TraceKind(
            name="events",
            label="events",
            unit="a.u.",
            axis="a.u.",
            attribute="events",
            column="events",
            group=f"{OPHYS}/event_detection",
            is_sparse=True,
            prepared="traces",
        ),
        TraceKind(
            name="filtered_events",
            label="filtered events",
            unit="a.u.",
            axis="a.u.",
            attribute="events",
            column="filtered_events",
            group=f"{OPHYS}/event_detection",
            is_sparse=True,
            prepared="levels",
        ),
        TraceKind(
            name="corrected_fluorescence",
            label="corrected fluorescence",
            unit="a.u.",
            axis="a.u.",
            attribute="corrected_fluorescence_traces",
            column="corrected_fluorescence",
            group=f"{OPHYS}/corrected_fluorescence/traces",
            prepared="levels",
        ),
        TraceKind(
            name="demixed",
            label="demixed trace",
            unit="a.u.",
            axis="a.u.",
            attribute="demixed_traces",
            column="demixed_trace",
            group=f"{OPHYS}/demixed_trace/traces",
        ),
        TraceKind(
            name="neuropil",
            label="neuropil trace",
            unit="a.u.",
            axis="a.u.",
            attribute="neuropil_traces",
            column="neuropil_trace",
            group=f"{OPHYS}/neuropil_trace/traces",
        ),
    )
}
"""Every kind by name, in the order in which pages offer them."""

PREPARED = tuple(kind for kind in TRACE_KINDS.values() if kind.prepared != "nothing")
"""The kinds that a prepared store holds."""


def columns_of_traces() -> dict[str, dict[str, str]]:
    """For each attribute that holds traces: the kind of trace of each of its columns."""
    attributes: dict[str, dict[str, str]] = {}
    for kind in TRACE_KINDS.values():
        attributes.setdefault(kind.attribute, {})[kind.column] = kind.name
    return attributes
