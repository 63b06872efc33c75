"""Writes an experiment's file: the behavior and one imaging plane."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from hdmf.backends.hdf5 import H5DataIO
from hdmf.common import DynamicTableRegion, ElementIdentifiers, VectorData
from numpy.typing import NDArray
from pynwb import NWBFile, ProcessingModule, TimeSeries
from pynwb.base import Images
from pynwb.image import GrayscaleImage
from pynwb.ophys import (
    DfOverF,
    Fluorescence,
    ImageSegmentation,
    OpticalChannel,
    PlaneSegmentation,
    RoiResponseSeries,
)
from pynwb.ophys import (
    ImagingPlane as NwbImagingPlane,
)

from data_layer.demo.ophys.imaging import ImagingPlane
from data_layer.demo.recording import Recording
from data_layer.demo.writing.behavior import add_behavior, behavior_metadata, new_file
from data_layer.demo.writing.extension_types import (
    BEHAVIOR_OPHYS,
    EVENT_DETECTION,
    extension_types,
)
from data_layer.demo.writing.save import save

_CM_PER_PIXEL = 7.8125e-05


def write_behavior_ophys_experiment(path: Path, recording: Recording, plane: ImagingPlane) -> None:
    """Write the NWB file of one ophys experiment to ``path``."""
    nwbfile = new_file(recording.plan, plane.plan.ophys_experiment_id)
    metadata = extension_types().get("OphysBehaviorMetadata", BEHAVIOR_OPHYS)
    nwbfile.add_lab_meta_data(metadata(name="metadata", **_metadata(recording, plane)))
    add_behavior(nwbfile, recording)
    module = nwbfile.create_processing_module(name="ophys", description="Imaging")
    table = _add_cell_specimen_table(nwbfile, module, recording, plane)
    _add_traces(module, plane, table)
    _add_events(module, plane, table)
    _add_projections(module, plane)
    _add_motion(module, plane)
    save(nwbfile, path)


def _metadata(recording: Recording, plane: ImagingPlane) -> dict[str, Any]:
    plan, experiment = recording.plan, plane.plan
    group = experiment.container.imaging_plane_group
    height, width = plan.field_of_view
    return {
        **behavior_metadata(plan),
        "ophys_experiment_id": experiment.ophys_experiment_id,
        "ophys_session_id": plan.ophys_session_id,
        "ophys_container_id": experiment.container.ophys_container_id,
        "field_of_view_height": height,
        "field_of_view_width": width,
        "imaging_depth": experiment.imaging_depth,
        "targeted_imaging_depth": experiment.container.targeted_imaging_depth,
        "imaging_plane_group": -1 if group is None else group,
        "imaging_plane_group_count": plan.imaging_plane_group_count,
    }


def _add_cell_specimen_table(
    nwbfile: NWBFile, module: ProcessingModule, recording: Recording, plane: ImagingPlane
) -> PlaneSegmentation:
    cells = plane.cell_specimen_table
    data = {name: cells[name].to_numpy() for name in cells.columns if name != "cell_roi_id"}
    data["image_mask"] = plane.field.masks
    table = PlaneSegmentation(
        name="cell_specimen_table",
        description="ROIs of the cells",
        imaging_plane=_imaging_plane(nwbfile, recording, plane),
        id=ElementIdentifiers(name="id", data=cells["cell_roi_id"].to_numpy()),
        columns=[
            VectorData(name=name, description=name.replace("_", " "), data=values)
            for name, values in data.items()
        ],
        colnames=list(data),
    )
    segmentation = ImageSegmentation(name="image_segmentation")
    module.add(segmentation)
    segmentation.add_plane_segmentation(table)
    return table


def _imaging_plane(nwbfile: NWBFile, recording: Recording, plane: ImagingPlane) -> NwbImagingPlane:
    plan, container = recording.plan, plane.plan.container
    return nwbfile.create_imaging_plane(
        name="imaging_plane_1",
        optical_channel=OpticalChannel(
            name="channel_1", description="2P Optical Channel", emission_lambda=520.0
        ),
        description=f"{plan.field_of_view} field of view in {container.targeted_structure} "
        f"at depth {plane.plan.imaging_depth} um",
        device=nwbfile.devices[plan.equipment_name],
        excitation_lambda=910.0,
        imaging_rate=float(round(plan.frame_rate)),  # the release rounds it
        indicator=plan.mouse.indicator,
        location=container.targeted_structure,
    )


def _add_traces(module: ProcessingModule, plane: ImagingPlane, table: PlaneSegmentation) -> None:
    rois = _region(table, len(plane.cells), "ROIs of the traces")
    times = plane.ophys_timestamps
    for name, container, data in (
        ("dff", DfOverF, plane.traces["dff"]),
        ("corrected_fluorescence", Fluorescence, plane.traces["corrected"]),
        ("demixed_trace", Fluorescence, plane.traces["demixed"]),
        ("neuropil_trace", Fluorescence, plane.traces["neuropil"]),
    ):
        group = container(name=name)
        module.add(group)
        group.add_roi_response_series(_series("traces", data, times, rois))
        if name == "corrected_fluorescence":
            for number, values in (("r", plane.numbers["r"]), ("RMSE", plane.numbers["rmse"])):
                indices = np.arange(len(values), dtype=float)
                group.add_roi_response_series(_series(number, values, indices, rois))


def _series(
    name: str, data: NDArray[np.float64], times: NDArray[np.float64], rois: DynamicTableRegion
) -> RoiResponseSeries:
    return RoiResponseSeries(name=name, data=data, rois=rois, unit="NA", timestamps=times.copy())


def _region(table: PlaneSegmentation, n: int, description: str) -> DynamicTableRegion:
    return DynamicTableRegion(name="rois", data=np.arange(n), description=description, table=table)


def _add_events(module: ProcessingModule, plane: ImagingPlane, table: PlaneSegmentation) -> None:
    detection = extension_types().get("OphysEventDetection", EVENT_DETECTION)
    module.add(
        detection(
            data=H5DataIO(plane.traces["events"], compression="gzip"),
            timestamps=plane.ophys_timestamps.copy(),
            rois=_region(table, len(plane.cells), "ROIs of the events"),
            lambdas=plane.numbers["penalty"],
            noise_stds=plane.numbers["noise_std"],
            unit="N/A",
        )
    )


def _add_projections(module: ProcessingModule, plane: ImagingPlane) -> None:
    field = plane.field
    images = Images(name="images", description="Pictures of the plane")
    module.add(images)
    for name, data in (
        ("max_projection", field.max_projection),
        ("average_image", field.average_projection),
        ("segmentation_mask_image", field.masks.any(axis=0).astype(np.int64)),
    ):
        text = f"{name.replace('_', ' ')}; resolution in cm per pixel"
        images.add_image(
            GrayscaleImage(name=name, data=data, resolution=_CM_PER_PIXEL, description=text)
        )


def _add_motion(module: ProcessingModule, plane: ImagingPlane) -> None:
    for axis, data in zip("xy", plane.motion, strict=True):
        module.add(
            TimeSeries(
                name=f"ophys_motion_correction_{axis}",
                data=data,
                timestamps=plane.ophys_timestamps.copy(),
                unit="pixels",
            )
        )
