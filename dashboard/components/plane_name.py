"""The name of an imaging plane: its area and depth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


def plane_name(facts: Mapping[str, Any]) -> str:
    """Area and depth as text, such as ``VISp 175 µm``; says which of them is unknown.

    Args:
        facts: the metadata of an experiment or its row in the tables; any value may be missing.
    """
    area, depth = facts.get("targeted_structure"), facts.get("imaging_depth")
    where = "unknown area" if pd.isna(area) else str(area)
    return f"{where}, unknown depth" if pd.isna(depth) else f"{where} {depth:g} µm"
