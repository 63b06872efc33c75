"""The keyboard shortcuts: their keys, their actions and their texts in the list of keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One line in the list of keys.

    ``actions`` maps each key, as ``KeyboardEvent.key`` names it, to the name of its action; what is
    done with the pointer has none.
    """

    keys: str
    text: str
    actions: Mapping[str, str]


SHORTCUTS = (
    Shortcut(
        "← →",
        "move the time window; hold to go on",
        {"ArrowLeft": "move back", "ArrowRight": "move forward"},
    ),
    Shortcut("+ −", "zoom in, zoom out", {"+": "zoom in", "=": "zoom in", "-": "zoom out"}),
    Shortcut("a", "whole session", {"a": "whole session"}),
    Shortcut(
        "t c o r",
        "next trial, change, omission, reward; with shift the previous",
        {
            "t": "next trial",
            "T": "previous trial",
            "c": "next change",
            "C": "previous change",
            "o": "next omission",
            "O": "previous omission",
            "r": "next reward",
            "R": "previous reward",
        },
    ),
    Shortcut(
        "h s f e",
        "next hit, miss, false alarm, correct reject; with shift the previous",
        {
            "h": "next hit",
            "H": "previous hit",
            "s": "next miss",
            "S": "previous miss",
            "f": "next false_alarm",
            "F": "previous false_alarm",
            "e": "next correct_reject",
            "E": "previous correct_reject",
        },
    ),
    Shortcut("drag", "move the timeline; with shift zoom into a box, Esc drops it", {}),
    Shortcut(
        "wheel", "zoom the timeline at the pointer, as pinching; sideways or with shift move it", {}
    ),
    Shortcut(
        "p , .",
        "play or pause the replay; previous, next flash",
        {"p": "play", ",": "previous flash", ".": "next flash"},
    ),
    Shortcut(
        "j k",
        "next, previous cell; with shift the next less bright, the brightest",
        {
            "j": "next cell",
            "k": "previous cell",
            "J": "less bright cell",
            "K": "brightest cell",
        },
    ),
    Shortcut(
        "m",
        "the panel with the focus, or under the pointer, fills the page; m or Esc leaves",
        {"m": "maximise"},
    ),
    Shortcut(
        "n",
        "notes on this recording; with shift a note at the moment shown",
        {"n": "notes", "N": "note here"},
    ),
    Shortcut(
        "g l b",
        "verdict on this recording: good, look again, bad",
        {"g": "verdict good", "l": "verdict look", "b": "verdict bad"},
    ),
    Shortcut("u", "take your last verdict on this recording back", {"u": "undo verdict"}),
    Shortcut("x", "next recording without a verdict, as QC lists them", {"x": "next unreviewed"}),
    Shortcut("/", "search on Explore", {"/": "search"}),
    Shortcut("?", "this list", {"?": "help"}),
)
