"""Eye tracking: the ellipses of one camera frame, and the range of the eye in the image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.camera_range import camera_range
from data_layer.prepared.kinds import TABLE, Fact, Rows
from data_layer.prepared.registry import prepared
from data_layer.values.samples import CameraRange

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

EYE_PARTS = ("pupil", "eye", "cr")
ELLIPSE = ("center_x", "center_y", "width", "height", "phi")
COLUMNS = (*(f"{part}_{key}" for part in EYE_PARTS for key in ELLIPSE), "likely_blink")
"""The stored values of each camera frame; lengths in px, angles in radians."""
PUPIL_CENTRES = 500
FRAMES_AT_ONCE = 4096


def _range_of_json(spans: Any) -> CameraRange | None:
    return spans and (tuple(spans[0]), tuple(spans[1]))


@prepared("eye", Rows(FRAMES_AT_ONCE))
def eye_frames(store: SessionStore) -> NDArray[np.float64]:
    """``COLUMNS`` of every camera frame: (n_frames, n_columns)."""
    return _columns(store.eye_tracking)


def _columns(eye_tracking: pd.DataFrame) -> NDArray[np.float64]:
    return eye_tracking[list(COLUMNS)].astype(np.float64).to_numpy()


def eye_frame(store: SessionStore, frame: int) -> dict[str, float]:
    """``COLUMNS`` of one camera frame; NaN if nothing was fitted or the eye likely blinked.

    ``likely_blink`` is 0 or 1.
    """
    return dict(zip(COLUMNS, frames_of_eye(store, frame, frame + 1)[0].tolist(), strict=True))


def frames_of_eye(store: SessionStore, first: int, last: int) -> NDArray[np.float64]:
    """``COLUMNS`` of some camera frames, read without the others: (last - first, n_columns)."""
    return store.source.either(
        eye_frames.name,
        lambda stored: stored.array(eye_frames.name)[first:last],
        lambda: _columns(store.eye_tracking.iloc[first:last]),
    )


@prepared("camera_range", Fact[CameraRange | None](decode=_range_of_json))
def eye_range(store: SessionStore) -> CameraRange | None:
    """See :func:`camera_range`; None if the session has no eye tracking."""
    return camera_range(store.eye_tracking)


@prepared("pupil_centres", TABLE)
def pupil_centres(store: SessionStore) -> pd.DataFrame:
    """``x`` and ``y`` (px) of the pupil in about 500 evenly spaced frames without a blink."""
    eye = store.eye_tracking
    seen = eye[~eye["likely_blink"].astype(bool)]
    some = seen.iloc[:: max(len(seen) // PUPIL_CENTRES, 1)]
    names = {"pupil_center_x": "x", "pupil_center_y": "y"}
    return some[list(names)].rename(columns=names).reset_index(drop=True)
