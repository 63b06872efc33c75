"""The limit of what a request's body may hold; more is answered 413 with a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from data_layer.settings import MEGABYTE, Settings


def register(server: Flask, settings: Settings, others: Mapping[str, int]) -> None:
    """Limit the bodies of all requests before anything reads them.

    Args:
        server: the Flask application.
        settings: ``body_limit`` holds for most requests.
        others: the limits (MiB) of the paths that have another one.
    """
    server.config["MAX_CONTENT_LENGTH"] = settings.body_limit * MEGABYTE

    @server.before_request
    def limit() -> None:
        if request.path in others:
            request.max_content_length = others[request.path] * MEGABYTE

    server.register_error_handler(RequestEntityTooLarge, _too_large)


def too_large(limit: int) -> str:
    """The sentence about a limit in bytes."""
    return (
        f"This request is larger than {limit / MEGABYTE:g} MiB, the most that is taken. "
        "Send it in several parts."
    )


def _too_large(_error: RequestEntityTooLarge) -> Response:
    limit = request.max_content_length or 0
    return Response(too_large(limit), 413, mimetype="text/plain")
