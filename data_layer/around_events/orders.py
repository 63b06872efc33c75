"""Orders of cells by what they do around events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage

from data_layer.around_events.splits import split_events
from data_layer.around_events.triggered_signals import triggered_means
from data_layer.derived.event_alignment import Span, mean_of_known, window_mean
from data_layer.values.slices import Floats, Ints, TriggeredMeans

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

ORDERS = ("response", "image", "depth", "clusters")


def cell_places(
    store: SessionStore,
    order: str,
    means: TriggeredMeans,
    times: Floats,
    response: Span,
    baseline: Span,
) -> Ints:
    """Places of the cells of ``means`` in one of ``ORDERS``, the first to be the top row.

    ``response``: greatest mean response first. ``image``: by the image that is answered most, the
    greatest response first. ``depth``: by the place in the field of view, top to bottom.
    ``clusters``: neighbours are alike (average linkage of the correlation of mean responses).

    Args:
        store: of the plane.
        order: one of ``ORDERS``.
        means: of which the cells are ordered.
        times: (n_events,) s, of the events that they were made from.
        response: s around the event.
        baseline: s around the event.
    """
    answers = response_of(means, response, baseline)
    if order == "depth":
        height = {outline.cell_roi_id: outline.centre[1] for outline in store.outlines}
        heights = [height.get(cell, np.inf) for cell in means.cell_ids.tolist()]
        return np.argsort(heights, kind="stable")
    if order == "image":
        best = preferred_images(store, means, times, response, baseline)
        return np.lexsort((-np.nan_to_num(answers, nan=-np.inf), best))
    if order == "clusters":
        return _clustered(mean_of_known(means.values, axis=0))
    return np.argsort(-np.nan_to_num(answers, nan=-np.inf), kind="stable")


def response_of(means: TriggeredMeans, response: Span, baseline: Span) -> Floats:
    """Mean response less baseline of each cell (n_cells,), over all groups."""
    every = (means.n_events[:, None, None] * np.nan_to_num(means.values)).sum(axis=0)
    average = every / max(int(means.n_events.sum()), 1)
    before = np.nan_to_num(window_mean(means.offsets, average, baseline))
    answer: Floats = window_mean(means.offsets, average, response) - before
    return answer


def preferred_images(
    store: SessionStore, means: TriggeredMeans, times: Floats, response: Span, baseline: Span
) -> Ints:
    """The place among the session's images of the one each cell answers most."""
    split = split_events(store, "image", times)
    n = len(split.labels)
    if not n:
        return np.zeros(len(means.cell_ids), np.int64)
    span = min(response[0], baseline[0]), max(response[1], baseline[1])
    by_image = triggered_means(
        store, means.name, means.cell_ids.tolist(), times, span, split.groups, n
    )
    before = np.nan_to_num(window_mean(by_image.offsets, by_image.values, baseline))
    answers = window_mean(by_image.offsets, by_image.values, response) - before
    best: Ints = np.nan_to_num(answers, nan=-np.inf).argmax(axis=0)
    return best


def _clustered(means: Floats) -> Ints:
    """Leaves of a tree of the cells; those that never vary come last."""
    known = np.nan_to_num(means)
    centred = known - known.mean(axis=1, keepdims=True)
    norms = np.linalg.norm(centred, axis=1)
    varied, flat = np.flatnonzero(norms > 0), np.flatnonzero(norms <= 0)
    if len(varied) < 3:
        return np.concatenate([varied, flat])
    unit = centred[varied] / norms[varied, None]
    distance = np.clip(1 - unit @ unit.T, 0, 2)[np.triu_indices(len(varied), 1)]
    leaves = leaves_list(linkage(distance, method="average"))
    return np.concatenate([varied[leaves], flat])
