"""The button that puts an experiment on the list to compare (assets/compare/compare.js)."""

from __future__ import annotations

from dash import html


def compare_button(ophys_experiment_id: int) -> html.Button:
    """A button that adds the experiment to the comparison that the top bar's link opens."""
    return html.Button(
        "+ compare",
        className="quiet-button compare-add",
        title="Put this experiment beside others (Compare in the top bar)",
        **{"data-experiment": str(ophys_experiment_id)},
    )
