"""The dictionaries of a session: metadata, task parameters, performance metrics."""

from __future__ import annotations

from dashboard.vocabulary.terms import Attribute, Term, as_in_tables

METADATA = {
    **{
        name: as_in_tables(name)
        for name in (
            "age_in_days",
            "cre_line",
            "driver_line",
            "equipment_name",
            "full_genotype",
            "imaging_depth",
            "indicator",
            "mouse_id",
            "project_code",
            "reporter_line",
            "session_type",
            "sex",
            "targeted_imaging_depth",
            "targeted_structure",
        )
    },
    "behavior_session_id": Term("Number of the behaviour session; planes of one session share it."),
    "behavior_session_uuid": Term("Universally unique id of the behaviour session."),
    "date_of_acquisition": Term("When the recording began, in universal time.", "UTC"),
    "stimulus_frame_rate": Term("Nominal rate at which the monitor was refreshed.", "Hz"),
    "emission_lambda": Term("Centre of the light that the indicator gives off.", "nm"),
    "excitation_lambda": Term("Wavelength of the two-photon laser.", "nm"),
    "ophys_container_id": Term(
        "Number of the field of view that was found again on several days.",
        formerly="experiment_container_id",
    ),
    "field_of_view_height": Term("Rows of the imaged field.", "px"),
    "field_of_view_width": Term("Columns of the imaged field.", "px"),
    "imaging_plane_group": Term(
        "Planes with the same group were imaged at the same moment; empty where one plane was "
        "imaged."
    ),
    "imaging_plane_group_count": Term(
        "How many groups of planes the microscope went through in turn; 0 for one plane."
    ),
    "ophys_experiment_id": Term("Number of this imaging plane in this session."),
    "ophys_frame_rate": Term(
        "Frames of this plane per second, rounded in released files; the true rate follows from "
        "ophys_timestamps.",
        "Hz",
    ),
    "ophys_session_id": Term("Number of the imaging session; planes imaged together share it."),
}

TASK_PARAMETERS = {
    "blank_duration_sec": Term(
        "Least and greatest length of the gray between flashes. Without meaning where the "
        "stimulus stays on (early gratings).",
        "s",
    ),
    "stimulus_duration_sec": Term("Length of a flash; empty where the stimulus stays on.", "s"),
    "omitted_flash_fraction": Term(
        "Chance that a flash is left out; never the change nor the flash before it. Empty in "
        "training."
    ),
    "response_window_sec": Term(
        "First and last moment after a change at which a lick is a response, before the display "
        "delay is added.",
        "s",
    ),
    "reward_volume": Term("Water for an earned reward.", "ml"),
    "auto_reward_volume": Term("Water for a free reward.", "ml"),
    "session_type": Term("Stage of the protocol, as in the metadata."),
    "stimulus": Term("Kind of stimulus: images or gratings."),
    "stimulus_distribution": Term(
        "Distribution from which change times are drawn: exponential or geometric."
    ),
    "stimulus_name": Term("Name of the image set that the task showed."),
    "task": Term("The task: change detection."),
    "n_stimulus_frames": Term("How many stimulus frames the task showed.", "frames"),
    "image_set": Term("Which images were shown, as the session type says it."),
}

ENGAGED = "while engaged (reward rate above 2 rewards/min)"
PERFORMANCE_METRICS = {
    "trial_count": Term("All trials, aborted ones included.", "trials"),
    "go_trial_count": Term("Trials with a change that counts.", "trials"),
    "catch_trial_count": Term("Trials with a pretended change.", "trials"),
    "hit_trial_count": Term("Go trials answered in time.", "trials"),
    "miss_trial_count": Term("Go trials not answered in time.", "trials"),
    "false_alarm_trial_count": Term("Catch trials answered as if there were a change.", "trials"),
    "correct_reject_trial_count": Term("Catch trials rightly left unanswered.", "trials"),
    "auto_reward_count": Term("Trials with free water.", "trials", "auto_rewarded_trial_count"),
    "earned_reward_count": Term(
        "Go trials that earned water: the hits.", "trials", "rewarded_trial_count"
    ),
    "total_reward_count": Term("Drops of water, earned and free.", "rewards"),
    "total_reward_volume": Term("All water of the session, earned and free.", "ml"),
    "maximum_reward_rate": Term("Peak of the reward rate.", "rewards/min"),
    "engaged_trial_count": Term(f"Trials of any kind {ENGAGED}.", "trials"),
    "mean_hit_rate": Term("Mean of the corrected rolling hit rate."),
    "mean_hit_rate_uncorrected": Term("Mean of the raw rolling hit rate."),
    "mean_hit_rate_engaged": Term(f"Mean of the corrected rolling hit rate {ENGAGED}."),
    "mean_false_alarm_rate": Term("Mean of the corrected rolling false-alarm rate, all trials."),
    "mean_false_alarm_rate_uncorrected": Term("Mean of the raw rolling false-alarm rate."),
    "mean_false_alarm_rate_engaged": Term(
        f"Mean of the corrected rolling false-alarm rate {ENGAGED}."
    ),
    "mean_dprime": Term("Mean of the rolling d′."),
    "mean_dprime_engaged": Term(f"Mean of the rolling d′ {ENGAGED}."),
    "max_dprime": Term("Peak of the rolling d′."),
    "max_dprime_engaged": Term(f"Peak of the rolling d′ {ENGAGED}."),
}

KEYED_ATTRIBUTES = (
    Attribute(
        "metadata",
        "metadata",
        "Who was recorded, where, when and how.",
        "dictionary",
        columns=METADATA,
    ),
    Attribute(
        "task_parameters",
        "task_parameters",
        "How the task was set up.",
        "dictionary",
        columns=TASK_PARAMETERS,
    ),
    Attribute(
        "performance_metrics",
        "get_performance_metrics()",
        "The session's performance in 23 numbers. Passive sessions have zeros or NaN by "
        "construction.",
        "dictionary",
        columns=PERFORMANCE_METRICS,
    ),
)
