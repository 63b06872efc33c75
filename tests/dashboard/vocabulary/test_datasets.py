"""Every word of the data is explained: what the readers return and what the description names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.vocabulary import ATTRIBUTES, explain, term
from data_layer.derived.performance_metrics import ALIASES as METRIC_ALIASES
from data_layer.errors import StreamMissing
from data_layer.nwb.aliases import AliasedFrame, Events, Presentations, Rewards, Trials
from data_layer.nwb.metadata import ALIASES as METADATA_ALIASES
from data_layer.store.attributes import TRACES, rows_of
from data_layer.store.session_store import SessionStore
from tests.support.recordings import KINDS, opened, write
from tests.support.reference import shared

NOT_DATA = {
    "from_nwb_path",
    "list_data_attributes_and_methods",
    "has_changed",
    "fetch_roi_masks",
    "read_eye_areas",
    "close",
    "path",
    "left_out",
    "has",
    "generation",
    "presentation_lag",
    "identifiers",
}
OLDER_NAMES = {
    "get_cell_specimen_ids",
    "get_cell_specimen_indices",
    "get_dff_traces",
    "get_segmentation_mask_image",
}
"""Names of AllenSDK's earlier classes for what other attributes hold."""
PARTS_OF_ATTRIBUTES = {
    "cells",
    "roi_mask",
    "roi_masks",
    "template",
    "image_names",
    "traces_matrix",
    "trace_parameters",
}
HEADINGS = {
    "Licks": "licks",
    "Metadata": "metadata",
    "Performance Metrics": "performance_metrics",
    "Rolling Performance": "rolling_performance",
    "Raw Running Speed": "raw_running_speed",
    "Rewards": "rewards",
    "Running speed": "running_speed",
    "Stimulus Presentations": "stimulus_presentations",
    "Stimulus Templates": "stimulus_templates",
    "Task Parameters": "task_parameters",
    "Trials": "trials",
    "Cell Specimen Table": "cell_specimen_table",
    "Corrected Fluorescence Traces": "corrected_fluorescence_traces",
    "Dff Traces": "dff_traces",
    "Events": "events",
    "Eye Tracking": "eye_tracking",
    "Motion correction": "motion_correction",
}


@pytest.fixture(scope="module", params=list(KINDS))
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SessionStore]:
    path = write(request.param, tmp_path_factory.mktemp("vocabulary"))
    with opened(path) as store:
        yield store


def columns_of(store: SessionStore, name: str) -> list[str]:
    """The columns or keys of an attribute of one session; none where it is absent."""
    try:
        rows = rows_of(store, name)
    except (StreamMissing, AttributeError):
        return []
    if name in TRACES:
        return list(getattr(store.session, name).columns)
    if ATTRIBUTES[name].shape == "dictionary":
        return list(rows.read(0, len(rows))["key"])
    return rows.columns if ATTRIBUTES[name].shape == "table" else []


def test_every_column_that_the_readers_return_is_explained(store: SessionStore) -> None:
    columns = [(name, column) for name in ATTRIBUTES for column in columns_of(store, name)]
    assert len(columns) > 100
    assert not [f"{name}.{column}" for name, column in columns if not explain(name, column)]


def test_every_public_attribute_of_a_session_is_in_the_vocabulary(store: SessionStore) -> None:
    public = {name for name in dir(type(store.session)) if not name.startswith("_")}
    called = {attribute.call.removesuffix("()") for attribute in ATTRIBUTES.values()}
    assert not public - called - NOT_DATA - OLDER_NAMES - PARTS_OF_ATTRIBUTES


@pytest.mark.parametrize(
    ("table", "frame"),
    [
        ("stimulus_presentations", Presentations),
        ("trials", Trials),
        ("rewards", Rewards),
        ("events", Events),
    ],
)
def test_earlier_names_of_columns_are_explained(table: str, frame: type[AliasedFrame]) -> None:
    assert frame.aliases
    for alias in frame.aliases:
        assert explain(table, alias)


def test_earlier_names_of_keys_mean_what_the_keys_of_today_mean() -> None:
    for table, aliases in (
        ("metadata", METADATA_ALIASES),
        ("performance_metrics", METRIC_ALIASES),
    ):
        for former, today in aliases.items():
            assert term(table, former) is term(table, today)
            assert former in explain(table, today)


def test_what_is_not_known_is_not_explained() -> None:
    assert explain("trials", "weather") is None
    assert explain("weather", "start_time") is None


@pytest.mark.parametrize("attribute", ATTRIBUTES.values(), ids=lambda a: a.name)
def test_explanations_are_whole_sentences(attribute: Any) -> None:
    assert attribute.explanation.endswith(".")
    for name, word in (attribute.columns | attribute.added).items():
        assert re.search(r"[.)]$", word.explanation), name
        assert word.explanation[0].isupper() or word.explanation.startswith("d′"), name


def test_quantities_have_units() -> None:
    quantities = r"(_time|_times|timestamps|_sec|_volume|_width|_height|_center_.|_area.*|_phi)$"
    without = [
        f"{attribute.name}.{name}"
        for attribute in ATTRIBUTES.values()
        for name, word in attribute.columns.items()
        if re.search(quantities, name) and not word.unit
    ]
    assert not without


def described(text: str) -> dict[str, set[str]]:
    """Attribute and columns of the data sets, from the tables of the description."""
    found: dict[str, set[str]] = {}
    current = None
    for line in text.splitlines():
        heading = line.strip().removesuffix(":")
        if "\t" not in line and heading in HEADINGS:
            current = HEADINGS[heading]
        cells = [cell.strip() for cell in line.split("\t")]
        if current and len(cells) >= 3 and re.match(r"[\w ]+( \[index\])?$", cells[0]):
            found.setdefault(current, set()).add(cells[0].removesuffix("[index]").strip())
    return found


@pytest.mark.reference
def test_every_column_of_the_description_is_explained() -> None:
    folder: Path = shared("seed")
    text = next(folder.glob("*.txt")).read_text()
    columns = described(text[text.index("Behavior Session Id\n") :])
    assert set(columns) == set(HEADINGS.values())
    headings = {"column", "Columns", "key", "attribute", "---------"}
    missing = {
        f"{table}.{name}"
        for table, names in columns.items()
        for name in names - headings
        if " " not in name and not explain(table, name) and name not in ATTRIBUTES
    }
    assert not missing
