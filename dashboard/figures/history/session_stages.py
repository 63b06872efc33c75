"""The stages of a mouse's sessions as a coloured strip with short names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.history.session_bars import PALE, bars
from dashboard.figures.literal import literal

# Up to EACH_LABELLED sessions each have a label; with more, runs of a stage have one.
EACH_LABELLED, STRIP_PIXELS = 30, 640
LETTER = 8  # px
NARROW = 300  # px, a strip on a phone: by date, runs of a few days lie close to each other there


def stage_strip(history: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    """Traces of the short session types, coloured by experience level; pale without a file."""
    traces = []
    absent = ~history["here"].to_numpy(bool)
    levels = np.array([_level(row) for row in _rows(history)], dtype=object)
    for level in dict.fromkeys(levels.tolist()):
        chosen = levels == level
        values = np.where(chosen, 1.0, np.nan)
        drawn = bars(values, theme.MUTED, literal(level), width=width, pale=absent, hover="%{text}")
        drawn["marker"] |= _colors(history, absent)
        words = [_words(row) if on else "" for row, on in zip(_rows(history), chosen, strict=True)]
        labels = {
            "type": "scatter",
            "mode": "text",
            "y": np.where(chosen, 0.5, np.nan),
            "text": _labels(history, by_date=width > 1),
            "hoverinfo": "skip",
            "textfont": {
                "size": 10,
                "color": [
                    theme.INK if one or level == "Training" else theme.PAPER
                    for one in absent.tolist()
                ],
            },
        }
        traces += [drawn | {"text": words, "textposition": "none"}, labels]
    return traces


def _colors(history: pd.DataFrame, absent: NDArray[np.bool_]) -> dict[str, Any]:
    """Training gets darker from stage to stage; imaging has the colour of its experience level."""
    colors = [_color(row) for row in _rows(history)]
    filled = [
        theme.translucent(color, PALE) if pale else color
        for color, pale in zip(colors, absent.tolist(), strict=True)
    ]
    widths = [1.0 if pale else 0.0 for pale in absent.tolist()]
    return {"color": filled, "line": {"color": colors, "width": widths}}


def _color(row: Mapping[Any, Any]) -> str:
    level, stage = _level(row), short_stage(theme.fact(row["session_type"]))
    if level == "Training" and stage[1:].isdigit():
        return theme.TRAINING_COLORS[min(int(stage[1:]), 5)]
    return theme.EXPERIENCE_COLORS.get(level, theme.MUTED)


def _labels(history: pd.DataFrame, *, by_date: bool) -> list[str]:
    """The stage of each session; with many sessions, one label per run that has room for it."""
    labels = _labels_of_runs(history)
    return _apart(labels, history["date_of_acquisition"]) if by_date else labels


def _apart(labels: list[str], dates: pd.Series[Any]) -> list[str]:
    """The labels without those that would touch the one before, where sessions stand by date."""
    first, last = dates.min(), dates.max()
    free, kept = -np.inf, []
    for label, date in zip(labels, dates, strict=True):
        place = (date - first) / (last - first) * NARROW if last > first else 0.0
        half = LETTER * len(label) / 2
        has_room = bool(label) and place - half >= free
        free = place + half if has_room else free
        kept.append(label if has_room else "")
    return kept


def _labels_of_runs(history: pd.DataFrame) -> list[str]:
    names = [literal(short_stage(theme.fact(name))) for name in history["session_type"]]
    if len(names) <= EACH_LABELLED:
        return names
    labels = [""] * len(names)
    start = 0
    for stop in range(1, len(names) + 1):
        if stop == len(names) or names[stop] != names[start]:
            if (stop - start) * STRIP_PIXELS / len(names) > LETTER * len(names[start]):
                labels[(start + stop - 1) // 2] = names[start]
            start = stop
    return labels


def short_stage(session_type: str) -> str:
    """The stage in short: ``T3`` for ``TRAINING_3_images_A_10uL_reward``.

    Passive sessions have a p: ``O5p`` for ``OPHYS_5_images_B_passive``.
    """
    found = re.match(r"([A-Z])[A-Z]+_(\d+)", session_type)
    if not found:
        return "?" if session_type == theme.UNKNOWN else session_type[:3]
    return found[1] + found[2] + ("p" if "passive" in session_type else "")


def _rows(history: pd.DataFrame) -> list[dict[Any, Any]]:
    return history.to_dict("records")


def _words(row: Mapping[Any, Any]) -> str:
    where = "on this machine" if row["here"] else "not on this machine"
    task = "" if row["active"] else "<br>passive viewing: performance is not applicable"
    numbers = {"file": "from the file", "table": "counts from the table", "": "no counts"}
    mean = row["mean_dprime"]
    known = pd.notna(mean) and row["active"]
    rolling = f"<br>mean rolling d′ (AllenSDK) {mean:.2f}" if known else ""
    session_type = theme.fact(row["session_type"], "session type")
    return (
        f"<b>{literal(session_type)}</b><br>{literal(_level(row))}, "
        f"{theme.day(row['date_of_acquisition'])}"
        f"<br>{where}; {numbers[row['source']]}{task}{rolling}"
    )


def _level(row: Mapping[Any, Any]) -> str:
    return theme.fact(row["experience_level"], "experience level")
