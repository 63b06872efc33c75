"""Pure functions of annotations: their union, the current ones, reviews and verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from data_layer.annotations.annotation import LABELS, VERDICTS, WITHDRAWN, Annotation, Subject
from data_layer.errors import AnnotationsDiffer


def merged(*histories: Iterable[Annotation]) -> list[Annotation]:
    """The union of several histories, oldest first.

    The order of the histories does not matter, nor how often one is merged.

    Raises:
        AnnotationsDiffer: Two annotations have the same id and different content.
    """
    by_id: dict[str, Annotation] = {}
    for annotation in (a for history in histories for a in history):
        if by_id.setdefault(annotation.id, annotation) != annotation:
            raise AnnotationsDiffer(annotation.id)
    return in_order(by_id.values())


def in_order(annotations: Iterable[Annotation]) -> list[Annotation]:
    """The annotations sorted by time, oldest first, then by id."""
    return sorted(annotations, key=lambda a: (a.created, a.id))


def current(annotations: Iterable[Annotation]) -> list[Annotation]:
    """The annotations that no other one corrects or withdraws.

    If two people have corrected the same annotation, both corrections are current.
    """
    known = list(annotations)
    corrected = {a.supersedes for a in known}
    return [a for a in known if a.id not in corrected and a.label != WITHDRAWN]


def reviews(annotations: Iterable[Annotation]) -> dict[Subject, tuple[str, ...]]:
    """The distinct labels of each subject's current annotations, in the order of ``LABELS``.

    Subjects that are absent have not been reviewed.
    """
    found: dict[Subject, set[str]] = {}
    for annotation in current(annotations):
        found.setdefault(annotation.about, set()).add(annotation.label)
    return {subject: tuple(n for n in LABELS if n in names) for subject, names in found.items()}


def verdicts(annotations: Iterable[Annotation]) -> dict[Subject, Annotation]:
    """The newest current annotation that judges each subject; the oldest come first.

    One about a cell judges the cell alone, and a remark judges nothing.
    """
    judging = (a for a in current(annotations) if a.label in VERDICTS and a.cell is None)
    return {a.about: a for a in judging}
