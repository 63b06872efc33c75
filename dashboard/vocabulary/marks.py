"""Symbols of verdicts and of note labels, shown with their colours."""

from __future__ import annotations

from data_layer.quality.checks.check import VERDICTS, Verdict

VERDICT_SYMBOLS: dict[Verdict, str] = {"fail": "✕", "look": "!", "pass": "✓", "not applicable": "–"}
"""Worst first."""
VERDICT_LETTERS: dict[Verdict, str] = {verdict: verdict[0] for verdict in VERDICTS}
"""The letters for verdicts in the QC page's document."""
LABEL_SYMBOLS = {"good": "✓", "look again": "?", "bad": "✕", "note": "•"}


def verdict_class(verdict: Verdict) -> str:
    """The CSS class of a verdict (``assets/qc/qc.css``)."""
    return verdict.replace(" ", "-")
