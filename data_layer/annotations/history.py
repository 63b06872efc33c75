"""What follows from a set of annotations: their union, what is current, what is reviewed. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from data_layer.annotations.annotation import LABELS, WITHDRAWN, Annotation, Subject
from data_layer.errors import AnnotationsDiffer


def merged(*histories: Iterable[Annotation]) -> list[Annotation]:
    """Every annotation of any of the histories once, in the order of their times.

    The order of the histories plays no part, nor how often one is merged.

    Raises:
        AnnotationsDiffer: two say different things under one id.
    """
    by_id: dict[str, Annotation] = {}
    for annotation in (a for history in histories for a in history):
        if by_id.setdefault(annotation.id, annotation) != annotation:
            raise AnnotationsDiffer(annotation.id)
    return in_order(by_id.values())


def in_order(annotations: Iterable[Annotation]) -> list[Annotation]:
    """The oldest first; of the same instant, by id."""
    return sorted(annotations, key=lambda a: (a.created, a.id))


def current(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Those that none of the others corrects or withdraws.

    Two people may have corrected the same one; then both corrections are current.
    """
    known = list(annotations)
    corrected = {a.supersedes for a in known}
    return [a for a in known if a.id not in corrected and a.label != WITHDRAWN]


def reviews(annotations: Iterable[Annotation]) -> dict[Subject, tuple[str, ...]]:
    """The labels of each subject's current annotations, each once, in the vocabulary's order.

    A subject that is absent has not been reviewed.
    """
    found: dict[Subject, set[str]] = {}
    for annotation in current(annotations):
        found.setdefault(annotation.about, set()).add(annotation.label)
    return {subject: tuple(n for n in LABELS if n in names) for subject, names in found.items()}
