"""Trial outcomes as options of a checklist, each with its symbol and colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard import theme
from dashboard.theme.stylesheet import css
from dashboard.vocabulary.glossary import OUTCOMES

ONLY = "Click: show or hide. Double click, or Enter: show only these, and again for all."


def outcome_options(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Options of a checklist: symbol, outcome and number of trials."""
    return [{"label": _label(outcome, n), "value": outcome} for outcome, n in counts.items()]


def _label(outcome: str, n: int) -> html.Span:
    color = theme.OUTCOME_COLORS.get(outcome, theme.MUTED)
    return html.Span(
        [
            html.Span(
                theme.OUTCOME_GLYPHS[outcome],
                className="outcome-glyph",
                style={"color": css(color)},
            ),
            theme.OUTCOME_LABELS.get(outcome, outcome),
            html.B(f"{n:,}"),
        ],
        className="outcome-label",
        title=f"{OUTCOMES.get(outcome, '')} {ONLY}".strip(),
    )
