"""Every attribute of a session as rows; only the rows that are shown are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data_layer.errors import StreamMissing
from data_layer.nwb.tables import object_column
from data_layer.store.attribute_rows import FrameRows, Rows, TraceRows
from data_layer.values.trace_kinds import columns_of_traces

if TYPE_CHECKING:
    from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
    from data_layer.store.session_store import SessionStore

TRACES = columns_of_traces()
"""For attributes with one array per cell: the kind of trace of each column."""

IMAGES = ("max_projection", "average_projection", "segmentation_mask_image")
OF_CELLS = {*TRACES, *IMAGES, "cell_specimen_table", "motion_correction"}
"""What a session opened without its imaging does not have."""
EMPTY_WHERE_ABSENT = {"licks", "rewards"}
NOT_STORED = {
    "behavior_session_id",
    "ophys_experiment_id",
    "ophys_session_id",
    "rolling_performance",
    "reward_rate",
    "performance_metrics",
}


@dataclass(frozen=True)
class CellRows(FrameRows):
    """The cell table; ``roi_mask`` has the (y, x) of its pixels and is read only where shown."""

    experiment: BehaviorOphysExperiment | None = None

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [*super().columns, "roi_mask"]

    def read(self, start: int, stop: int) -> pd.DataFrame:
        """Rows ``start`` to ``stop`` with their masks."""
        part = super().read(start, stop)
        assert self.experiment is not None
        masks = [np.argwhere(self.experiment.roi_mask(int(i))) for i in part["cell_roi_id"]]
        return part.assign(roi_mask=object_column(masks, part.index))


def is_stored(store: SessionStore, attribute: str) -> bool:
    """Whether the file holds an attribute or the data it is computed from.

    Licks and rewards always count as stored, because the file of a session without any has no
    group for them.
    """
    if attribute in {"behavior_session_id", *EMPTY_WHERE_ABSENT}:
        return True
    if attribute in {"ophys_experiment_id", "ophys_session_id"}:
        return store.has_cells
    if attribute in OF_CELLS and not store.has_cells:
        return False  # though the file of an imaging session, opened as behaviour, holds it
    if attribute in NOT_STORED:
        return bool(store.session.has("trials"))
    return bool(store.session.has(attribute))


def rows_of(store: SessionStore, attribute: str, cell_roi_id: int | None = None) -> Rows:
    """One attribute as rows.

    Args:
        store: the session's store.
        attribute: its name in AllenSDK.
        cell_roi_id: for traces, the only cell to return; by default there is a column per cell.

    Raises:
        StreamMissing: The attribute is not in the file.
        KeyError: There is no such attribute or cell.
    """
    if not is_stored(store, attribute):
        advice = "Other streams of the session are not affected"
        raise StreamMissing(store.session.path, attribute, attribute, advice)
    if attribute in TRACES:
        return _trace_rows(store, attribute, cell_roi_id)
    return (
        FrameRows.of(_FRAMES[attribute](store))
        if attribute in _FRAMES
        else _other(store, attribute)
    )


def _other(store: SessionStore, attribute: str) -> Rows:
    if attribute == "cell_specimen_table":
        return CellRows(store.cells, store.experiment)
    session = store.experiment if attribute in IMAGES else store.session
    if not hasattr(type(session), attribute):
        raise KeyError(attribute)
    value = getattr(session, attribute)
    if isinstance(value, pd.DataFrame):
        return FrameRows.of(value)
    if isinstance(value, Mapping):
        return FrameRows(pd.DataFrame({"key": list(value), "value": list(value.values())}))
    array = np.atleast_1d(np.asarray(value))
    if array.ndim == 2:
        return FrameRows(pd.DataFrame(array).add_prefix("x"))
    index = pd.RangeIndex(len(array), name="frame" if len(array) > 1 else None)
    return FrameRows.of(pd.DataFrame({attribute: array}, index=index))


def _trace_rows(store: SessionStore, attribute: str, cell_roi_id: int | None) -> TraceRows:
    matrices = {
        column: store.experiment.traces_matrix(kind) for column, kind in TRACES[attribute].items()
    }
    if cell_roi_id is not None:
        if not all(cell_roi_id in matrix.cell_roi_ids for matrix in matrices.values()):
            raise KeyError(f"{attribute} has no cell_roi_id {cell_roi_id}.")
        return TraceRows({column: (matrix, cell_roi_id) for column, matrix in matrices.items()})
    return TraceRows(
        {
            f"{column} {roi_id}": (matrix, int(roi_id))
            for column, matrix in matrices.items()
            for roi_id in matrix.cell_roi_ids
        }
    )


def _presentations(store: SessionStore) -> pd.DataFrame:
    """The presentations as stored, including ``image_set``, which AllenSDK drops."""
    table = store.stored_presentations
    extra = {"image_set": table["image_set"]} if table.attrs.get("image_set") else {}
    return pd.DataFrame(table).assign(**extra)


def _templates(store: SessionStore) -> pd.DataFrame:
    names = store.session.image_names
    shapes = {
        side: "{} × {} px".format(
            *np.shape(store.session.template(names[0], warped=side == "warped"))
        )
        for side in ("unwarped", "warped")
    }
    return pd.DataFrame(shapes, index=pd.Index(names, name="image_name"))


def _reward_rate(store: SessionStore) -> pd.DataFrame:
    rate = np.asarray(store.session.get_reward_rate())
    return pd.DataFrame({"reward_rate": rate}, index=store.trials.index)


_FRAMES: dict[str, Callable[[Any], pd.DataFrame]] = {
    "stimulus_presentations": _presentations,
    "trials": lambda store: store.trials,
    "eye_tracking": lambda store: store.session.eye_tracking,
    "stimulus_templates": _templates,
    "rolling_performance": lambda store: store.session.get_rolling_performance_df(),
    "reward_rate": _reward_rate,
    "performance_metrics": lambda store: pd.DataFrame(
        list(store.session.get_performance_metrics().items()), columns=["key", "value"]
    ),
    "motion_correction": lambda store: store.experiment.motion_correction.rename_axis("frame"),
}
