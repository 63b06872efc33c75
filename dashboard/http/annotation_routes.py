"""The routes of users' notes: read, add, export, import, and which recordings are reviewed.

    GET  /annotations.json, /annotations.csv  ?subject=experiment:951980471&subject=session:…
    POST /annotations           one note as JSON, without id and created
    POST /annotations/import    a file as application/json or text/csv
    GET  /annotations/reviews.json  the labels of every subject that has current notes, and the
                                newest verdict on it

The content type of a POST must be JSON or CSV. This protects against cross-site requests: a form
on a foreign page cannot send these types.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, jsonify, request

from dashboard.arguments.checks import BadArgument
from dashboard.arguments.routes import Answer, add_route
from dashboard.arguments.sentences import told
from dashboard.arguments.values import Word
from dashboard.urls.routes import ADD_NOTE, IMPORT_NOTES, NOTES_CSV, NOTES_JSON, REVIEWS
from data_layer.annotations.annotation import FIELDS, ID_NAMES, LABELS, Annotation, Subject
from data_layer.annotations.database import AnnotationDatabase
from data_layer.annotations.exchange import Format, read_file, to_csv, to_json
from data_layer.annotations.history import reviews, verdicts
from data_layer.errors import AnnotationsError, BadAnnotation, CannotAnnotate, DataLayerError

FORMATS: dict[str, Format] = {"application/json": "json", "text/csv": "csv"}
BY_SERVER = ("id", "created")


def register(server: Flask, database: AnnotationDatabase) -> None:
    """Add the routes; errors of notes become ``{"problem": sentence}`` with status 400 or 503."""

    def export_csv(*, subject: list[Word]) -> Answer:
        return _told(lambda: _export(database, subject, "csv"))

    def export_json(*, subject: list[Word]) -> Answer:
        return _told(lambda: _export(database, subject, "json"))

    def reviewed() -> Answer:
        return _told(lambda: _reviews(database))

    def add() -> Answer:
        return _told(lambda: _add(database))

    def import_() -> Answer:
        return _told(lambda: _import(database))

    add_route(server, NOTES_CSV, "annotations_export_csv", export_csv)
    add_route(server, NOTES_JSON, "annotations_export_json", export_json)
    add_route(server, REVIEWS, "annotations_reviews", reviewed)
    add_route(server, ADD_NOTE, "annotations_add", add, ["POST"])
    add_route(server, IMPORT_NOTES, "annotations_import", import_, ["POST"])


def _told(compute: Callable[[], Answer]) -> Answer:
    try:
        return compute()
    except AnnotationsError as error:
        return jsonify(problem=told(error)), _status(error)
    except BadArgument as error:
        return jsonify(problem=error.description), 400


def _status(error: DataLayerError) -> int:
    return 503 if isinstance(error, CannotAnnotate) else 400


def _export(database: AnnotationDatabase, texts: list[str], format_: Format) -> Response:
    subjects = [Subject.from_text(text) for text in texts]
    found = database.of(subjects) if subjects else database.all()
    text, mimetype = (
        (to_csv(found), "text/csv") if format_ == "csv" else (to_json(found), "application/json")
    )
    answer = Response(text, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="annotations.{format_}"'
    answer.cache_control.no_store = True
    return answer


def _reviews(database: AnnotationDatabase) -> Response:
    known = database.all()
    found: dict[str, dict[int, tuple[str, ...]]] = {kind: {} for kind in ID_NAMES}
    for subject, labels in reviews(known).items():
        found[subject.kind][subject.id] = labels
    newest: dict[str, dict[int, str]] = {kind: {} for kind in ID_NAMES}
    for subject, verdict in verdicts(known).items():
        newest[subject.kind][subject.id] = verdict.label
    answer = jsonify(labels=list(LABELS), verdicts=newest, **found)
    answer.cache_control.no_store = True
    return answer


def _add(database: AnnotationDatabase) -> Answer:
    record = request.get_json() if request.mimetype == "application/json" else None
    if not isinstance(record, dict):
        raise BadAnnotation("content", record, f"a JSON object with fields of {FIELDS}")
    for name in BY_SERVER:
        if name in record:
            raise BadAnnotation(name, record[name], "absent; the server gives it")
    annotation = Annotation.from_record(record)
    database.add([annotation])
    return jsonify(annotation.to_record()), 201


def _import(database: AnnotationDatabase) -> Answer:
    format_ = FORMATS.get(request.mimetype)
    if format_ is None:
        raise BadAnnotation("file", request.mimetype, "application/json or text/csv")
    found = read_file(request.get_data(), format_)
    added = database.add(found)
    return jsonify(added=added, known=len(found) - added)
