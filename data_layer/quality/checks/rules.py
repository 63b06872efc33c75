"""The name, family, title, rule and unit of each check, in the order in which they are shown.

They are read from ``checks.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """The description of a check: ``rule`` is a sentence, ``unit`` is empty for plain numbers."""

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
    "file": "Content of the file",
    "tables": "Tables and file",
}

CHECKS: dict[str, dict[str, Any]] = tomllib.loads(
    files(__package__).joinpath("checks.toml").read_text(encoding="utf-8")
)
"""The tables of ``checks.toml`` by name of the check."""

RULES: dict[str, Rule] = {
    name: Rule(entry["family"], entry["title"], entry["rule"], entry.get("unit", ""))
    for name, entry in CHECKS.items()
}

FROM_TABLES = tuple(name for name, rule in RULES.items() if rule.family == "tables")
"""Checks that compare the file with the release's tables."""
FROM_FILE = tuple(name for name in RULES if name not in FROM_TABLES)
"""Checks that need only the file."""
