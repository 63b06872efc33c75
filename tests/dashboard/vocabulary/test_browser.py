"""The words that the browser is sent are those of Python, and nothing in them ends the element."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard import theme
from dashboard.components.top_bar import keys_dialog
from dashboard.urls import MAX_COMPARED
from dashboard.vocabulary import browser
from dashboard.vocabulary.browser import browser_vocabulary, with_vocabulary
from data_layer.annotations.annotation import LABELS
from data_layer.derived.trial_type import OUTCOMES
from data_layer.quality.checks.check import VERDICTS

ASSETS = Path(__file__).resolve().parents[3] / "assets"
INDEX = "<body>{%app_entry%}<footer>{%scripts%}</footer></body>"
ELEMENT = re.compile(r'<script type="application/json" id="vbd-vocabulary">(.*?)</script>')


def sent() -> dict[str, Any]:
    return json.loads(ELEMENT.search(with_vocabulary(INDEX))[1])


def test_it_is_sent_as_it_is_before_the_scripts() -> None:
    html = with_vocabulary(INDEX)
    assert sent() == browser_vocabulary()
    assert html.index("vbd-vocabulary") < html.index("{%app_entry%}") < html.index("{%scripts%}")


def test_no_text_ends_the_element(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = "</script><script>alert(1)</script>"
    monkeypatch.setattr(browser, "TRACES", {"dff": odd})
    assert odd not in with_vocabulary(INDEX)
    assert sent()["traces"] == {"dff": odd}


def test_every_outcome_verdict_and_label_is_in_it() -> None:
    vocabulary = browser_vocabulary()
    assert set(vocabulary["outcomes"]) == set(OUTCOMES)
    assert {o["color"] for o in vocabulary["outcomes"].values()} == {*theme.OUTCOME_COLORS.values()}
    assert [verdict["word"] for verdict in vocabulary["verdicts"].values()] == list(VERDICTS)
    assert list(vocabulary["noteLabels"]) == list(LABELS)
    assert vocabulary["limits"] == {"compared": MAX_COMPARED}


def test_every_key_has_a_line_in_the_list_and_does_something() -> None:
    dialog = keys_dialog()
    shown = " ".join(
        str(one.children)
        for one in dialog._traverse()
        if isinstance(one, Component) and one._type == "Kbd"
    )
    scripts = " ".join(path.read_text() for path in ASSETS.rglob("*.js"))
    for key, action in browser_vocabulary()["keys"].items():
        assert key.lower() in shown or key in ("ArrowLeft", "ArrowRight", "=", "-")
        assert f'"{action}"' in scripts or re.search(rf"\b{action}: ", scripts)


@pytest.mark.parametrize("words", ["false alarm", "not applicable", "look again", "#1f5fbf"])
def test_no_script_repeats_a_word_of_it(words: str) -> None:
    assert words in json.dumps(browser_vocabulary(), ensure_ascii=False)
    repeated = [
        path.name for path in ASSETS.rglob("*.js") if words in path.read_text() and path.is_file()
    ]
    assert not [name for name in repeated if not name.startswith("plotly-")]
