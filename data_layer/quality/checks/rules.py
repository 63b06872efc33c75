"""What is checked: each check's name, family, title, rule and unit, in the order they are shown.

The checks themselves are told in ``checks.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: ``rule`` is a sentence, ``unit`` that of the value (empty for a number of)."""

    family: str
    title: str
    rule: str
    unit: str = ""


FAMILIES = {
    "timing": "Timing",
    "stimuli": "Stimuli",
    "task": "Licks and rewards",
    "performance": "Performance",
    "running": "Running",
    "eye": "Eye",
    "motion": "Motion",
    "traces": "Traces",
    "cells": "Cells",
    "pictures": "Pictures",
    "tables": "Tables and file",
}

CHECKS: dict[str, dict[str, Any]] = tomllib.loads(
    files(__package__).joinpath("checks.toml").read_text(encoding="utf-8")
)
"""The tables of ``checks.toml`` by name of the check."""

RULES: dict[str, Rule] = {
    name: Rule(told["family"], told["title"], told["rule"], told.get("unit", ""))
    for name, told in CHECKS.items()
}

FROM_TABLES = tuple(name for name, rule in RULES.items() if rule.family == "tables")
"""Checks that need the release's tables beside the file."""
FROM_FILE = tuple(name for name in RULES if name not in FROM_TABLES)
"""Checks that the file alone answers."""
