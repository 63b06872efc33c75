"""The rows of the timeline: each function turns slices into traces without axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.color_image import color_image
from dashboard.figures.literal import literal
from dashboard.figures.shapes import box_trace, strokes
from data_layer.values.slices import UNNAMED, MarkSlice, MatrixSlice, SignalSlice, SpanSlice
from data_layer.values.window import Window

MIN_TEXT_PIXELS = 76
MIN_SYMBOL_PIXELS = 12
TRIALS_LABEL = "trials<br>change ▴ catch ▾"
MOST_IMAGE_ROWS = 256
BLINK_COLOR = theme.translucent(theme.PUPIL_COLOR, 0.25)
BLINK_NOTE = f"<br><span style='color:{theme.MUTED}'>▒ blink</span>"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its label, its share of the height, what it draws, and the cells a click selects.

    ``label`` may have Plotly's markup; the reasons in ``notes`` are plain text.

    ``traces`` and ``strokes`` (shapes) get their axes when ``timeline`` places the row.
    """

    name: str
    label: str
    unit: str = ""
    weight: float = 1.0
    traces: Sequence[dict[str, Any]] = ()
    y_range: tuple[float, float] = (0.0, 1.0)
    show_ticks: bool = False
    image: str | None = None
    image_span: tuple[float, float] = (0.0, 1.0)
    image_height: int = 0
    cells: Sequence[int] = ()
    selected: Sequence[int] = ()
    color: str = theme.INK
    notes: dict[str, Any] = field(default_factory=dict)
    strokes: Sequence[dict[str, Any]] = ()


def stimulus_row(
    flashes: SpanSlice, changes: MarkSlice, omissions: MarkSlice, image_names: list[str]
) -> Row:
    """Flashes in the colour of their image, changes as lines, omissions as dashed lines."""
    traces = [
        _spans(
            flashes,
            flashes.labels == name,
            theme.image_color(name, image_names),
            literal(name),
        )
        for name in image_names
    ]
    traces.append(_spans(flashes, flashes.labels == UNNAMED, theme.FLASH_COLOR, UNNAMED))
    shown = np.isin(flashes.labels.astype(str), [*image_names, UNNAMED, "omitted", "gray screen"])
    traces.append(_spans(flashes, ~shown, theme.MOVIE_COLOR, "movie"))
    color = theme.OMISSION_COLOR
    marks = [
        strokes(changes.times, theme.INK, "change", low=-0.12, high=1.12, width=1.6),
        strokes(omissions.times, color, "omission", width=1.6, dash="3px,2px"),
    ]
    return Row(
        "stimulus", "stimulus", weight=0.55, traces=traces, strokes=marks, y_range=(-0.15, 1.15)
    )


def _spans(spans: SpanSlice, chosen: Any, color: str, name: str) -> dict[str, Any]:
    return box_trace(spans.starts[chosen], spans.stops[chosen], color, name)


def trials_row(trials: SpanSlice, window: Window) -> Row:
    """Trials in the colour and at the height of their outcome, with its name where there is room.

    Where there is room for one character, its symbol.
    """
    traces = [_trials_of(trials, outcome) for outcome in theme.OUTCOME_COLORS]
    starts = np.maximum(trials.starts, window.start)
    stops = np.minimum(trials.stops, window.stop)
    pixels = (stops - starts) / window.seconds_per_pixel
    wide = pixels > MIN_SYMBOL_PIXELS
    named = pixels[wide] > MIN_TEXT_PIXELS
    labels = [str(label) for label in trials.labels[wide]]
    words = [
        _words(label) if one else _symbol(label) for label, one in zip(labels, named, strict=True)
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "text",
            "name": "outcome",
            "text": words,
            "hoverinfo": "skip",
            "x": (starts[wide] + stops[wide]) / 2,
            "y": np.array([_beside(label) for label in labels]),
            "textfont": {"size": 10, "color": theme.INK},
        }
    )
    return Row("trials", TRIALS_LABEL, weight=0.6, traces=traces, y_range=(-1.15, 1.15))


def _trials_of(trials: SpanSlice, outcome: str) -> dict[str, Any]:
    chosen = trials.labels == outcome
    low, high = theme.OUTCOME_EXTENTS[outcome]
    color, name = theme.OUTCOME_COLORS[outcome], theme.OUTCOME_LABELS[outcome]
    return box_trace(trials.starts[chosen], trials.stops[chosen], color, name, low=low, high=high)


def _words(outcome: str) -> str:
    return theme.OUTCOME_LABELS.get(outcome, literal(outcome))


def _symbol(outcome: str) -> str:
    return theme.OUTCOME_GLYPHS.get(outcome, theme.OUTCOME_GLYPHS["unknown"])


def _beside(outcome: str) -> float:
    """The height of a trial's text: in the half of the row that its mark leaves empty."""
    low, high = theme.OUTCOME_EXTENTS.get(outcome, (0.0, 0.0))
    return -0.5 if low + high >= 0 else 0.5


def licks_row(licks: MarkSlice, rewards: MarkSlice) -> Row:
    """Licks as lines; earned rewards as filled triangles, free ones as hollow diamonds."""
    free = rewards.flags["auto_rewarded"]
    traces = [
        _reward_trace(rewards.times[~free], "earned reward", "triangle-up", theme.REWARD_COLOR),
        _reward_trace(rewards.times[free], "auto reward", "diamond-open", theme.AUTO_REWARD_COLOR),
    ]
    marks = [strokes(licks.times, theme.LICK_COLOR, "lick", low=0.0, high=0.55)]
    return Row(
        "licks",
        "licks ❙ rewards ▲<br>auto rewards ◇",
        weight=0.5,
        traces=traces,
        strokes=marks,
        y_range=(-0.05, 1.1),
    )


def _reward_trace(times: Any, name: str, symbol: str, color: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": times,
        "y": np.full(len(times), 0.82),
        "name": name,
        "hoverinfo": "skip",
        "marker": {"symbol": symbol, "size": 8, "color": color},
    }


def line_trace(signal: SignalSlice, color: str, width: float = 1.0) -> dict[str, Any]:
    """A signal as a line with gaps where values are missing.

    It is not simplified: Plotly leaves out points beside the axis, where the hand finds them.
    """
    return {
        "type": "scatter",
        "mode": "lines",
        "x": signal.times,
        "y": signal.values.astype(np.float32),
        "name": signal.name,
        "connectgaps": False,
        "line": {"color": color, "width": width, "simplify": False},
        "hoverinfo": "skip",
    }


def signal_row(  # noqa: PLR0913 - what a row shows and how it is drawn
    name: str,
    label: str,
    unit: str,
    lines: Sequence[tuple[SignalSlice, str]],
    session_range: tuple[float, float],
    *,
    weight: float = 1.0,
    cells: Sequence[int] = (),
    color: str = theme.INK,
) -> Row:
    """Lines on a common y axis, which covers ``session_range`` and all values drawn."""
    traces = [line_trace(signal, line_color) for signal, line_color in lines]
    low, high = session_range
    for signal, _ in lines:
        known = signal.values[np.isfinite(signal.values)]
        if len(known):
            low, high = min(low, float(known.min())), max(high, float(known.max()))
    pad = (high - low) * 0.06 or 1.0
    return Row(
        name, label, unit, weight, traces, (low - pad, high + pad), True, cells=cells, color=color
    )


def with_blinks(row: Row, blinks: SpanSlice, window: Window) -> Row:
    """The row with likely blinks as shaded bands behind its lines."""
    low, high = row.y_range
    bands = box_trace(
        blinks.starts,
        blinks.stops,
        BLINK_COLOR,
        "likely blink",
        low=low,
        high=high,
        narrowest=window.seconds_per_pixel,
    )
    return replace(row, traces=[bands, *row.traces], label=row.label + BLINK_NOTE)


def highest_of(values: NDArray[np.float32], together: int) -> NDArray[np.float32]:
    """The maximum of every ``together`` rows of (n, columns); the last group may have fewer."""
    if together <= 1:
        return values
    maxima = values[::together].copy()
    for nth in range(1, together):
        others = values[nth::together]
        np.fmax(maxima[: len(others)], others, out=maxima[: len(others)])
    return maxima


def absent_row(name: str, label: str, reason: str) -> Row:
    """A low row with the reason why it is empty."""
    text = {
        "type": "scatter",
        "mode": "text",
        "x": [],
        "y": [],
        "text": [],
        "name": "absent",
        "hoverinfo": "skip",
    }
    return Row(name, label, weight=0.4, traces=[text], notes={"absent": reason})


def activity_row(
    name: str, label: str, matrix: MatrixSlice, cells: Sequence[int], selected: Sequence[int]
) -> Row:
    """The activity of all cells as an image, first cell on top.

    If there are more cells than pixels, each pixel shows the maximum of its cells. ``cells`` are
    the ids that clicks select.
    """
    together = -(-len(cells) // MOST_IMAGE_ROWS)
    values = highest_of(matrix.values, together)
    label += f"<br>max of {together} neighbours" if together > 1 else ""
    return Row(
        name,
        label,
        theme.scale_words(0.0, matrix.top, matrix.unit),
        weight=max(1.2, min(3.2, 0.06 * len(cells))),
        y_range=(len(cells) - 0.5, -0.5),
        image=color_image(values, matrix.top),
        image_height=len(values) * together,
        image_span=(float(matrix.edges[0]), float(matrix.edges[-1])),
        cells=cells,
        selected=selected,
        notes={"top": matrix.top, "activity": matrix.name},
    )
