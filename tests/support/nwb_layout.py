"""Writes a simulated session to an HDF5 file in the layout of the release of 2023."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np

from tests.support.nwb_ophys_layout import OphysLayout
from tests.support.nwb_parts import BO, TEXT, Parts
from tests.support.tiny_session import TinySession
from tests.support.writable import writable

SERIES = {"cr": "corneal_reflection_tracking", "eye": "eye_tracking", "pupil": "pupil_tracking"}
GENOTYPE = "Sst-IRES-Cre/wt;Ai148(TIT2L-GC6f-ICL-tTA2)/wt"
REPORTER = "Ai148(TIT2L-GC6f-ICL-tTA2)"


class BehaviorLayout(Parts):
    """Writes all streams of a behaviour session."""

    def write(self) -> None:
        """Write all streams."""
        self._root()
        self._general()
        self._task()
        self._subject()
        self._behavior()
        self._trials()
        for name, table in self.session.presentations.groupby("stimulus_name"):
            path = f"intervals/{name}_presentations"
            self.table(path, table.dropna(axis=1, how="all"), "TimeIntervals")
            self._tag(path, len(table))
        self._templates()
        if self.plan.eye_tracking:
            self._eye_tracking()

    def _root(self) -> None:
        identifier = (
            self.plan.ophys_experiment_id if self.plan.imaging else self.plan.behavior_session_id
        )
        self.mark(self.file, "NWBFile")
        self.file.attrs["nwb_version"] = "2.7.0"
        started = "2019-06-20T18:18:15+00:00"
        texts = {
            "identifier": str(identifier),
            "session_description": self.plan.session_type,
            "session_start_time": started,
            "timestamps_reference_time": started,
        }
        for name, text in texts.items():
            self.dataset(name, text)
        self.dataset("file_create_date", [started])
        for name in ("acquisition", "analysis", "stimulus/presentation", "stimulus/templates"):
            self.file.require_group(name)

    def _general(self) -> None:
        plan = self.plan
        ophys = {
            "ophys_session_id": plan.ophys_session_id,
            "ophys_experiment_id": plan.ophys_experiment_id,
            "ophys_container_id": plan.ophys_container_id,
            "imaging_plane_group": plan.plane_group,
            "imaging_plane_group_count": plan.plane_group_count,
            "field_of_view_height": plan.field_of_view[0],
            "field_of_view_width": plan.field_of_view[1],
            "imaging_depth": 175,
            "targeted_imaging_depth": 180,
        }
        kind = "OphysBehaviorMetadata" if plan.imaging else "BehaviorMetadata"
        self.typed(
            "general/metadata",
            kind,
            BO,
            behavior_session_id=plan.behavior_session_id,
            behavior_session_uuid="c428be61-87d2-44f6-b00d-3401f28fa201",
            equipment_name="CAM2P.3",
            project_code="VisualBehavior",
            session_type=plan.session_type,
            stimulus_frame_rate=60.0,
            **(ophys if plan.imaging else {}),
        )

    def _task(self) -> None:
        plan = self.plan
        task = self.typed(
            "general/task_parameters",
            "BehaviorTaskParameters",
            BO,
            auto_reward_volume=0.005,
            reward_volume=0.007,
            n_stimulus_frames=72196,
            omitted_flash_fraction=0.05 if plan.imaging else np.nan,
            session_type=plan.session_type,
            stimulus="grating" if plan.gratings else "images",
            stimulus_distribution="geometric",
            stimulus_duration_sec=np.nan if plan.gratings else 0.25,
            stimulus_name=self.session.stimulus_name,
            task="change detection",
        )
        task.attrs.create("blank_duration_sec", ["0.5", "0.5"], dtype=TEXT)
        task.attrs.create("response_window_sec", ["0.15", "0.75"], dtype=TEXT)

    def _subject(self) -> None:
        subject = self.typed("general/subject", "BehaviorSubject", BO, reporter_line=REPORTER)
        subject.attrs.create("driver_line", ["Sst-IRES-Cre"], dtype=TEXT)
        texts = {
            "age": "P114D",
            "sex": "F",
            "species": "Mus musculus",
            "subject_id": self.plan.mouse_id,
            "genotype": GENOTYPE,
            "description": "a mouse",
        }
        for name, text in texts.items():
            self.dataset(f"general/subject/{name}", text)
        self.typed("general/devices/CAM2P.3", "Device", description="a rig")

    def _behavior(self) -> None:
        times, log = self.session.timestamps, self.session.log
        modules = [
            "running",
            "stimulus",
            *(["licking"] if log.licks else []),
            *(["rewards"] if log.rewards else []),
        ]
        for name in modules:
            self.typed(f"processing/{name}", "ProcessingModule", description=name)
        self.series("processing/stimulus/timestamps", times, times, "s")
        speed, raw = self.session.running
        for name, values in (("speed", speed), ("speed_unfiltered", raw), ("dx", raw / 60)):
            self.series(f"processing/running/{name}", values, times, "cm/s")
        for name in ("v_sig", "v_in"):
            self.series(f"acquisition/{name}", np.full(len(times), 2.5), times, "V")
        if log.licks:
            self.series("processing/licking/licks", log.licks, times[log.licks], "N/A")
        if log.rewards:
            frames, volumes, auto = zip(*log.rewards, strict=True)
            self.series("processing/rewards/volume", volumes, times[list(frames)], "mL")
            self.series("processing/rewards/autorewarded", auto, times[list(frames)], "mL")

    def _trials(self) -> None:
        path, licks = "intervals/trials", self.session.lick_times
        self.table(path, self.session.trials, "TimeIntervals")
        ends = np.cumsum([len(times) for times in licks])
        if not ends[-1]:  # the content of released files if the mouse never licked
            self.ragged(path, "lick_times", [""], np.zeros(len(licks)))
        elif ends[-1] == len(licks):  # and if there are as many licks as trials
            self.column(f"{path}/lick_times", np.concatenate(licks))
            self.append_column(path, "lick_times")
        else:
            self.ragged(path, "lick_times", np.concatenate(licks), ends)
        names = [n for n in self.file[path].attrs["colnames"] if n != "lick_times"]
        self.file[path].attrs.create("colnames", [*names[:8], "lick_times", *names[8:]], dtype=TEXT)

    def _tag(self, path: str, n_rows: int) -> None:
        """Write the two columns with which every interval refers to the stimulus clock."""
        reference = [("idx_start", "<i4"), ("count", "<i4"), ("timeseries", h5py.ref_dtype)]
        rows = np.zeros(n_rows, reference)
        rows["timeseries"] = self.file["processing/stimulus/timestamps"].ref
        ends = np.arange(1, n_rows + 1)
        self.ragged(path, "tags", np.full(n_rows, "stimulus_time_interval", object), ends)
        stored = self.file.create_dataset(f"{path}/timeseries", data=rows, dtype=reference)
        self.mark(stored, "TimeSeriesReferenceVectorData")
        stored.attrs["description"] = "a column"
        index = self.column(f"{path}/timeseries_index", np.asarray(ends, np.uint16), "VectorIndex")
        index.attrs["target"] = stored.ref
        self.append_column(path, "timeseries")

    def _templates(self) -> None:
        names, pictures = self.plan.image_names, self.session.templates
        path = f"stimulus/templates/{self.session.image_set}"
        self.series(
            path,
            pictures["warped"],
            np.full(len(names), np.nan),
            "NA",
            "StimulusTemplate",
            namespace="ndx-aibs-stimulus-template",
        )
        self.dataset(f"{path}/unwarped", pictures["unwarped"])
        self.dataset(f"{path}/control", np.arange(len(names), dtype=np.uint64))
        self.dataset(f"{path}/control_description", np.array(names, object))
        self.dataset(f"{path}/format", "raw")

    def _eye_tracking(self) -> None:
        eye, root, names = self.session.eye, "acquisition/EyeTracking", "ndx-ellipse-eye-tracking"
        self.typed(root, "EllipseEyeTracking", names)
        times = f"{root}/eye_tracking/timestamps"
        for part, name in SERIES.items():
            path = f"{root}/{name}"
            self.series(
                path,
                eye[[f"{part}_center_x", f"{part}_center_y"]].to_numpy(),
                eye["timestamps"],
                "meters",
                "EllipseSeries",
                namespace=names,
            )
            for stored in ("width", "height", "area_raw"):
                self.dataset(f"{path}/{stored}", eye[f"{part}_{stored}"])
            self.dataset(f"{path}/angle", eye[f"{part}_phi"])
            self.dataset(f"{path}/area", eye[f"{part}_area_raw"])
            self.dataset(f"{path}/reference_frame", "nose")
        self.series(f"{root}/likely_blink", np.zeros(len(eye), bool), eye["timestamps"], "N/A")
        for name in (*(SERIES[p] for p in ("cr", "pupil")), "likely_blink"):
            del self.file[f"{root}/{name}/timestamps"]
            self.file[f"{root}/{name}/timestamps"] = h5py.SoftLink(f"/{times}")
        self._rig()

    def _rig(self) -> None:
        module = "processing/eye_tracking_rig_metadata"
        self.typed(module, "ProcessingModule", description="rig")
        path = f"{module}/eye_tracking_rig_metadata"
        self.typed(path, "OphysEyeTrackingRigMetadata", BO, equipment="CAM2P.3")
        for i, thing in enumerate(("camera", "led", "monitor")):
            stored = self.dataset(f"{path}/{thing}_position", np.array([102.8, 74.7, 31.6]) + i)
            stored.attrs["unit_of_measurement"] = "mm"
        for i, thing in enumerate(("camera", "monitor")):
            stored = self.dataset(f"{path}/{thing}_rotation", np.array([0.0, 0.0, 2.8]) + i)
            stored.attrs["unit_of_measurement"] = "deg"


def write(path: Path, session: TinySession) -> Path:
    """Write a session into a new file."""
    with writable(path, "w") as file:
        BehaviorLayout(file, session).write()
        if session.plan.imaging:
            OphysLayout(file, session).write()
    return path
