"""Formats the lines as a Markdown table and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.harness import Bound, Line

HEAD = ("row", "measure", "ours", "peer", "ratio", "must reach", "reached")
FEW = 0.4  # ratios below it are shown as 1/n


def markdown(lines: Sequence[Line], facts: Mapping[str, str]) -> str:
    """The table, the notes of its lines, the facts about the machine, and how many are reached."""
    rows = [HEAD, ["---"] * len(HEAD), *map(_cells, lines)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    notes = [f"- {line.row}, {line.measure}: {line.note}" for line in lines if line.note]
    measured = ". ".join(f"{name.capitalize()}: {value}" for name, value in facts.items())
    return "\n\n".join(filter(None, [table, "\n".join(notes), f"{measured}.", summary(lines)]))


def summary(lines: Sequence[Line]) -> str:
    """How many of the lines with a bound are reached, and which are not."""
    bound = [line for line in lines if line.bound is not None]
    if not bound:
        return ""
    missed = [f"{line.row}, {line.measure}" for line in bound if line.reached is False]
    unmeasured = sum(line.reached is None for line in bound)
    told = f"{sum(line.reached is True for line in bound)} of {len(bound)} bounds are reached"
    told += f", {unmeasured} could not be measured" if unmeasured else ""
    return f"{told}. " + (f"Not reached: {'; '.join(missed)}." if missed else "None is missed.")


def as_json(lines: Sequence[Line], facts: Mapping[str, str]) -> dict[str, Any]:
    """The same content as JSON."""
    entries = [asdict(line) | {"ratio": line.ratio, "reached": line.reached} for line in lines]
    return {"machine": dict(facts), "lines": entries}


def _cells(line: Line) -> list[str]:
    peer = f"{line.peer} {_quantity(line.peer_value, line.unit)}" if line.peer else ""
    reached = {True: "yes", False: "**no**", None: "" if line.bound is None else "not measured"}
    return [
        line.row,
        line.measure,
        _quantity(line.ours, line.unit),
        peer,
        _ratio(line.ratio),
        _must(line.bound, line.unit),
        reached[line.reached],
    ]


def _quantity(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def _ratio(value: float | None) -> str:
    if not value:
        return ""
    return f"1/{1 / value:.3g}" if value < FEW else f"{value:.2f}"


def _must(bound: Bound | None, unit: str) -> str:
    if bound is None:
        return ""
    return f"≤ {_ratio(bound.limit)} ×" if bound.of_peer else f"≤ {_quantity(bound.limit, unit)}"
