"""A choice of few, as buttons side by side."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc


def segmented(id_: str, choices: Mapping[str, str], chosen: str) -> dbc.RadioItems:
    """Buttons of which one is pressed; ``choices`` says what each value is called."""
    return dbc.RadioItems(
        id=id_,
        value=chosen if chosen in choices else next(iter(choices)),
        options=[{"label": text, "value": value} for value, text in choices.items()],
        className="segmented",
        inputClassName="btn-check",
        labelClassName="segment",
        labelCheckedClassName="chosen",
    )
