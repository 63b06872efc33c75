"""The list of notes: order, what took whose place, and what can be clicked."""

from __future__ import annotations

from dash import html

from dashboard.pages.session.notes.items import items
from tests.dashboard.pages.session.reading import text
from tests.data_layer.annotations.made import written

SUBJECTS = {"experiment:951980471": "this plane"}


def does(item: html.Li) -> dict[str, str]:
    """What the buttons of an item do, and with what."""
    buttons = [c.to_plotly_json()["props"] for c in item._traverse() if isinstance(c, html.Button)]
    return {props["data-do"]: props["data-with"] for props in buttons}


def test_the_newest_is_first_and_says_what_it_can_do() -> None:
    first, last = written("good"), written("bad", time=1234.56, cell=7, panel="Eye", note="a\nb")
    newest, oldest = items([first, last], SUBJECTS, on_timeline=True)
    assert does(newest) == {
        "time": "1234.56",
        "cell": "7",
        "correct": last.id,
        "withdraw": last.id,
    }
    assert does(oldest) == {"correct": first.id, "withdraw": first.id}
    words = text(newest)
    for word in ("✕ bad", "a\nb", "this plane, Eye", "at 1,234.6 s", "cell 7"):
        assert word in words


def test_what_was_corrected_or_withdrawn_stays_and_offers_nothing() -> None:
    first = written("good")
    second = written("bad", note="no", author="Ben", supersedes=first.id)
    third = written("withdrawn", author="Eva", supersedes=second.id)
    listed = items([first, second, third], SUBJECTS, on_timeline=True)
    assert [does(item) for item in listed] == [{}, {}, {}]
    assert [item.className for item in listed] == ["note", "note superseded", "note superseded"]
    assert "withdrawn by Eva" in text(listed[1])
    assert "corrected by Ben" in text(listed[2])


def test_without_the_recording_moments_and_cells_are_no_links() -> None:
    (item,) = items([written(time=1.0, cell=7)], SUBJECTS, on_timeline=False)
    assert {*does(item)} == {"correct", "withdraw"}
    assert "at 1.0 s" in text(item)
    assert "cell 7" in text(item)
