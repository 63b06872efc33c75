"""``show``: a session's page in a frame of a notebook's cell."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dashboard.notebook.background import CannotShow, server_of
from dashboard.notebook.launcher import ON_A_HUB
from dashboard.notebook.source import source_of
from dashboard.urls import ID_NAMES, Address, Kind, ViewState, view_path
from dashboard.urls.prefix import below

if TYPE_CHECKING:
    from data_layer import BehaviorSession

WANTED = "Give an id, a session or experiment, or an id by its name: show(ophys_session_id=…)."
NO_NOTEBOOK = "show() needs IPython: install the dashboard with its extra 'jupyter'."


def show(
    session: int | BehaviorSession | None = None,
    *,
    window: tuple[float, float] | None = None,
    cells: Iterable[int] = (),
    height: int = 800,
    cache_dir: Path | str | None = None,
    base_url: str | None = None,
    **ids: int,
) -> None:
    """Show a session in the cell of a notebook.

    The first call starts a server for this notebook, which ends with its kernel.

    Args:
        session: an ophys_experiment_id, ophys_session_id or behavior_session_id, or a
            ``BehaviorSession`` or ``BehaviorOphysExperiment``, whose file or cache is shown.
        window: the span of time that is shown at first (s).
        cells: the selected cells: cell_specimen_id, or cell_roi_id where unmatched.
        height: of the frame (pixels).
        cache_dir: the project cache; that of ``VBDASH_CACHE_DIR`` or the public release by default.
        base_url: the path of a Jupyter whose proxy passes the page on; needed where the browser is
            not on this machine, and known on a hub.
        ids: one of them by its name instead of ``session``.

    Raises:
        CannotShow: there is no such session, the server cannot start, or this is no notebook.
        ValueError: it is not clear which session is meant, or ``window`` is no span.
    """
    kind, id_ = _meant(session, ids)
    base = base_url if base_url is not None else os.environ.get(ON_A_HUB)
    server = server_of(source_of(session, cache_dir), base)
    address = Address(server.kind_of(kind, id_), id_)
    with below(server.place):
        source = view_path(address, ViewState(_span(window), tuple(map(int, cells))))
    _display(source, height)


def _meant(session: Any, ids: dict[str, int]) -> tuple[Kind | None, int]:
    """The id, and its kind where that is known."""
    names = {name: kind for kind, name in ID_NAMES.items()}
    if (session is None) != (len(ids) == 1) or not ids.keys() <= names.keys():
        raise ValueError(WANTED)
    for name, id_ in ids.items():
        return names[name], int(id_)
    for kind in cast(tuple[Kind, ...], ("experiment", "behavior")):
        if (found := getattr(session, ID_NAMES[kind], None)) is not None:
            return kind, int(found)
    try:
        return None, int(session)
    except (TypeError, ValueError):
        raise ValueError(WANTED) from None


def _span(window: tuple[float, float] | None) -> tuple[float, float] | None:
    if window is None:
        return None
    start, stop = map(float, window)
    if not 0 < stop - start < float("inf"):
        raise ValueError(f"window={window}: give two times of the session in seconds, in order.")
    return start, stop


def _display(source: str, height: int) -> None:
    try:
        from IPython.display import IFrame, display
    except ImportError as error:
        raise CannotShow(NO_NOTEBOOK) from error
    # IPython's frames have no types.
    display(IFrame(source, width="100%", height=height))  # type: ignore[no-untyped-call]
