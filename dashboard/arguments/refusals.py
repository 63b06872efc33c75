"""Errors of requests as short answers: a status and a sentence, never a traceback."""

from __future__ import annotations

import logging

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from dashboard.arguments.checks import shortened
from dashboard.arguments.sentences import told
from data_layer.errors import DataLayerError, OverLimit

log = logging.getLogger(__name__)

UNFORESEEN = "Something went wrong here. The server's log has the details; reload to try again."


def register(server: Flask) -> None:
    """Answer every error of a route or callback with a sentence."""

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        answer = Response(_sentence(error), error.code, mimetype="text/plain")
        kept = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
        answer.headers.extend(kept)
        return answer

    @server.errorhandler(DataLayerError)
    def known(error: DataLayerError) -> Response:
        return Response(
            told(error), 400 if isinstance(error, OverLimit) else 404, mimetype="text/plain"
        )

    @server.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        log.error("%s %s", request.method, shortened(request.path), exc_info=error)
        return Response(UNFORESEEN, 500, mimetype="text/plain")


def _sentence(error: HTTPException) -> str:
    return error.description or f"{error.name}."
