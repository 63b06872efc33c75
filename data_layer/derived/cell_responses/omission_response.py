"""The omission response of a cell.

It is the mean of the frames in the 0.75 s after the omitted flash was due, minus the mean of the
frames in the 0.5 s before, averaged over all omissions whose two windows are inside the recording.
"""

from __future__ import annotations

from collections.abc import Callable

from data_layer.derived.cell_responses.change_response import step_response
from data_layer.derived.cell_responses.windows import OMISSION_RESPONSE, Floats


def omission_response(
    times: Floats, omissions: Floats, read: Callable[[int, int], Floats], n_cells: int
) -> Floats:
    """The omission response of all cells of a plane (n_cells,), in the unit of the traces.

    Args and result are those of :func:`change_response`, with the times of omissions (s).
    """
    return step_response(times, omissions, read, n_cells, OMISSION_RESPONSE[1])
