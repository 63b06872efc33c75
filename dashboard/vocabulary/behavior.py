"""The streams of a behaviour session: licks, rewards, running, flashes, trials, performance."""

from __future__ import annotations

from dashboard.vocabulary.terms import Attribute, Term

PRESENTATIONS_ID = Term("Number of the presentation, counted from 0 in the order of time.")
TRIALS_ID = Term("Number of the trial, counted from 0; aborted trials count too.")
RESPONSE = "the response window (150 to 750 ms after the change)"

LICKS = {
    "timestamps": Term("When the tongue touched the spout, without display delay.", "s"),
    "frame": Term("Stimulus frame during which the lick fell: an index of stimulus_timestamps."),
}
REWARDS = {
    "volume": Term("Water given: 0.007 for an earned reward, 0.005 for a free one.", "ml"),
    "timestamps": Term("When the water was given, without display delay.", "s"),
    "auto_rewarded": Term(
        "True where the water was free: in the first five trials, and now and then later to keep "
        "a mouse going.",
        formerly="autorewarded",
    ),
}
RUNNING = {
    "timestamps": Term("Time of the sample: one per stimulus frame, about 60 Hz.", "s"),
    "speed": Term("Speed on the wheel after low-pass filtering; forward is positive.", "cm/s"),
}
RAW_RUNNING = {
    "timestamps": RUNNING["timestamps"],
    "speed": Term(
        "Speed on the wheel as measured. Gaps (the first sample, outliers) are NaN.", "cm/s"
    ),
}

PRESENTATIONS = {
    "stimulus_presentations_id": PRESENTATIONS_ID,
    "stimulus_block": Term("Number of the session's block: gray, task, gray, movie."),
    "stimulus_block_name": Term("What the block was: a gray screen, change detection or a movie."),
    "image_index": Term(
        "Number of the image within its set, 0 to 7; 8 stands for an omission, −99 for no image."
    ),
    "image_name": Term(
        "Name of the image, e.g. im065 or gratings_90.0; “omitted” where the flash was left out; "
        "empty on gray screens and in movies."
    ),
    "movie_frame_index": Term("Number of the movie's frame; −99 outside movies."),
    "duration": Term(
        "How long it was on the screen, nominally 0.25; 2021 files have none for omissions.", "s"
    ),
    "start_time": Term(
        "When it appeared on the screen. Includes the display delay, except in 2021 files.", "s"
    ),
    "end_time": Term(
        "When it vanished. Includes the display delay, except in 2021 files.", "s", "stop_time"
    ),
    "start_frame": Term("First stimulus frame: an index of stimulus_timestamps."),
    "end_frame": Term("Stimulus frame at which it ended: an index of stimulus_timestamps."),
    "is_change": Term("True where the image differs from the one before (omissions aside)."),
    "is_image_novel": Term("True where the mouse had not seen the image in earlier sessions."),
    "omitted": Term("True where the screen stayed gray although a flash was due (5 % in imaging)."),
    "movie_repeat": Term("Which repeat of the movie it belongs to; −99 outside movies."),
    "flashes_since_change": Term(
        "How many images were shown since the last change, 0 at the change itself. It counts on "
        "after the task, where it means nothing."
    ),
    "trials_id": Term("The trial it fell into; −99 before the first and after the last."),
    "active": Term("True in the block that holds the trials, in passive sessions as well."),
    "stimulus_name": Term("The stimulus it is part of: an image set, gratings, a movie, gray."),
    "is_sham_change": Term("True where a catch trial had its pretended change."),
    "image_set": Term("The set that the image belongs to, as the file names it."),
    "index": Term("The presentation's number: the same as stimulus_presentations_id."),
    "orientation": Term("Orientation of the grating.", "degrees"),
    "phase": Term("Phase of the grating."),
    "spatial_frequency": Term("Spatial frequency of the grating."),
}
TEMPLATES = {
    "image_name": Term("Name of the image: the row's label."),
    "unwarped": Term("The image as seen from the eye, NaN where the screen ends; gray 0 to 255."),
    "warped": Term("The image as sent to the flat monitor, bent for its nearness; gray 0 to 255."),
}

TRIALS = {
    "trials_id": TRIALS_ID,
    "start_time": Term("When the trial began, without display delay.", "s"),
    "stop_time": Term("When the trial ended, without display delay.", "s"),
    "initial_image_name": Term("The image shown before the change."),
    "change_image_name": Term("The image shown after the change; the same one in catch trials."),
    "is_change": Term(
        "True where the image really changed: go trials and free-reward trials, not aborted ones.",
        formerly="stimulus_change",
    ),
    "change_time": Term(
        "When the changed image (in catch trials: the pretended change) was on the screen; "
        "includes the display delay. NaN in aborted trials.",
        "s",
    ),
    "go": Term("True for trials with a change that counts: not aborted, no free reward."),
    "catch": Term("True for trials in which a change was only pretended, to measure guessing."),
    "lick_times": Term("Times of all licks of the trial; they can fall after its end.", "s"),
    "response_time": Term(
        "Time of the first lick that was taken as the response; NaN without one.", "s"
    ),
    "response_latency": Term(
        "First lick minus change time; inf without a lick, NaN in aborted trials. A response "
        "counts from 0.15 to 0.75.",
        "s",
    ),
    "reward_time": Term("When water was given, earned or free; NaN where none was.", "s"),
    "reward_volume": Term("Water given in the trial: 0.007 earned, 0.005 free, 0 none.", "ml"),
    "hit": Term(f"Go trial with a lick in {RESPONSE}."),
    "false_alarm": Term(f"Catch trial with a lick in {RESPONSE}, as if there had been a change."),
    "miss": Term(f"Go trial without a lick in {RESPONSE}."),
    "correct_reject": Term(f"Catch trial without a lick in {RESPONSE}."),
    "aborted": Term("True where the mouse licked before the change, which ended the trial."),
    "auto_rewarded": Term("True where water came with the change whatever the mouse did."),
    "change_frame": Term(
        "Stimulus frame of the change or the pretended change; −99 in aborted trials."
    ),
    "trial_length": Term("Duration of the trial: stop_time − start_time.", "s"),
}
ADDED_TO_TRIALS = {
    "trial_type": Term("What was planned or became of it: go, catch, auto-rewarded or aborted."),
    "outcome": Term("The one of hit, miss, false alarm, correct reject, aborted, auto-rewarded."),
}

TRAILING = "over the last 100 trials that were not aborted; NaN in aborted ones"
ROLLING = {
    "trials_id": TRIALS_ID,
    "reward_rate": Term(
        "Go, catch and free-reward trials answered within 0.75 s, per minute, among 25 trials "
        "before and 24 after. NaN in the first ten trials.",
        "rewards/min",
    ),
    "hit_rate_raw": Term(f"Hits among go trials, {TRAILING}. Uncorrected."),
    "hit_rate": Term(
        f"Hits among go trials, {TRAILING}. Kept between 1/(2N) and 1 − 1/(2N) for N go trials, "
        "so that few trials do not give certainty."
    ),
    "false_alarm_rate_raw": Term(f"False alarms among catch trials, {TRAILING}. Uncorrected."),
    "false_alarm_rate": Term(
        f"False alarms among catch trials, {TRAILING}. Kept between 1/(2N) and 1 − 1/(2N) for N "
        "catch trials."
    ),
    "rolling_dprime": Term(
        "d′: how well changes are told from pretended changes; z(hit rate) − z(false-alarm rate) "
        "of the corrected rates, at most 4.65. 0 is guessing."
    ),
}

BEHAVIOR_ATTRIBUTES = (
    Attribute(
        "behavior_session_id",
        "behavior_session_id",
        "Number of the behaviour session; planes imaged together share it.",
        "number",
    ),
    Attribute(
        "licks",
        "licks",
        "Every lick of the session. Passive sessions have none.",
        "table",
        columns=LICKS,
    ),
    Attribute(
        "rewards",
        "rewards",
        "Every drop of water, earned or free. Passive sessions have none.",
        "table",
        columns=REWARDS,
    ),
    Attribute(
        "running_speed",
        "running_speed",
        "Running on the wheel, low-pass filtered before it was stored.",
        "table",
        columns=RUNNING,
    ),
    Attribute(
        "raw_running_speed",
        "raw_running_speed",
        "Running on the wheel, unfiltered.",
        "table",
        columns=RAW_RUNNING,
    ),
    Attribute(
        "stimulus_presentations",
        "stimulus_presentations",
        "What the screen showed: a row per flash, omission, gray screen and movie frame.",
        "table",
        columns=PRESENTATIONS,
    ),
    Attribute(
        "stimulus_templates",
        "stimulus_templates",
        "The images themselves, a row per image, 1200 × 1920 px each.",
        "table",
        columns=TEMPLATES,
    ),
    Attribute(
        "stimulus_timestamps",
        "stimulus_timestamps",
        "Time of every stimulus frame (about 60 Hz), without display delay; columns that end in "
        "_frame are indices of it.",
        "array",
        "s",
    ),
    Attribute(
        "trials",
        "trials",
        "A row per trial: its images, licks, reward and outcome.",
        "table",
        columns=TRIALS,
        added=ADDED_TO_TRIALS,
    ),
    Attribute(
        "rolling_performance",
        "get_rolling_performance_df()",
        "Rates of hits and false alarms, d′ and reward rate at every trial.",
        "table",
        columns=ROLLING,
    ),
    Attribute(
        "reward_rate",
        "get_reward_rate()",
        "The reward rate at every trial: the column of the same name in the rolling performance.",
        "array",
        "rewards/min",
    ),
)
