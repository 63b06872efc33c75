"""Choices of pages other than a session's that stand in their address: every view is a link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dashboard.urls.templates import query_value

ON, OFF = "on", "off"


class KeptChoice(NamedTuple):
    """Its name in the query, and the value with which it is left out there."""

    name: str
    default: str


KEPT_CHOICES = {
    "qc-shown": KeptChoice("shown", "all"),
    "qc-family": KeptChoice("family", "all"),
    "qc-review": KeptChoice("review", "all"),
    "qc-search": KeptChoice("search", ""),
    "container-cells-order": KeptChoice("order", "days"),
    "container-outlines": KeptChoice("outlines", OFF),
    "cell-split": KeptChoice("split", "none"),
    "cell-single": KeptChoice("single", OFF),
    "mouse-by": KeptChoice("by", "order"),
}
"""The choices by the id of their control; the browser writes them (``assets/core/address.js``)."""


def kept_choice(query: Mapping[str, Any], control: str) -> str:
    """The value of a control in a page's query; its default where the query has none."""
    name, default = KEPT_CHOICES[control]
    return query_value(query, name) or default
