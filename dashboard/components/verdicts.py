"""Verdicts of quality checks as elements: a symbol in a colour, with the word as its title."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html

from dashboard.vocabulary.marks import VERDICT_SYMBOLS, verdict_class
from data_layer.quality.checks.check import VERDICTS, Verdict


def mark(verdict: Verdict) -> html.Span:
    """The symbol of a verdict in its colour; tooltip and screen readers give the word."""
    return html.Span(
        VERDICT_SYMBOLS[verdict],
        className=f"verdict {verdict_class(verdict)}",
        title=verdict,
        role="img",
        **{"aria-label": verdict},
    )


def counted(verdicts: Iterable[Verdict]) -> list[tuple[Verdict, int]]:
    """The number of each verdict that occurs, worst first."""
    every = list(verdicts)
    return [(verdict, n) for verdict in VERDICTS if (n := every.count(verdict))]


def summary_line(verdicts: Iterable[Verdict]) -> list[html.Span]:
    """The counts as text, ``2 fail, 3 look, 28 pass, 4 not applicable``, each with its symbol."""
    counts = counted(verdicts)
    return [
        html.Span([mark(verdict), f" {n} {verdict}", ", " if i < len(counts) - 1 else ""])
        for i, (verdict, n) in enumerate(counts)
    ]
