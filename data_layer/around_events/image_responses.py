"""The mean response of each cell to each image, which decides its preferred image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_layer.around_events.cell_traces import cell_traces
from data_layer.around_events.times import IMAGE, event_times
from data_layer.derived.cell_responses.preferred_image import flashes_of_images
from data_layer.derived.cell_responses.windows import Around, Sums, mean_response, running_sums
from data_layer.values.slices import Floats

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore


ImageResponses = dict[int, dict[str, float]]


def image_responses(store: SessionStore, signal: str = "dff") -> ImageResponses:
    """Each cell's mean response to the flashes of each image, in the signal's unit.

    The result is keyed by cell_roi_id and image_name; NaN for an image without a flash. See
    :mod:`data_layer.derived.cell_responses.preferred_image`.

    Raises:
        StreamMissing: The file has no such traces.
    """
    return store.memo.get(f"image responses {signal}", lambda: _image_responses(store, signal))


def _image_responses(store: SessionStore, signal: str) -> ImageResponses:
    images = image_samples(store, store.activity(signal).times)
    return {
        cell: mean_responses(running_sums(trace), images)
        for cell, trace in cell_traces(store, signal)
    }


def image_samples(store: SessionStore, times: Floats) -> dict[str, Around]:
    """The samples, at ``times`` (n,) s, of the response windows of each image's flashes."""
    flashes = {name: event_times(store, f"{IMAGE}{name}").times for name in store.image_names}
    return flashes_of_images(times, flashes)


def mean_responses(sums: Sums, images: dict[str, Around]) -> dict[str, float]:
    """One cell's mean response to each image; NaN for an image without a flash."""
    return {name: mean_response(sums, around) for name, around in images.items()}
