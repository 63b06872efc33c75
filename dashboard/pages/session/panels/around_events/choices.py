"""The choices of the panel ``events``, parsed from the page's options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.urls import EVENT_OPTIONS
from dashboard.vocabulary.signals import BEHAVIOR_SIGNALS, CELL_SIGNALS
from data_layer.around_events.splits import SPLITS
from data_layer.around_events.times import IMAGE, KINDS, EventKind, Span, kind_of_event
from data_layer.derived.reward_rate import ENGAGED_REWARD_RATE
from data_layer.values.slices import Floats

WHOSE = {
    "cells": "selected cells",
    "population": "mean of all cells",
    "every": "every cell",
}
BANDS = {"sem": "± SEM", "bootstrap": "bootstrap 95 %"}
CELL_ORDERS = {
    "response": "response",
    "image": "preferred image",
    "depth": "position, top to bottom",
    "clusters": "likeness (clusters)",
}
MAX_DISTANCE = 120.0  # s
WINDOWS = ("around", "response", "baseline")
"""The typed windows, in s from the event."""
_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices; windows are in seconds from the event."""

    event: str
    signal: str
    of: str
    split: str
    around: Span
    baseline: Span
    response: Span
    subtract: bool
    band: str
    at: tuple[float, ...]
    engaged: float
    order: str

    @property
    def kind(self) -> EventKind:
        """The chosen kind of event."""
        return kind_of_event(self.event)

    @property
    def is_of_cells(self) -> bool:
        """Whether the signal is one of cells, not of behaviour."""
        return self.signal in CELL_SIGNALS

    @property
    def typed(self) -> Floats:
        """The times (s) that the user typed."""
        return np.asarray(self.at, np.float64)

    @classmethod
    def of_options(cls, options: Mapping[str, Any], *, has_cells: bool) -> Choices:
        """Parse the options; invalid values give the defaults."""
        said = {name: str(options.get(name) or usual) for name, usual in EVENT_OPTIONS.items()}
        event = said["event"]
        if event not in KINDS and not event.startswith(IMAGE):
            event = EVENT_OPTIONS["event"]
        kind = kind_of_event(event)
        signals = (CELL_SIGNALS if has_cells else {}) | BEHAVIOR_SIGNALS
        engaged = numbers(said["engaged"])
        return cls(
            event=event,
            signal=_one_of(said["signal"], signals),
            of=_one_of(said["of"], WHOSE),
            split=_one_of(said["split"], SPLITS, EVENT_OPTIONS["split"]),
            around=span_of(said["around"], kind.span),
            baseline=span_of(said["baseline"], kind.baseline),
            response=span_of(said["response"], kind.response),
            subtract=said["subtract"] == "yes",
            band=_one_of(said["band"], BANDS),
            at=numbers(said["at"]),
            engaged=engaged[0] if engaged else ENGAGED_REWARD_RATE,
            order=_one_of(said["order"], CELL_ORDERS),
        )


def misread(options: Mapping[str, Any], choices: Choices) -> list[str]:
    """A sentence for each typed window that is none, in whose place the usual one is drawn."""
    typed = {name: str(options.get(name) or "") for name in WINDOWS}
    return [
        f"“{text[:20]}” is not a window ({name}): two times in s are, the earlier first, "
        f"such as {span_text(getattr(choices, name))}, which is used."
        for name, text in typed.items()
        if text.strip() and not _is_span(text)
    ]


def _is_span(text: str) -> bool:
    found = numbers(text)
    return len(found) == 2 and found[0] < found[1]


def numbers(text: str) -> tuple[float, ...]:
    """All numbers in a text, with any characters between them."""
    return tuple(float(part.replace("−", "-")) for part in _NUMBER.findall(text))


def span_of(text: str, usual: Span) -> Span:
    """The window (s) of two numbers in a text, at most 2 min from the event, else ``usual``."""
    found = numbers(text)
    start, stop = np.clip(found, -MAX_DISTANCE, MAX_DISTANCE).tolist() if len(found) == 2 else usual
    return (start, stop) if stop > start else usual


def span_text(span: Span) -> str:
    """A window as text, as a user would type it."""
    return f"{span[0]:g}, {span[1]:g}"


def _one_of(said: str, known: Mapping[str, str], usual: str | None = None) -> str:
    return said if said in known else usual or next(iter(known))
