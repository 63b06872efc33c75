"""One imaging plane of one session, with the session's behaviour."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.filtered_events import half_gaussian
from data_layer.errors import StreamDamaged, StreamMissing
from data_layer.nwb import metadata, streams, trace_tables
from data_layer.nwb.aliases import AliasedDict
from data_layer.nwb.behavior_session import BehaviorSession, ReadingOptions
from data_layer.nwb.cells import (
    Cells,
    KeptRois,
    mask_boxes,
    read_any_mask,
    read_cell_specimen_table,
    read_cells,
    read_kept_rois,
    read_roi_mask,
)
from data_layer.nwb.file import NwbFile
from data_layer.nwb.images import projections
from data_layer.nwb.images.image import Image
from data_layer.nwb.traces import FILTERED, FilteredEvents, TraceMatrix
from data_layer.values.trace_kinds import TRACE_KINDS

Floats = NDArray[np.float64]


class BehaviorOphysExperiment(BehaviorSession):
    """One imaging plane: its cells and their activity, and the behaviour of its session.

    It is opened, closed and read like :class:`BehaviorSession`. :meth:`traces_matrix`,
    :meth:`roi_mask` and :attr:`cells` read only a part of the data, for views that need no more.

    Raises:
        StreamMissing: When opening a file without imaging.
    """

    _not_of_allensdk = BehaviorSession._not_of_allensdk | {
        *("cells", "fetch_roi_masks", "roi_mask", "trace_parameters", "traces_matrix"),
    }

    def __init__(self, nwb: NwbFile, options: ReadingOptions) -> None:
        super().__init__(nwb, options)
        if not streams.is_experiment(nwb):
            advice = "It is a behaviour session: open it with BehaviorSession.from_nwb_path"
            raise StreamMissing(nwb.path, "imaging", "/processing/ophys", advice)

    # what the experiment is

    @property
    def ophys_experiment_id(self) -> int:
        """Id of the experiment (``/identifier``)."""
        identifier = self._nwb.scalar("ophys_experiment_id", "identifier")
        try:
            return int(identifier)
        except (TypeError, ValueError, OverflowError) as error:
            problem = f"/identifier is {identifier!r}, expected a number"
            raise self._nwb.damaged("ophys_experiment_id", problem) from error

    @property
    def ophys_session_id(self) -> int:
        """Id of the imaging session, shared by its planes (``/general/metadata``)."""
        return metadata.whole_number(self._nwb, "ophys_session_id")

    # the plane

    @property
    def max_projection(self) -> Image:
        """Maximum value of each pixel: (height, width) uint8."""
        return self._once(
            "max_projection", partial(projections.read_projection, self._nwb, "max_projection")
        )

    @property
    def average_projection(self) -> Image:
        """Mean value of each pixel: (height, width) uint8."""
        return self._once(
            "average_projection",
            partial(projections.read_projection, self._nwb, "average_projection"),
        )

    @property
    def segmentation_mask_image(self) -> Image:
        """1 in any cell's mask, else 0: (height, width) int64, computed from the masks."""
        return self._once("segmentation_mask_image", self._segmentation_mask_image)

    @property
    def ophys_timestamps(self) -> Floats:
        """Measured times of the imaging frames (n_frames,) in s; the stored rate is rounded."""
        return self._array(
            "ophys_timestamps", partial(projections.read_ophys_timestamps, self._nwb)
        )

    @property
    def motion_correction(self) -> pd.DataFrame:
        """Columns x and y: shift in pixels, one row per imaging frame."""
        return self._table(
            "motion_correction", partial(projections.read_motion_correction, self._nwb)
        )

    # the cells

    @property
    def cell_specimen_table(self) -> pd.DataFrame:
        """Index cell_specimen_id; cell_roi_id, position, motion borders (px) and roi_mask."""
        return self._table(
            "cell_specimen_table",
            lambda: read_cell_specimen_table(self._nwb, self._plane()),
        )

    @property
    def cells(self) -> pd.DataFrame:
        """The cells without their masks, which needs only a few kB.

        One row per cell in the order of :attr:`cell_specimen_table`; cell_specimen_id is a
        column (Int64, missing for cells that are not matched across days).
        """
        return self._plane().as_columns()

    @property
    def roi_masks(self) -> pd.DataFrame:
        """cell_roi_id and roi_mask of :attr:`cell_specimen_table`."""
        return self.cell_specimen_table[["cell_roi_id", "roi_mask"]]

    def roi_mask(self, cell_roi_id: int) -> NDArray[np.bool_]:
        """One cell's mask (height, width), read without the others.

        Raises:
            KeyError: There is no such cell.
        """
        return read_roi_mask(self._nwb, self._kept_rois(), cell_roi_id)

    def fetch_roi_masks(self) -> None:
        """Let what :meth:`roi_mask` reads of a streamed file arrive at once, for all cells."""
        if boxes := mask_boxes(self._nwb):
            boxes.fetch(self._kept_rois().rows)

    @property
    def dff_traces(self) -> pd.DataFrame:
        """Index cell_specimen_id; cell_roi_id, dff (n_frames,) ΔF/F."""
        return self._traces("dff")

    @property
    def corrected_fluorescence_traces(self) -> pd.DataFrame:
        """Index cell_specimen_id; cell_roi_id, corrected_fluorescence (n_frames,), r, RMSE.

        Files of the first release have no r and RMSE.
        """
        return self._table(
            "corrected_fluorescence_traces",
            lambda: trace_tables.corrected_table(
                self._nwb, self.traces_matrix("corrected_fluorescence"), self._plane()
            ),
        )

    @property
    def demixed_traces(self) -> pd.DataFrame | None:
        """Index cell_specimen_id; cell_roi_id, demixed_trace (n_frames,); None if absent."""
        return self._traces("demixed") if self.has("demixed_traces") else None

    @property
    def neuropil_traces(self) -> pd.DataFrame | None:
        """Index cell_specimen_id; cell_roi_id, neuropil_trace (n_frames,); None if absent.

        These are the neuropil traces; AllenSDK returns the demixed traces under this name.
        """
        return self._traces("neuropil") if self.has("neuropil_traces") else None

    @property
    def events(self) -> pd.DataFrame:
        """Index cell_specimen_id; cell_roi_id, events, filtered_events, lambda, noise_std."""
        return self._table(
            "events",
            lambda: trace_tables.events_table(
                self._nwb, self.traces_matrix("events"), self._plane(), self._event_weights()
            ),
        )

    # AllenSDK's older names

    def get_segmentation_mask_image(self) -> Image:
        """:attr:`segmentation_mask_image`."""
        return self.segmentation_mask_image

    def get_cell_specimen_ids(self) -> NDArray[np.int64]:
        """The index of :attr:`cell_specimen_table` (n_cells,).

        Raises:
            ValueError: No cell is matched across days, so that there are no such ids.
        """
        ids = self.cell_specimen_table.index
        if ids.isna().all():
            raise ValueError(f"{self.path.name} has no cell_specimen_id for any cell.")
        return ids.to_numpy()

    def get_cell_specimen_indices(self, cell_specimen_ids: Iterable[int]) -> list[int]:
        """The rows of :attr:`cell_specimen_table` with these ids, in their order.

        Raises:
            KeyError: There is no such cell.
        """
        rows = {id_: row for row, id_ in enumerate(self.cell_specimen_table.index)}
        return [rows[id_] for id_ in cell_specimen_ids]

    def get_dff_traces(
        self, cell_specimen_ids: Iterable[int] | None = None
    ) -> tuple[Floats, Floats]:
        """:attr:`ophys_timestamps` (n_frames,) in s, and ΔF/F (n_cells, n_frames).

        The cells come in the order of :attr:`cell_specimen_table`, whatever that of the ids.

        Raises:
            KeyError: There is no such cell.
        """
        ids = self.get_cell_specimen_ids() if cell_specimen_ids is None else [*cell_specimen_ids]
        rows, times = sorted(self.get_cell_specimen_indices(ids)), self.ophys_timestamps
        traces = [*self.dff_traces["dff"].iloc[rows]]
        return times, np.array(traces, dtype=np.float64).reshape(len(rows), len(times))

    def traces_matrix(self, name: str) -> TraceMatrix:
        """One kind of trace, which can be read in parts.

        Args:
            name: a name of ``TRACE_KINDS``.

        Raises:
            ValueError: There is no such kind of trace.
        """
        if name not in TRACE_KINDS:
            raise ValueError(f"{name!r} is none of {[*TRACE_KINDS]}.")
        return self._once(f"matrix {name}", partial(self._matrix, name))

    def trace_parameters(self, name: str) -> pd.DataFrame:
        """The parameters of each cell's trace, read without the traces.

        Index cell_roi_id. Columns: lambda and noise_std for ``events``; r and RMSE for
        ``corrected_fluorescence`` if the file has them; none for other kinds.
        """
        return trace_tables.trace_parameters(self._nwb, self.traces_matrix(name))

    def _matrix(self, name: str) -> TraceMatrix:
        if name != FILTERED:
            return TraceMatrix(self._nwb, name, self._kept_rois(), lambda: self.ophys_timestamps)
        weights = self._event_weights()
        return FilteredEvents(self._nwb, self._kept_rois(), lambda: self.ophys_timestamps, weights)

    def _traces(self, name: str) -> pd.DataFrame:
        kind = TRACE_KINDS[name]
        return self._table(
            kind.attribute,
            lambda: trace_tables.trace_table(
                self._nwb, self.traces_matrix(name), self._plane(), kind.column
            ),
        )

    def _metadata(self) -> AliasedDict:
        return self._once(
            "metadata",
            lambda: metadata.read_ophys_metadata(self._nwb, self._id_or_none()),
        )

    def _id_or_none(self) -> int | None:
        """The id of the experiment; None if the file does not say."""
        try:
            return self.ophys_experiment_id
        except (StreamMissing, StreamDamaged) as error:
            self._nwb.leave_out(f"ophys_experiment_id of metadata: {error.problem}.")
            return None

    def _plane(self) -> Cells:
        read = partial(read_cells, self._nwb, self._options.exclude_invalid_rois)
        return self._once("cells", read)

    def _kept_rois(self) -> KeptRois:
        read = partial(read_kept_rois, self._nwb, self._options.exclude_invalid_rois)
        return self._once("kept rois", read)

    def _event_weights(self) -> Floats:
        rate = self._metadata()["ophys_frame_rate"]
        if rate is None or not 0 < rate < np.inf:
            self._nwb.leave_out(
                "The stored imaging rate: filtered_events follow that of the clock."
            )
            rate = 1 / float(np.nanmedian(np.diff(self.ophys_timestamps)))
        scale = self._options.events_filter_scale_seconds * rate
        return half_gaussian(scale, self._options.events_filter_n_time_steps)

    def _segmentation_mask_image(self) -> Image:
        covered = read_any_mask(self._nwb, self._plane())
        return Image(covered, projections.read_spacing(self._nwb))
