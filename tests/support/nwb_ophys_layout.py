"""Writes the imaging plane of a simulated session in the layout of the release of 2023."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import h5py
import numpy as np

from tests.support.nwb_parts import Parts


class OphysLayout(Parts):
    """Writes the imaging plane into a file that has the behaviour."""

    def write(self) -> None:
        """Write the imaging plane."""
        self._imaging_plane()
        self.typed("processing/ophys", "ProcessingModule", description="Ophys processing module")
        self._cells()
        self._traces()
        self._events()
        self._images()
        for axis in "xy":
            path = f"processing/ophys/ophys_motion_correction_{axis}"
            self.series(path, self.session.motion[axis], self.session.ophys_timestamps, "pixels")

    def _imaging_plane(self) -> None:
        path = "general/optophysiology/imaging_plane_1"
        self.typed(path, "ImagingPlane")
        values: Mapping[str, Any] = {
            "description": "a plane",
            "excitation_lambda": 910.0,
            "indicator": "GCaMP6f",
            "imaging_rate": self.plan.ophys_rate,
            "location": "VISp",
        }
        for name, value in values.items():
            self.dataset(f"{path}/{name}", value)
        self.typed(f"{path}/channel_1", "OpticalChannel")
        self.dataset(f"{path}/channel_1/description", "2P Optical Channel")
        self.dataset(f"{path}/channel_1/emission_lambda", 520.0)
        self.file[f"{path}/device"] = h5py.SoftLink("/general/devices/CAM2P.3")

    def _cells(self) -> None:
        module = "processing/ophys/image_segmentation"
        self.typed(module, "ImageSegmentation")
        path, cells = f"{module}/cell_specimen_table", self.session.cells
        self.table(path, cells, "PlaneSegmentation")
        self.file[f"{path}/id"][:] = cells.index.to_numpy()
        self.column(f"{path}/image_mask", self.session.masks())
        self.append_column(path, "image_mask")
        self.file.create_group(f"{path}/reference_images")
        self.file[f"{path}/imaging_plane"] = h5py.SoftLink(
            "/general/optophysiology/imaging_plane_1"
        )

    def _traces(self) -> None:
        times, traces = self.session.ophys_timestamps, self.session.traces
        for name in ("dff", "corrected_fluorescence", "demixed_trace", "neuropil_trace"):
            self.typed(f"processing/ophys/{name}", "DfOverF" if name == "dff" else "Fluorescence")
            path = f"processing/ophys/{name}/traces"
            self.series(path, traces[name], times, "NA", "RoiResponseSeries")
            self._region(f"{path}/rois", link=name != "dff")
        n = len(self.session.cells)
        for name, value in (("r", 0.7), ("RMSE", 12.0)):
            path = f"processing/ophys/corrected_fluorescence/{name}"
            self.series(
                path, value + 0.01 * np.arange(n), np.arange(float(n)), "NA", "RoiResponseSeries"
            )
            self._region(f"{path}/rois", link=True)

    def _region(self, path: str, link: bool) -> None:
        if link:
            self.file[path] = h5py.SoftLink("/processing/ophys/dff/traces/rois")
            return
        stored = self.column(path, np.arange(len(self.session.cells)), "DynamicTableRegion")
        stored.attrs["table"] = self.file[
            "processing/ophys/image_segmentation/cell_specimen_table"
        ].ref

    def _events(self) -> None:
        path, n = "processing/ophys/event_detection", len(self.session.cells)
        self.series(
            path,
            [0.0],
            self.session.ophys_timestamps,
            "N/A",
            "OphysEventDetection",
            namespace="ndx-aibs-ophys-event-detection",
        )
        unit = dict(self.file[f"{path}/data"].attrs)
        del self.file[f"{path}/data"]
        data = self.session.traces["events"]
        self.file.create_dataset(f"{path}/data", data=data, compression="gzip").attrs.update(unit)
        self.dataset(f"{path}/lambdas", 0.1 + 0.01 * np.arange(n))
        self.dataset(f"{path}/noise_stds", 0.05 + 0.001 * np.arange(n))
        self._region(f"{path}/rois", link=False)

    def _images(self) -> None:
        self.typed("processing/ophys/images", "Images", description="images")
        covered = self.session.masks()[self.session.cells["valid_roi"]].any(axis=0).astype(int)
        pictures = {**self.session.projections, "segmentation_mask_image": covered}
        for name, picture in pictures.items():
            stored = self.dataset(f"processing/ophys/images/{name}", picture)
            self.mark(stored, "GrayscaleImage")
            stored.attrs.update({"resolution": 7.8125e-05, "description": name})
