"""One note in the list: verdict, text, who and when, and the way to what it is about.

What a click on a button does says its ``data-do``. ``assets/notes/drawer.js`` puts the elements on
the page itself: while Dash mounts a component, and whenever anything changes, it asks all
components of the page. Those of 50 notes took it 0.8 s to mount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dash import html

from dashboard.components.note_labels import shown, swatch
from data_layer.annotations.annotation import LABELS, WITHDRAWN, Annotation


def items(
    annotations: Iterable[Annotation], subjects: Mapping[str, str], *, on_timeline: bool
) -> list[html.Li]:
    """The notes, the newest first; ``annotations`` begin with the oldest.

    ``subjects`` says what each ``kind:id`` is called. Moments and cells are links where
    ``on_timeline``.
    """
    known = list(annotations)
    later = {a.supersedes: a for a in known if a.supersedes}
    return [
        _item(a, later.get(a.id), subjects.get(str(a.about), ""), on_timeline=on_timeline)
        for a in reversed(known)
    ]


def _item(
    annotation: Annotation, later: Annotation | None, subject: str, *, on_timeline: bool
) -> html.Li:
    where = html.Span(", ".join(filter(None, (subject, annotation.panel))))
    about = [where, *_places(annotation, on_timeline=on_timeline), *_gestures(annotation, later)]
    parts = [
        html.Div([_verdict(annotation.label), _who(annotation)], className="note-head"),
        *([html.P(annotation.note)] if annotation.note else []),
        html.Div(about, className="note-about"),
    ]
    state = "note superseded" if later else "note"
    return html.Li(parts, className=state, tabIndex=-1, **{"data-note": annotation.id})


def _verdict(label: str) -> html.B:
    title, style = LABELS.get(label, ""), {"--swatch": swatch(label)}
    return html.B(shown([label]), className="note-label", title=title, style=style)


def _who(annotation: Annotation) -> html.Span:
    exact = annotation.to_record()["created"]
    when = f"{annotation.created:%Y-%m-%d %H:%M} UTC"
    time = html.Time(when, dateTime=exact, title=f"{exact} (UTC)")
    return html.Span([annotation.author, " · ", time], className="note-who")


def _places(annotation: Annotation, *, on_timeline: bool) -> list[Any]:
    time, cell = annotation.time, annotation.cell
    found = []
    if time is not None:
        found.append((f"at {time:,.1f} s", "time", time, "Move the timeline there"))
    if cell is not None:
        found.append((f"cell {cell}", "cell", cell, "Select this cell"))
    return [_link(*place) if on_timeline else html.Span(place[0]) for place in found]


def _gestures(annotation: Annotation, later: Annotation | None) -> list[Any]:
    if later:
        how = "withdrawn" if later.label == WITHDRAWN else "corrected"
        return [html.I(f"{how} by {later.author}")]
    if annotation.label == WITHDRAWN:
        return []
    id_ = annotation.id
    return [
        _link("correct", "correct", id_, "Write a note that takes the place of this one"),
        _link("withdraw", "withdraw", id_, "Take this note back; it stays in the history"),
    ]


def _link(text: str, do: str, with_: object, title: str) -> html.Button:
    does = {"data-do": do, "data-with": str(with_)}
    return html.Button(text, className="note-link", type="button", title=title, **does)
