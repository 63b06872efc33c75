"""A sentence that shows while the server owes an answer.

Dash tells nobody when a server cannot be reached. So the sentence is there from the question on
(``running``), the style sheet holds it back for a moment, and the answer hides it (``ANSWERED``).
"""

from __future__ import annotations

from dash import Output, html

ANSWERED = True


def late(id_: str, sentence: str) -> html.P:
    """The sentence, hidden until something is asked."""
    return html.P(sentence, id=id_, className="notes-late", role="alert", hidden=True)


def answered(id_: str) -> Output:
    """The output to which every answer gives ``ANSWERED``."""
    return Output(id_, "hidden")


def running(id_: str) -> list[tuple[Output, bool, bool]]:
    """What a callback is registered with; an answer that is no answer leaves the sentence there."""
    return [(Output(id_, "hidden"), not ANSWERED, not ANSWERED)]
