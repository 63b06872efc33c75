"""The rows of the table by name; each function measures and returns lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.bench import Bench
from benchmarks.harness import Line
from benchmarks.rows import (
    around_events,
    arriving,
    downloading,
    growth,
    hand,
    many_users,
    opening,
    page_browser,
    picker,
    start_up,
    streaming,
    zoom_browser,
    zoom_server,
)

ROWS: Mapping[str, Callable[[Bench], list[Line]]] = {
    "cold-open": opening.cold,
    "warm-open": opening.warm,
    "zoom-server": zoom_server.measure,
    "zoom-browser": zoom_browser.measure,
    "hand": hand.measure,
    "around-events": around_events.measure,
    "page-browser": page_browser.measure,
    "arriving": arriving.measure,
    "picker": picker.measure,
    "growth": growth.measure,
    "many-users": many_users.measure,
    "start-up": start_up.measure,
    "streaming": streaming.measure,
    "download": downloading.measure,
}
