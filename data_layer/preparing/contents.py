"""What a prepared store holds today, as the code declares it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from data_layer import around_events, quality, store
from data_layer.prepared.label import FORMAT
from data_layer.prepared.registry import REGISTRY, Datum
from data_layer.quality.checks.rules import FROM_FILE
from data_layer.store.signals import SIGNALS
from data_layer.values.trace_kinds import PREPARED

DECLARING = (store, around_events, quality)
"""The packages whose modules may declare prepared data."""


def every_datum() -> Iterable[Datum[Any, Any]]:
    """Every prepared datum; imports all modules that may declare one."""
    for folder in DECLARING:
        for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
            import_module(module.name)
    return REGISTRY.values()


def declared() -> dict[str, list[str]]:
    """The names of the data, signals, traces and checks that a store may hold."""
    return {
        "data": sorted(datum.name for datum in every_datum()),
        "signals": sorted(SIGNALS),
        "traces": sorted(f"{kind.name}: {kind.prepared}" for kind in PREPARED),
        "checks": sorted(FROM_FILE),
    }


def is_current(label: Mapping[str, Any]) -> bool:
    """Whether a store was built by code that declares the same; ``label`` holds its facts."""
    return label.get("format") == FORMAT and label.get("declared") == declared()
