"""How the labels of notes look wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.vocabulary.marks import LABEL_SYMBOLS


def shown(labels: Iterable[str]) -> str:
    """Labels with their symbols, as tables have them."""
    return ", ".join(f"{LABEL_SYMBOLS.get(label, '')} {label}".strip() for label in labels)


def swatch(label: str) -> str:
    """The colour of a label, which ``assets/notes/notes.css`` names; muted for any other."""
    return f"var(--label-{label.replace(' ', '-')}, var(--muted))"
