"""What each column of the metadata tables means, in one or two plain sentences.

The keys are AllenSDK's column names; a table may lack some of them, depending on its release.
"""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """How a column is shown: its heading, what it means, and its unit where it has one."""

    label: str
    explanation: str
    unit: str = ""

    @property
    def title(self) -> str:
        """The heading with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


ON_THIS_MACHINE = Column(
    "Here",
    "Whether the NWB file is on this machine (●), so that the recording can be opened, or is only "
    "listed (○).",
)

TABLE_COLUMNS: dict[str, Column] = {
    "ophys_experiment_id": Column(
        "Experiment",
        "Number of one imaging plane recorded in one session; each has an NWB file of its own. "
        "A session's row lists all of its planes.",
    ),
    "ophys_session_id": Column(
        "Imaging session",
        "Number of one visit to the two-photon microscope. Planes imaged together share it.",
    ),
    "behavior_session_id": Column(
        "Behaviour session",
        "Number of one run of the task, in training or under the microscope. Every imaging "
        "session has one; training sessions have nothing else.",
    ),
    "ophys_container_id": Column(
        "Container",
        "Number of one field of view that was found again on several days. Experiments with the "
        "same container show the same cells.",
    ),
    "mouse_id": Column("Mouse", "Number of the animal."),
    "cre_line": Column(
        "Cre line",
        "Which cells carry the indicator: Slc17a7 marks excitatory cells, Sst and Vip two kinds "
        "of inhibitory cells.",
    ),
    "driver_line": Column(
        "Driver lines",
        "All driver lines of the mouse: the cre line, and with some reporters a second line that "
        "switches the indicator on.",
    ),
    "reporter_line": Column(
        "Reporter line", "The line that carries the gene of the calcium indicator."
    ),
    "full_genotype": Column(
        "Full genotype", "The mouse's genotype in full: driver and reporter lines, each over wt."
    ),
    "indicator": Column("Indicator", "The calcium indicator that the cells express."),
    "sex": Column("Sex", "Sex of the mouse: F female, M male."),
    "age_in_days": Column("Age", "Age of the mouse on the day of the session.", "days"),
    "targeted_structure": Column(
        "Area",
        "Visual area in which the plane lies: VISp is the primary visual cortex; VISl, VISal and "
        "VISam are higher areas.",
    ),
    "imaging_depth": Column(
        "Depth", "Depth of the plane below the surface of the cortex, as it was imaged.", "µm"
    ),
    "targeted_imaging_depth": Column(
        "Targeted depth",
        "Depth that was aimed for: one value for all days of a container, so it can differ a "
        "little from the depth that was imaged.",
        "µm",
    ),
    "imaging_plane_group": Column(
        "Plane group",
        "Planes of a multi-plane session with the same group were imaged at the same moment. "
        "Empty for microscopes that image one plane.",
    ),
    "imaging_plane_group_count": Column(
        "Plane groups",
        "How many groups of planes the microscope went through in turn. Empty for microscopes "
        "that image one plane.",
    ),
    "num_targeted_structures": Column(
        "Areas", "In how many visual areas the session's planes were meant to lie."
    ),
    "num_depths_per_area": Column(
        "Depths per area", "How many depths the session was meant to cover in each area."
    ),
    "project_code": Column(
        "Project",
        "Variant of the experiment: which microscope was used and with which image set the mouse "
        "was trained (Task1B mice learned images B, most others images A).",
    ),
    "session_type": Column(
        "Session type",
        "Stage of the protocol: TRAINING_0 to TRAINING_5 are training, OPHYS_0 accustoms the "
        "mouse to the microscope, OPHYS_1 to OPHYS_6 are imaging. The name ends with the images "
        "that were shown.",
    ),
    "session_number": Column(
        "Session number",
        "The number in the imaging session's type: 3 in OPHYS_3_images_A. Empty in training.",
    ),
    "image_set": Column(
        "Image set",
        "The eight images shown: A, B, G or H; early training shows gratings. Which set was "
        "new to the mouse is told by its experience level. (The session tables and their CSV "
        "write images_A where the experiment table has A.)",
    ),
    "behavior_type": Column(
        "Active / passive",
        "Active: the mouse does the task for water. Passive: it watches the same images, sated "
        "and without a lick spout, so there are no licks and no rewards.",
    ),
    "passive": Column("Passive", "True where the mouse only watched (sessions 2 and 5)."),
    "experience_level": Column(
        "Experience",
        "Familiar: images known from training. Novel 1: first session ever with the new images. "
        "Novel >1: a later session with them. Training: before imaging.",
    ),
    "prior_exposures_to_session_type": Column(
        "Prior: session type",
        "How many earlier sessions of the mouse were of the same type; 0 is the first.",
        "sessions",
    ),
    "prior_exposures_to_image_set": Column(
        "Prior: image set",
        "In how many earlier sessions, training included, the mouse saw the same image set; 0 is "
        "the first. Empty for gratings.",
        "sessions",
    ),
    "prior_exposures_to_omissions": Column(
        "Prior: omissions",
        "In how many earlier sessions flashes were left out at times; 0 is the first. Training "
        "leaves out none.",
        "sessions",
    ),
    "date_of_acquisition": Column("Date", "When the session began, in universal time.", "UTC"),
    "equipment_name": Column(
        "Equipment",
        "Where it was recorded: MESO is the multi-plane microscope, CAM2P are single-plane "
        "microscopes, BEH are training boxes.",
    ),
    "file_id": Column(
        "File id",
        "Key of the NWB file in the release's manifest. −999 means that the row has no file of "
        "its own: the behaviour of an imaging session is in the files of its planes.",
    ),
    "file_path": Column(
        "File path", "Where the file lay when the table was written, which is not on this machine."
    ),
    "trial_count": Column("Trials", "All trials of the session, aborted ones included."),
    "go_trial_count": Column("Go", "Trials in which the image changed.", "trials"),
    "catch_trial_count": Column(
        "Catch", "Trials in which a change was due but the image stayed the same.", "trials"
    ),
    "hit_trial_count": Column("Hits", "Go trials with a lick in time.", "trials"),
    "miss_trial_count": Column("Misses", "Go trials without a lick in time.", "trials"),
    "false_alarm_trial_count": Column("False alarms", "Catch trials with a lick.", "trials"),
    "correct_reject_trial_count": Column(
        "Correct rejects", "Catch trials without a lick.", "trials"
    ),
    "engaged_trial_count": Column(
        "Engaged", "Trials while the mouse earned more than two rewards a minute.", "trials"
    ),
    "published_at": Column("Published", "The day on which the file was released."),
    "isi_experiment_id": Column(
        "ISI experiment",
        "Number of the intrinsic-signal imaging by which the visual areas of the mouse were found.",
    ),
}


def column(name: str) -> Column:
    """The explanation of a column; one that is unknown here is shown under its own name."""
    return TABLE_COLUMNS.get(name) or Column(name, "A column of the table, as released.")
