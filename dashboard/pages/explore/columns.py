"""The columns of Explore's tables: their order and how the browser shows them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.pages.explore.encoding import encode
from dashboard.theme import CRE_LINE_COLORS, EXPERIENCE_COLORS
from dashboard.vocabulary.tables import column

# The columns that scientists look for first; the others follow in the order of the table.
FIRST = (
    "cre_line",
    "targeted_structure",
    "imaging_depth",
    "experience_level",
    "session_type",
    "behavior_type",
    "image_set",
    "mouse_id",
    "date_of_acquisition",
    "age_in_days",
    "sex",
    "project_code",
    "equipment_name",
    "prior_exposures_to_image_set",
    "prior_exposures_to_omissions",
    "prior_exposures_to_session_type",
    "session_number",
    "ophys_experiment_id",
    "ophys_session_id",
    "behavior_session_id",
    "ophys_container_id",
)

WIDTHS = {
    "cre_line": 148,
    "targeted_structure": 64,
    "imaging_depth": 90,
    "experience_level": 96,
    "session_type": 190,
    "behavior_type": 112,
    "image_set": 84,
    "mouse_id": 72,
    "date_of_acquisition": 134,
    "age_in_days": 108,
    "sex": 58,
    "project_code": 226,
    "equipment_name": 104,
    "driver_line": 214,
    "full_genotype": 330,
    "reporter_line": 216,
    "indicator": 96,
}
ID_WIDTH, LIST_WIDTH, OTHER_WIDTH = 134, 210, 130

# Stored values are long and similar, so the page shows the part that differs. The CSV file has
# the stored values.
SHOWN_AS: dict[str, dict[str, str]] = {
    "behavior_type": {"active_behavior": "active", "passive_viewing": "passive"},
    "image_set": {f"images_{letter}": letter for letter in "ABGH"},
}
COLORS: dict[str, dict[str, str]] = {
    "cre_line": CRE_LINE_COLORS,
    "experience_level": EXPERIENCE_COLORS,
}


def ordered(table: pd.DataFrame) -> list[str]:
    """The names of a table's columns in the order of the page, index first."""
    index = str(table.index.name)
    first = [name for name in FIRST if name in table.columns]
    return [index, *first, *(name for name in table.columns if name not in first)]


def describe(cells: pd.Series) -> dict[str, Any]:
    """A column as sent to the browser: data, heading, explanation, width and colours."""
    name = str(cells.name)
    known = column(name)
    encoded = encode(cells)
    return encoded | {
        "name": name,
        "title": known.title,
        "explanation": known.explanation,
        "width": WIDTHS.get(name) or _width(encoded["type"]),
        "shown_as": SHOWN_AS.get(name, {}),
        "colors": COLORS.get(name, {}),
    }


def _width(type_: str) -> int:
    return {"id": ID_WIDTH, "ids": LIST_WIDTH}.get(type_, OTHER_WIDTH)
