"""Orders of cells by their activity around task events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage

from data_layer.around_events.image_responses import image_responses
from data_layer.derived.cell_responses.preferred_image import preferred_image
from data_layer.derived.event_alignment import Span, mean_of_known, window_mean
from data_layer.values.slices import Floats, Ints, TriggeredMeans

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

ORDERS = ("response", "image", "depth", "clusters")


def cell_indices(
    store: SessionStore, order: str, means: TriggeredMeans, response: Span, baseline: Span
) -> Ints:
    """Indices of the cells of ``means`` in one of ``ORDERS``, top row first.

    ``response``: largest response to these task events first. ``image``: by preferred image
    (over the whole session, independent of the task events), then by response. ``depth``: by
    position in the field of view, top to bottom. ``clusters``: similar cells next to each other
    (average linkage of the correlations between mean responses).

    Args:
        store: the plane's store.
        order: one of ``ORDERS``.
        means: the mean responses of the cells to order.
        response: response window, s from the task event.
        baseline: baseline window, s from the task event.
    """
    answers = response_of(means, response, baseline)
    if order == "depth":
        height = {outline.cell_roi_id: outline.centre[1] for outline in store.outlines}
        heights = [height.get(cell, np.inf) for cell in means.cell_ids.tolist()]
        return np.argsort(heights, kind="stable")
    if order == "image":
        preferred = _preferred(store, means.name, means.cell_ids)
        return np.lexsort((-np.nan_to_num(answers, nan=-np.inf), preferred))
    if order == "clusters":
        return _clustered(mean_of_known(means.values, axis=0))
    return np.argsort(-np.nan_to_num(answers, nan=-np.inf), kind="stable")


def response_of(means: TriggeredMeans, response: Span, baseline: Span) -> Floats:
    """Mean response minus baseline of each cell (n_cells,), over all groups."""
    every = (means.n_events[:, None, None] * np.nan_to_num(means.values)).sum(axis=0)
    average = every / max(int(means.n_events.sum()), 1)
    before = np.nan_to_num(window_mean(means.offsets, average, baseline))
    answer: Floats = window_mean(means.offsets, average, response) - before
    return answer


def _preferred(store: SessionStore, signal: str, cell_ids: Ints) -> Ints:
    """The index of each cell's preferred image in the session's images; unknown ones come last."""
    responses = image_responses(store, signal)
    index = {name: i for i, name in enumerate(store.image_names)}
    preferred = [preferred_image(responses.get(cell, {})) for cell in cell_ids.tolist()]
    return np.array([len(index) if name is None else index[name] for name in preferred], np.int64)


def _clustered(means: Floats) -> Ints:
    """The leaves of a tree that clusters the cells; cells that never vary come last."""
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
