"""The button that puts an experiment on the list to compare (assets/compare/compare.js)."""

from __future__ import annotations

from dash import html


def compare_button(ophys_experiment_id: int) -> html.Button:
    """Adds the experiment to the list that the top bar's Compare opens."""
    return html.Button(
        "+ compare",
        className="quiet-button compare-add",
        title="Put this experiment beside others (Compare in the top bar)",
        **{"data-experiment": str(ophys_experiment_id)},
    )
