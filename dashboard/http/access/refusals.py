"""Answers to requests that are not let in: one sentence as plain text."""

from __future__ import annotations

from flask import Response


def refusal(status: int, sentence: str) -> Response:
    """An answer that says in one sentence why the request is refused, and is never stored."""
    answer = Response(f"{sentence}\n", status, mimetype="text/plain")
    answer.cache_control.no_store = True
    return answer
