"""Sentences of errors for the clients of the app that answers the current request."""

from __future__ import annotations

import logging

from dashboard.arguments.limits import settings_here
from data_layer.errors import DataLayerError

log = logging.getLogger(__name__)


def told(error: Exception) -> str:
    """The error's sentence.

    Where others are let in than who runs the server, it names no folders of this machine; the
    log has the whole sentence then.
    """
    whole = str(error)
    settings = settings_here()
    if not isinstance(error, DataLayerError) or settings is None or not settings.is_shared:
        return whole
    if (sentence := error.without_folders()) != whole:
        log.warning("%s", whole)
    return sentence
