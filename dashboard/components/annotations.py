"""How the labels of notes look wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable

SYMBOLS = {"good": "✓", "look again": "?", "bad": "✕", "note": "•"}


def shown(labels: Iterable[str]) -> str:
    """Labels with their symbols, as tables have them."""
    return ", ".join(f"{SYMBOLS.get(label, '')} {label}".strip() for label in labels)


def swatch(label: str) -> str:
    """The colour of a label, which ``assets/notes/notes.css`` names; muted for any other."""
    return f"var(--label-{label.replace(' ', '-')}, var(--muted))"
