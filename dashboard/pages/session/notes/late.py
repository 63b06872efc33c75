"""A sentence that appears when the server does not answer.

Dash does not report to the page that a server cannot be reached. So the request shows the sentence
(``running``), the stylesheet delays it for a moment, and the answer hides it (``ANSWERED``).
"""

from __future__ import annotations

from dash import Output, html

ANSWERED = True


def late(id_: str, sentence: str) -> html.P:
    """The sentence, hidden until a request is sent."""
    return html.P(sentence, id=id_, className="notes-late", role="alert", hidden=True)


def answered(id_: str) -> Output:
    """The output that every callback must set to ``ANSWERED``."""
    return Output(id_, "hidden")


def running(id_: str) -> list[tuple[Output, bool, bool]]:
    """The ``running`` argument of a callback; without an answer the sentence stays."""
    return [(Output(id_, "hidden"), not ANSWERED, not ANSWERED)]
