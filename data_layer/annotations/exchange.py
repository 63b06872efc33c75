"""Exports and imports annotations as CSV or JSON files in UTF-8.

    {"format": "visual-behavior-annotations", "version": 1, "annotations": [{…}, …]}

A CSV file has a column per field; absent values are empty cells. Texts that a spreadsheet would
take for formulas get a leading apostrophe, which is removed when the file is read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from data_layer.annotations.annotation import FIELDS, Annotation
from data_layer.annotations.history import merged
from data_layer.errors import AnnotationsDiffer, BadAnnotation, BadAnnotationFile
from data_layer.values.spreadsheet import LINE_END, CsvText, guarded, unguarded

Format = Literal["csv", "json"]
NAME, VERSION = "visual-behavior-annotations", 1
TEXTS = ("panel", "note", "author")
OPTIONAL = ("panel", "cell", "time", "supersedes")
NUMBERS: dict[str, type] = {"subject_id": int, "cell": int, "time": float}


def to_csv(annotations: Iterable[Annotation]) -> str:
    """The content of a CSV file: a header and one row per annotation."""
    text = CsvText()
    writer = csv.DictWriter(text, FIELDS, lineterminator=LINE_END)
    writer.writeheader()
    writer.writerows(_guarded(a.to_record()) for a in annotations)
    return text.getvalue()


def to_json(annotations: Iterable[Annotation]) -> str:
    """The content of a JSON file, one annotation per line, so that versions can be compared."""
    lines = ",\n".join(json.dumps(a.to_record(), ensure_ascii=False) for a in annotations)
    return f'{{"format": "{NAME}", "version": {VERSION}, "annotations": [\n{lines}\n]}}\n'


def read_file(content: bytes, format_: Format) -> list[Annotation]:
    """Read an exported file.

    Raises:
        BadAnnotationFile: The file cannot be used; the message names the line or the entry.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadAnnotationFile(f"line {line}", "is not UTF-8 text") from None
    read = _from_csv if format_ == "csv" else _from_json
    found: list[Annotation] = []
    for where, record in read(text):
        try:
            found.append(Annotation.from_record(record))
        except BadAnnotation as error:
            raise BadAnnotationFile(where, str(error)) from None
    try:
        return merged(found)
    except AnnotationsDiffer as error:
        raise BadAnnotationFile("the file", f"has the id {error.id} with two contents") from None


def _guarded(record: dict[str, Any]) -> dict[str, Any]:
    texts = {name: guarded(record[name]) for name in TEXTS if record[name]}
    return record | texts


def _from_csv(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    before = 0
    try:
        missing = [name for name in FIELDS if name not in (reader.fieldnames or ())]
        if missing:
            raise BadAnnotationFile("line 1", f"has no column {', '.join(missing)}")
        before = reader.line_num
        for row in reader:
            where, before = f"line {before + 1}", reader.line_num
            yield where, _record(where, row)
    except csv.Error as error:
        raise BadAnnotationFile(f"line {before + 1}", str(error)) from None


def _record(where: str, row: Mapping[str | None, Any]) -> dict[str, Any]:
    if None in row or None in row.values():
        raise BadAnnotationFile(where, f"has not {len(FIELDS)} cells, as the heading has")
    record: dict[str, Any] = {str(name): value for name, value in row.items()}
    record |= {name: unguarded(record[name]) for name in TEXTS}
    record |= {name: None for name in OPTIONAL if record[name] == ""}
    for name, number in NUMBERS.items():
        if record[name] is not None:
            record[name] = _number(where, name, record[name], number)
    return record


def _number(where: str, name: str, text: str, number: type) -> Any:
    try:
        return number(text)
    except ValueError:
        raise BadAnnotationFile(where, f"{name} is {text!r}, not a number") from None


def _from_json(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    document = _document(text)
    if not isinstance(document, dict) or document.get("format") != NAME:
        raise BadAnnotationFile("the file", f'does not say "format": "{NAME}"')
    if document.get("version") != VERSION:
        raise BadAnnotationFile("the file", f"is of version {document.get('version')}, not 1")
    entries = document.get("annotations")
    if not isinstance(entries, list):
        raise BadAnnotationFile("the file", "has no list of annotations")
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise BadAnnotationFile(f"entry {number}", "is no annotation")
        yield f"entry {number}", entry


def _document(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadAnnotationFile(f"line {error.lineno}", f"is no JSON ({error.msg})") from None
    except ValueError:
        raise BadAnnotationFile("the file", "has a number of too many digits") from None
    except RecursionError:
        raise BadAnnotationFile("the file", "is nested too deeply") from None
