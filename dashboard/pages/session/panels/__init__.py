"""The panels of the session page: one module per panel, with ``layout`` and ``register``."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from dashboard.pages.session.panels import (
    around_events,
    cells,
    details,
    eye,
    field_of_view,
    navigator,
    performance,
    quality,
    replay,
    stimuli,
    timeline,
    trials,
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A panel in a tab; ``needs_planes`` says that it exists only for imaged sessions."""

    label: str
    module: ModuleType
    needs_planes: bool = False


PLANE_PANELS = (field_of_view,)
TABS = {
    "trials": Tab("Trials", trials),
    "performance": Tab("Performance", performance),
    "events": Tab("Events", around_events),
    "eye": Tab("Eye", eye),
    "replay": Tab("Replay", replay),
    "stimuli": Tab("Stimuli", stimuli),
    "cells": Tab("Cells", cells, needs_planes=True),
    "details": Tab("Details", details),
    "qc": Tab("QC", quality),
}
ALL = (navigator, timeline, *PLANE_PANELS, *(tab.module for tab in TABS.values()))
