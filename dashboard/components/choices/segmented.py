"""A choice between a few values as a row of buttons."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc


def segmented(id_: str, choices: Mapping[str, str], chosen: str) -> dbc.RadioItems:
    """Radio buttons in a row, which the arrow keys walk because they have a name in common.

    ``choices`` maps each value to its text; the first one is chosen where ``chosen`` is unknown.
    """
    return dbc.RadioItems(
        id=id_,
        name=id_,
        value=chosen if chosen in choices else next(iter(choices)),
        options=[{"label": text, "value": value} for value, text in choices.items()],
        className="segmented",
        inputClassName="btn-check",
        labelClassName="segment",
        labelCheckedClassName="chosen",
    )
