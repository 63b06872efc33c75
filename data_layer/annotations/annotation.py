"""One note: its subject, label, text, author and time."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Literal, get_args
from uuid import UUID, uuid4

from data_layer.errors import BadAnnotation

SubjectKind = Literal["session", "experiment"]
ID_NAMES: dict[SubjectKind, str] = {
    "session": "behavior_session_id",
    "experiment": "ophys_experiment_id",
}
LABELS: dict[str, str] = {
    "good": "Looked at and fit for use.",
    "look again": "Something is odd; a second look is needed before it is used.",
    "bad": "Not to be used, for the reason in the note.",
    "note": "A remark that judges nothing.",
}
VERDICTS = ("good", "look again", "bad")
"""The labels that judge a recording."""
WITHDRAWN = "withdrawn"  # the label of a note that withdraws the one it supersedes
LIMIT_OF_IDS = 2**63  # SQLite's integers
_DIGITS = re.compile("[0-9]{1,19}")
MAX_LENGTH = {"author": 100, "panel": 60, "note": 10_000}


@dataclass(frozen=True, slots=True)
class Subject:
    """A behaviour session or one imaging plane; ``id`` is its id in the release."""

    kind: SubjectKind
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def from_text(cls, text: str) -> Subject:
        """Parse a subject from its ``str``, such as ``experiment:951980471``.

        Raises:
            BadAnnotation: The text is not a subject.
        """
        kind, _, id_ = text.partition(":")
        for known in get_args(SubjectKind):
            if kind == known and _DIGITS.fullmatch(id_) and int(id_) < LIMIT_OF_IDS:
                return cls(known, int(id_))
        raise BadAnnotation("subject", text, "experiment:<id> or session:<id>")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note on a subject, or on a ``panel``, a ``cell`` or a ``time`` (s) of it.

    ``cell`` is a cell_specimen_id, or the cell_roi_id of an unmatched cell. ``supersedes`` is the
    id of the annotation that this one corrects. Line ends are converted to line feeds, times to
    UTC.

    Raises:
        BadAnnotation: A value cannot be used.
    """

    subject: SubjectKind
    subject_id: int
    label: str
    author: str
    note: str = ""
    panel: str | None = None
    cell: int | None = None
    time: float | None = None
    supersedes: str | None = None
    id: str = field(default_factory=lambda: str(uuid4()))
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        checked = {
            "subject": _one_of("subject", self.subject, get_args(SubjectKind)),
            "subject_id": _whole("subject_id", self.subject_id),
            "label": _one_of("label", self.label, (*LABELS, WITHDRAWN)),
            "author": _text("author", self.author, needed=True),
            "note": _text("note", self.note),
            "panel": None if self.panel is None else _text("panel", self.panel, needed=True),
            "cell": None if self.cell is None else _whole("cell", self.cell),
            "time": None if self.time is None else _seconds(self.time),
            "supersedes": None if self.supersedes is None else _uuid("supersedes", self.supersedes),
            "id": _uuid("id", self.id),
            "created": _utc(self.created),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        self._check_correction()

    def _check_correction(self) -> None:
        if self.supersedes == self.id:
            raise BadAnnotation("supersedes", self.id, "the id of another annotation")
        if self.label == WITHDRAWN and self.supersedes is None:
            raise BadAnnotation("supersedes", "", "the id of what is withdrawn")

    @property
    def about(self) -> Subject:
        """The subject: the session or plane."""
        return Subject(self.subject, self.subject_id)

    def to_record(self) -> dict[str, Any]:
        """The fields in types of JSON, in the order of ``FIELDS``; ``created`` is ISO 8601 text."""
        created = self.created.isoformat(timespec="microseconds").replace("+00:00", "Z")
        return {name: created if name == "created" else getattr(self, name) for name in FIELDS}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Annotation:
        """Make an annotation from a record; absent fields get their default.

        Raises:
            BadAnnotation: A field is unknown, missing or cannot be used.
        """
        for name in record:
            if name not in FIELDS:
                raise BadAnnotation(str(name), record[name], f"a field; those are {FIELDS}")
        for name in ("subject", "subject_id", "label", "author"):
            if record.get(name) is None:
                raise BadAnnotation(name, "", "given")
        return cls(**record)


FIELDS = (
    "id",
    "subject",
    "subject_id",
    "panel",
    "cell",
    "time",
    "label",
    "note",
    "author",
    "created",
    "supersedes",
)
assert set(FIELDS) == {f.name for f in fields(Annotation)}


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadAnnotation(name, value, f"one of {', '.join(allowed)}")
    return str(value)


def _whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < LIMIT_OF_IDS:
        raise BadAnnotation(name, value, "a whole number")
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadAnnotation("time", value, "a number of seconds")
    return float(value)


def _text(name: str, value: Any, *, needed: bool = False) -> str:
    if not isinstance(value, str):
        raise BadAnnotation(name, value, "text")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadAnnotation(name, value, "text without control characters")
    if len(text) > MAX_LENGTH[name] or (needed and not text):
        allowed = f"text of {int(needed)} to {MAX_LENGTH[name]:,} characters"
        raise BadAnnotation(name, value, allowed)
    return text


def _uuid(name: str, value: Any) -> str:
    try:
        return str(UUID(value))
    except (ValueError, AttributeError, TypeError):
        raise BadAnnotation(name, value, "a UUID") from None


def _utc(value: Any) -> datetime:
    try:
        when = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        if when.tzinfo is not None:
            return when.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        pass
    raise BadAnnotation("created", value, "a date and time with its offset from UTC")
