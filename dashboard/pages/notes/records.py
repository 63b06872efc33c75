"""The rows and columns of the Notes page's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import pandas as pd

from dashboard.components.note_labels import shown, swatch
from dashboard.components.table import column, columns_of
from dashboard.urls import Address, ViewState, view_path
from dashboard.vocabulary.tables import column as known_column
from data_layer.annotations.annotation import LABELS, Annotation, Subject, SubjectKind
from data_layer.annotations.history import current, reviews
from data_layer.project_cache.cache import Kind
from data_layer.project_cache.protocol import Cache

PAGES: dict[SubjectKind, Kind] = {"experiment": "experiment", "session": "behavior"}
AROUND = 30.0  # s before and after a note's time, which the link to it shows
FACTS = (
    "cre_line",
    "targeted_structure",
    "imaging_depth",
    "session_type",
    "experience_level",
    "mouse_id",
    "date_of_acquisition",
)
Record = dict[str, Any]


def tables_of(cache: Cache) -> dict[SubjectKind, pd.DataFrame]:
    """The metadata table of each kind of subject, with dates as text."""
    tables: dict[SubjectKind, pd.DataFrame] = {
        "experiment": cache.get_ophys_experiment_table(),
        "session": cache.get_behavior_session_table(),
    }
    for table in tables.values():
        dates = table["date_of_acquisition"].dt.strftime("%Y-%m-%d %H:%M")
        table["date_of_acquisition"] = dates
    return tables


def note_rows(
    annotations: Iterable[Annotation],
    tables: Mapping[SubjectKind, pd.DataFrame],
    *,
    history: bool,
) -> list[Record]:
    """One row per note, newest first; with ``history`` also the notes that were superseded."""
    known = list(annotations)
    valid = {a.id for a in current(known)}
    listed = known if history else [a for a in known if a.id in valid]
    facts = _facts({a.about for a in listed}, tables)
    return [
        _about(a.about, facts)
        | {"key": a.id, "label": shown([a.label]), "note": a.note, "author": a.author}
        | {"created": f"{a.created:%Y-%m-%d %H:%M:%S}", "panel": a.panel, "cell": a.cell}
        | {"time": a.time, "state": "current" if a.id in valid else "superseded"}
        | {"page": page_of(a)}
        for a in reversed(listed)
    ]


def page_of(annotation: Annotation) -> str:
    """The path of the page of a note's subject, at its time and cell."""
    address = Address(PAGES[annotation.subject], annotation.subject_id)
    time, cell = annotation.time, annotation.cell
    span = None if time is None else (max(0.0, time - AROUND), time + AROUND)
    return view_path(address, ViewState(span, () if cell is None else (cell,)))


def unreviewed_rows(
    annotations: Iterable[Annotation],
    tables: Mapping[SubjectKind, pd.DataFrame],
    here: Mapping[SubjectKind, frozenset[int]],
) -> list[Record]:
    """One row per recording on this machine without a current note, imaging planes first."""
    reviewed = reviews(annotations)
    waiting = [
        subject
        for kind in ("experiment", "session")
        for subject in (Subject(kind, id_) for id_ in sorted(here[kind]))
        if subject not in reviewed
    ]
    facts = _facts(set(waiting), tables)
    return [
        _about(s, facts) | {"key": str(s), "page": Address(PAGES[s.kind], s.id).path}
        for s in waiting
    ]


def _facts(
    subjects: set[Subject], tables: Mapping[SubjectKind, pd.DataFrame]
) -> dict[Subject, Record]:
    """The facts about each subject in the tables; subjects that are not listed are left out."""
    found: dict[Subject, Record] = {}
    for kind in get_args(SubjectKind):
        table = tables[kind]
        ids = [s.id for s in subjects if s.kind == kind and s.id in table.index]
        columns = columns_of(table.loc[ids, [name for name in FACTS if name in table]])
        for i, id_ in enumerate(ids):
            facts = {name: values[i] for name, values in columns.items()}
            found[Subject(kind, id_)] = facts
    return found


def _about(subject: Subject, facts: Mapping[Subject, Record]) -> Record:
    return {"subject": subject.kind, "subject_id": subject.id} | facts.get(subject, {})


NOTE_COLUMNS = [
    column(
        "label",
        "text",
        "The verdict, or a remark that judges nothing.",
        width=112,
        cellStyle={
            "styleConditions": [
                {
                    "condition": f"params.value === '{shown([name])}'",
                    "style": {"boxShadow": f"inset 4px 0 {swatch(name)}"},
                }
                for name in LABELS
            ]
        },
    ),
    column("note", "text", "What was written.", width=330, tooltipField="note"),
    column("author", "text", "Who wrote it, as they said.", width=110),
    column("created", "text", "When it was written (UTC).", width=136, headerName="created (UTC)"),
    column("state", "text", "Whether a later note corrects or withdraws this one.", width=98),
    column("time", "number", "The moment of the session that it is about.", "s", width=84),
    column("cell", "id", "cell_specimen_id, or cell_roi_id where unmatched."),
    column("panel", "text", "The part of the page that it is about.", width=104),
]
SUBJECT_COLUMNS = [
    column("subject", "text", "An imaging plane (experiment) or a behaviour session.", width=100),
    column(
        "subject_id",
        "id",
        "ophys_experiment_id or behavior_session_id.",
        width=108,
        cellStyle={"color": "var(--accent)"},
    ),
]
WIDTHS = {"cre_line": 150, "session_type": 240, "date_of_acquisition": 170}
FACT_COLUMNS = [
    column(name, "text", known_column(name).explanation)
    | ({"width": WIDTHS[name]} if name in WIDTHS else {})
    for name in FACTS
]
