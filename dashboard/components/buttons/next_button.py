"""A button that goes to the next recording without a verdict (``assets/qc/next.js``)."""

from __future__ import annotations

from dash import html

KEY = "x"


def next_button() -> html.Button:
    """The button; a page has one at most."""
    return html.Button(
        "next ▸",
        id="next-unreviewed",
        className="quiet-button",
        title=f"Next recording without a verdict, in the order of QC ({KEY})",
        **{"aria-label": "next recording without a verdict", "aria-keyshortcuts": KEY},
    )
