"""Labels and colours of the groups in the panel ``events``, and the note below the figure."""

from __future__ import annotations

from dashboard import theme
from dashboard.pages.session.panels.around_events.asked import Asked
from dashboard.pages.session.recording import name_of


def group_labels(asked: Asked) -> list[str]:
    """The groups' labels in the figure, which include the property that divides them."""
    suffix = {
        "engaged": f" (> {asked.choices.engaged:g} rewards/min)",
        "running": " (> 2 cm/s)",
    }
    if asked.choices.split == "none":
        return [_all_of(asked)]
    words = theme.OUTCOME_LABELS
    return [words.get(label, label) + suffix.get(label, "") for label in asked.split.labels]


def _all_of(asked: Asked) -> str:
    if not asked.choices.is_of_cells:
        return "all events"
    if asked.choices.of == "cells":
        return f"cell {asked.cells[0]}" if len(asked.cells) == 1 else f"{len(asked.cells)} cells"
    return "all events"


def note_of(asked: Asked, n_dropped: int, n_left_out: int) -> str:
    """A sentence with the number of events, of those left out, and the rules for both."""
    events, choices = asked.events, asked.choices
    parts = [
        f"{len(events.times):,} × {events.label} ({choices.kind.rule}; {events.clock})",
        f"{n_dropped:,} dropped without a full window",
    ]
    if n_left_out:
        parts.append(f"{n_left_out:,} left out as in no group")
    if asked.split.rule:
        parts.append(f"Split: {asked.split.rule}")
    if choices.is_of_cells:
        parts.append(_whose(asked))
    if choices.band == "bootstrap" and not (choices.is_of_cells and choices.of == "every"):
        parts.append("Band: 95 % of 1,000 bootstrap means, seed 0")
    return ". ".join(parts) + "."


def _whose(asked: Asked) -> str:
    if asked.choices.of == "cells":
        names = ", ".join(map(str, asked.cells))
        several = len(asked.cells) > 1 and asked.choices.split != "none"
        whose = (
            f"Mean of cells {names}" if several else f"Cell{'s' * (len(asked.cells) > 1)} {names}"
        )
    else:
        n = len(asked.plane.activity(asked.choices.signal).matrix.cell_roi_ids)
        whose = f"{'Mean of all' if asked.choices.of == 'population' else 'All'} {n:,} cells"
    if len(asked.recording.files) < 2:
        return whose
    return f"{whose} of {name_of(asked.plane)}"
