"""The list of a recording's quality checks, each with its details.

Those that fail come first, then those that deserve a look, then the others by family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.components.verdicts import mark, summary_line
from dashboard.theme import number
from data_layer.quality.checks.check import VERDICTS, Check
from data_layer.quality.checks.rules import FAMILIES, RULES

SHARED = ("timing", "stimuli", "task", "performance", "running", "eye")
"""Families of checks that planes recorded together share, except the check of the imaging clock."""
OPEN = ("fail", "look")
ROW_OF = {"motion": "motion", "running": "running_speed", "eye": "pupil_area"}
"""The row of the timeline in which a family's moments are seen."""


@dataclass(frozen=True, slots=True)
class PlaneChecks:
    """The checks of one file; ``label`` names the plane, ``names`` maps cells to the page's ids."""

    label: str
    checks: tuple[Check, ...]
    names: dict[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One check of one plane; ``cell`` is the page's id of the cell to look at."""

    check: Check
    plane: str
    cell: int | None


def lines_of(planes: Sequence[PlaneChecks]) -> list[Line]:
    """Every check once; for shared families those of the first plane."""
    lines = []
    for i, plane in enumerate(planes):
        for check in plane.checks:
            shared = check.family in SHARED and not check.name.startswith("ophys_")
            if i and shared:
                continue
            cell = check.cell_roi_id
            name = None if cell is None else plane.names.get(cell, cell)
            label = plane.label if len(planes) > 1 and not shared else ""
            lines.append(Line(check, label, name))
    return lines


def check_list(lines: Sequence[Line]) -> list[Any]:
    """The number of each verdict, the lines to look at, then the other lines by family, closed."""
    count = html.P(
        summary_line(line.check.verdict for line in lines), className="check-count", role="status"
    )
    worst_first = sorted(lines, key=_badness)
    to_look_at = [line for line in worst_first if line.check.verdict in OPEN]
    others = [line for line in worst_first if line.check.verdict not in OPEN]
    families = {f: [line for line in others if line.check.family == f] for f in FAMILIES}
    first = html.Div(
        [_line(line, with_family=True) for line in to_look_at], className="checks-open"
    )
    return [count, first, *(_family(family, of) for family, of in families.items() if of)]


def _badness(line: Line) -> int:
    return VERDICTS.index(line.check.verdict)


def _family(family: str, lines: Sequence[Line]) -> html.Details:
    heading = [
        mark(lines[0].check.verdict),
        html.Span(FAMILIES[family], className="family-name"),
        html.Span(summary_line(line.check.verdict for line in lines), className="family-count"),
    ]
    body = [_line(line) for line in lines]
    return html.Details(
        [html.Summary(heading), *body],
        className="check-family",
        **{"data-family": family},
    )


def _line(line: Line, *, with_family: bool = False) -> html.Div:
    check = line.check
    of = [FAMILIES[check.family] if with_family else "", line.plane]
    plane = [html.Span(text, className="check-plane") for text in of if text]
    heading = [
        mark(check.verdict),
        html.Span([check.title, *plane], className="check-title"),
        html.Span(_value(check), className="check-value"),
        html.Span(check.threshold, className="check-threshold"),
    ]
    about = [html.P(check.rule), html.P(f"{_capital(check.threshold)}. {check.reason}")]
    note = [html.P(check.note, className="check-note")] if check.note else []
    explained = html.Div([*note, *about], className="check-about")
    # Beside the summary and not in it: a button within a button is none to a screen reader.
    opened = html.Details([html.Summary(heading, title=check.rule), explained])
    return html.Div(
        [opened, html.Span(_links(line), className="check-links")],
        className="check",
        **{"data-check": check.name, "data-verdict": check.verdict},
    )


def _value(check: Check) -> str:
    if check.value is None:
        return check.verdict
    return f"{number(check.value)} {check.unit}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _links(line: Line) -> list[html.Button]:
    """Buttons that go to the time and select the cell (``assets/qc/qc.js``)."""
    links = []
    if line.check.at is not None:
        at = line.check.at
        links.append(
            html.Button(
                f"{at:,.1f} s",
                className="quiet-button check-link",
                title="Move the time window there",
                **{"data-time": str(at), "data-row": ROW_OF.get(RULES[line.check.name].family, "")},
            )
        )
    if line.cell is not None:
        links.append(
            html.Button(
                f"cell {line.cell}",
                className="quiet-button check-link",
                title="Select the cell",
                **{"data-cell": str(line.cell)},
            )
        )
    return links
