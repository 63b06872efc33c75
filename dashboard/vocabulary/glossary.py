"""The words of the task and of the data set, for those who meet them for the first time."""

from __future__ import annotations

from collections.abc import Mapping

OUTCOMES: Mapping[str, str] = {
    "hit": "The image changed, and the mouse licked 150 to 750 ms after the change: it gets water.",
    "miss": "The image changed, and the mouse did not lick 150 to 750 ms after the change.",
    "false_alarm": "Catch trial: the image did not change, but the mouse licked as after a change.",
    "correct_reject": "Catch trial: the image did not change, and the mouse did not lick.",
    "aborted": "The mouse licked before the change was due: the trial ends without one.",
    "auto_rewarded": "The image changed, and water came whatever the mouse did, as in the first "
    "five trials.",
}
"""What each outcome of a trial means, by its name in ``dashboard.theme.OUTCOME_LABELS``."""

GLOSSARY: Mapping[str, str] = {
    "flash": "An image, shown for 250 ms every 750 ms, with gray between.",
    "change": "The first flash of another image. Times of changes include the monitor's delay.",
    "omission": "A flash that is left out: the screen stays gray. About 5 % of flashes in imaging "
    "sessions, never the change nor the flash before it.",
    "go, catch": "Trials with a change, and trials in which only its time is noted.",
    "d′": "How well changes are told from catch trials: z(hit rate) − z(false-alarm rate). 0 is "
    "chance. Rolling: over the last 100 trials that were not aborted.",
    "engaged": "More than 2 rewards per minute around the trial.",
    "passive": "The same flashes without the spout: no licks, no rewards.",
    "dF/F": "Fluorescence of a cell, as the change from its baseline relative to the baseline.",
    "events": "When and how strongly calcium rose, found in dF/F; filtered events are smoothed.",
    "Familiar, Novel": "Images that the mouse was trained with, and others: Novel 1 is their first "
    "session, Novel >1 a later one.",
    "experiment": "One imaging plane in one session; a session may have up to eight.",
    "container": "One imaging plane, followed over days.",
    "cell_specimen_id": "One cell on all days of its container; cell_roi_id is its mask on one.",
}
"""Other words, in the order in which they are listed."""
