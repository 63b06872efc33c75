"""Text and colour of the labels of notes."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.vocabulary.marks import LABEL_SYMBOLS


def shown(labels: Iterable[str]) -> str:
    """Labels with their symbols as one text, separated by commas."""
    return ", ".join(f"{LABEL_SYMBOLS.get(label, '')} {label}".strip() for label in labels)


def swatch(label: str) -> str:
    """The CSS colour of a label (``dashboard/theme/palettes.py``); unknown labels are muted."""
    return f"var(--label-{label.replace(' ', '-')}, var(--muted))"
