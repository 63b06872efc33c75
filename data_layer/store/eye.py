"""The eye: its fit in one camera frame, and where in the camera's image it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_layer.derived.camera_range import camera_range

if TYPE_CHECKING:
    from data_layer.store.session_store import SessionStore

Range = tuple[tuple[float, float], tuple[float, float]]
EYE_PARTS = ("pupil", "eye", "cr")
ELLIPSE = ("center_x", "center_y", "width", "height", "phi")
COLUMNS = (*(f"{part}_{key}" for part in EYE_PARTS for key in ELLIPSE), "likely_blink")
"""What is kept of each camera frame; lengths in px, angles in radians."""
PUPIL_CENTRES = 500


def eye_columns(eye_tracking: pd.DataFrame) -> NDArray[np.float64]:
    """``COLUMNS`` of the eye tracking as (n_frames, n_columns); ``likely_blink`` is 0 or 1."""
    return eye_tracking[list(COLUMNS)].astype(np.float64).to_numpy()


def eye_frame(store: SessionStore, frame: int) -> dict[str, float]:
    """``COLUMNS`` of one camera frame; NaN where nothing was fitted or the eye likely blinked."""

    def read() -> NDArray[np.float64]:
        values: NDArray[np.float64] = eye_columns(store.eye_tracking.iloc[frame : frame + 1])[0]
        return values

    return dict(zip(COLUMNS, store.source.eye_frame(frame, read).tolist(), strict=True))


def eye_range(store: SessionStore) -> Range | None:
    """See :func:`camera_range`; None where the session has no eye tracking."""
    compute = store.source.camera_range
    return store.kept("camera range", lambda: compute(lambda: camera_range(store.eye_tracking)))


def pupil_centres(store: SessionStore) -> pd.DataFrame:
    """``x`` and ``y`` (px) of the pupil in about 500 frames without a blink, evenly spaced."""
    return store.kept(
        "pupil centres",
        lambda: store.source.table("pupil_centres", lambda: _pupil_centres(store)),
    )


def _pupil_centres(store: SessionStore) -> pd.DataFrame:
    eye = store.eye_tracking
    seen = eye[~eye["likely_blink"].astype(bool)]
    some = seen.iloc[:: max(len(seen) // PUPIL_CENTRES, 1)]
    names = {"pupil_center_x": "x", "pupil_center_y": "y"}
    return some[list(names)].rename(columns=names).reset_index(drop=True)
