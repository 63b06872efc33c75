"""Ids of the notes drawer's elements."""

from __future__ import annotations

from enum import StrEnum


class Ids(StrEnum):
    """Element ids; the docstring of ``drawer`` describes the stores."""

    BUTTON = "notes-button"
    DRAWER = "notes-drawer"
    CLOSE = "notes-close"
    UNDO = "notes-undo"
    LIST = "notes-list"
    LIST_LATE = "notes-list-late"

    FORM = "notes-form"
    LABEL = "notes-label"
    TEXT = "notes-text"
    SUBJECT = "notes-subject"
    PANEL = "notes-panel"
    AT_TIME = "notes-at-time"
    OF_CELL = "notes-of-cell"
    AUTHOR = "notes-author"
    SAVE = "notes-save"
    ANEW = "notes-anew"
    TOLD = "notes-told"
    LATE = "notes-late"

    ABOUT = "notes-about"
    HERE = "notes-here"
    GESTURE = "notes-gesture"
    CORRECTS = "notes-corrects"
    ANSWER = "notes-answer"
    OPENED = "notes-opened"
    SAVED = "notes-saved"
    NOTES = "notes-all"
    VERDICT = "notes-verdict"
    MARKS = "notes-marks"
