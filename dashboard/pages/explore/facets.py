"""Explore's facets: the properties by which tables are filtered, with each row's values.

An imaging session can have several planes, and so several areas and depths. Its row then has a
list of values and matches if one of them does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dashboard.pages.explore.columns import COLORS, SHOWN_AS
from dashboard.pages.explore.encoding import coded, plain
from dashboard.pages.explore.places import Places
from dashboard.vocabulary.tables import ABOUT_FILES, column
from data_layer.derived import session_type
from data_layer.project_cache.files import as_ids
from data_layer.values.known import known

# The experiment table has A where the session tables have images_A: both become A.
IMAGE_SETS = SHOWN_AS["image_set"]
PLANE_COLUMNS = ("targeted_structure", "imaging_depth")


@dataclass(frozen=True, slots=True)
class Facet:
    """One property; ``style`` is a list, one with a search field, or a histogram."""

    name: str
    style: Literal["values", "search", "range", "dates"] = "values"
    open: bool = True


FACETS = (
    Facet("on_this_machine"),
    Facet("opens"),
    Facet("experience_level"),
    Facet("cre_line"),
    Facet("targeted_structure"),
    Facet("imaging_depth", "range"),
    Facet("behavior_type"),
    Facet("image_set"),
    Facet("sex"),
    Facet("mouse_id", "search", open=False),
    Facet("session_type", "search", open=False),
    Facet("project_code", open=False),
    Facet("equipment_name", "search", open=False),
    Facet("age_in_days", "range", open=False),
    Facet("date_of_acquisition", "dates", open=False),
    Facet("prior_exposures_to_image_set", "range", open=False),
    Facet("prior_exposures_to_omissions", "range", open=False),
    Facet("prior_exposures_to_session_type", "range", open=False),
)


def facets(table: pd.DataFrame, experiments: pd.DataFrame, places: Places) -> list[dict[str, Any]]:
    """The facets for which the table has values, as sent to the browser."""
    found = ((facet, _values(facet.name, table, experiments, places)) for facet in FACETS)
    return [_describe(facet, values) for facet, values in found if values is not None]


def _values(
    name: str, table: pd.DataFrame, experiments: pd.DataFrame, places: Places
) -> list[Any] | None:
    if name == "on_this_machine":
        return ["yes" if id_ in places.here else "no" for id_ in table.index]
    if name == "opens":
        return [places.of(int(id_)) for id_ in table.index]
    if name == "image_set":
        return [IMAGE_SETS.get(value, value) for value in _own(name, table) or ()]
    if name in PLANE_COLUMNS and name not in table:
        return _of_planes(table, experiments, name)
    return _own(name, table)


def _own(name: str, table: pd.DataFrame) -> list[Any] | None:
    """The column's values, or those derived from the session type; None if there is neither."""
    if name in table:
        return plain(table[name])
    derive = DERIVED.get(name)
    types = plain(table["session_type"])
    return [type_ and derive(type_) for type_ in types] if derive else None


def _of_planes(
    table: pd.DataFrame, experiments: pd.DataFrame, name: str
) -> list[list[Any] | None] | None:
    """The distinct values of each row's planes; None for rows that were not imaged."""
    if name not in experiments or "ophys_experiment_id" not in table:
        return None
    listed = experiments[name].dropna()
    of_plane = dict(zip(listed.index.tolist(), map(known, listed.tolist()), strict=True))
    rows = (as_ids(planes) for planes in table["ophys_experiment_id"])
    return [sorted({of_plane[id_] for id_ in ids if id_ in of_plane}) or None for ids in rows]


# The tables of 2021 lack these columns, but the values follow from the session type.
DERIVED: dict[str, Callable[[str], str | None]] = {
    "behavior_type": session_type.behavior_type,
    "image_set": session_type.image_set,
}


def _describe(facet: Facet, values: list[Any]) -> dict[str, Any]:
    about = ABOUT_FILES.get(facet.name) or column(facet.name)
    description: dict[str, Any] = {
        "name": facet.name,
        "style": facet.style,
        "open": facet.open,
        "title": about.label,
        "unit": about.unit,
        "explanation": about.explanation,
        "shown_as": SHOWN_AS.get(facet.name, {}),
        "colors": COLORS.get(facet.name, {}),
    }
    if facet.style in ("range", "dates"):
        return description | {"values": values}
    return description | _levels(values)


def _levels(values: list[Any]) -> dict[str, Any]:
    """The distinct values (levels) and each row's code; a list of codes for several values."""
    if not any(isinstance(value, list) for value in values):
        return coded(values)
    levels = coded([item for value in values for item in value or ()])["levels"]
    code_of = {level: code for code, level in enumerate(levels)}
    return {
        "levels": levels,
        "codes": [-1 if value is None else [code_of[item] for item in value] for value in values],
    }
