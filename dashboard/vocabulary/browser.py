"""Words, colours and limits that Python and the browser's scripts share, sent with each page.

``assets/core/vocabulary.js`` reads them from the page as ``vbd.vocabulary``:

    outcomes         {"hit": {"label": "hit", "color": "#22854c", "symbol": "●"}, …}
    verdicts         {"f": {"word": "fail", "symbol": "✕", "className": "fail"}, …}, the worst
                     first, by the letter that the QC page's document holds
    noteLabels       {"good": {"symbol": "✓", "text": "Looked at and fit for use."}, …}
    traces           {"dff": "dF/F", …}, what each kind of trace is called
    behaviorSignals  ["running_speed", …], the signals around events that belong to no cell
    keys             {"ArrowLeft": "move back", …}, what each key does
    colors           {"ink": "#1d2733", "paper": …, "accent": …, "onPicture": …, …}
    themes           {"dark": {"colors": {"#1d2733": …}, "text": 1, "lines": 0}, …}
    graphConfig      {"showSendToCloud": false, …}, Plotly's settings of every graph
    limits           {"compared": 6}, how many experiments fit into one comparison
    paths            ``urls/routes.py``: FOR_BROWSER, below the prefix; ``vbd.url`` fills them in
    keptChoices      ``urls/kept_choices.py``: KEPT_CHOICES, what stands in a page's address
    server           {"name": …, "version": "1.2.0"}, what ``/health`` told when the page was sent
"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from dashboard import theme
from dashboard.theme.palettes import THEMES
from dashboard.urls import MAX_COMPARED
from dashboard.urls.kept_choices import KEPT_CHOICES
from dashboard.urls.routes import FOR_BROWSER
from dashboard.urls.templates import link
from dashboard.vocabulary.marks import (
    LABEL_SYMBOLS,
    VERDICT_LETTERS,
    VERDICT_SYMBOLS,
    verdict_class,
)
from dashboard.vocabulary.shortcuts import SHORTCUTS
from dashboard.vocabulary.signals import BEHAVIOR_SIGNALS, TRACES
from data_layer.annotations.annotation import LABELS

PACKAGE = "visual-behavior-dashboard"


def browser_vocabulary(compared: int = MAX_COMPARED) -> dict[str, Any]:
    """The vocabulary of the scripts; the module's docstring shows its structure."""
    return {
        "outcomes": {
            outcome: {
                "label": theme.OUTCOME_LABELS[outcome],
                "color": color,
                "symbol": theme.OUTCOME_GLYPHS[outcome],
            }
            for outcome, color in theme.OUTCOME_COLORS.items()
        },
        "verdicts": {
            VERDICT_LETTERS[verdict]: {
                "word": verdict,
                "symbol": symbol,
                "className": verdict_class(verdict),
            }
            for verdict, symbol in VERDICT_SYMBOLS.items()
        },
        "noteLabels": {
            label: {"symbol": LABEL_SYMBOLS[label], "text": text} for label, text in LABELS.items()
        },
        "traces": TRACES,
        "behaviorSignals": list(BEHAVIOR_SIGNALS),
        "keys": {key: name for line in SHORTCUTS for key, name in line.actions.items()},
        "colors": {
            "ink": theme.INK,
            "paper": theme.PAPER,
            "accent": theme.ACCENT,
            "onPicture": theme.ON_PICTURE,
            "pictureEdge": theme.PICTURE_EDGE,
            "activeRoi": theme.ACTIVE_ROI_COLOR,
            "selectedRoi": theme.SELECTED_ROI_COLOR,
            "screen": theme.SCREEN_COLOR,
            **theme.ELLIPSE_COLORS,
        },
        "themes": {
            name: {"colors": dict(one.figures), "text": one.text, "lines": one.lines}
            for name, one in THEMES.items()
        },
        "graphConfig": theme.GRAPH_CONFIG,
        "limits": {"compared": compared},
        "paths": {name: link(path) for name, path in FOR_BROWSER.items()},
        "keptChoices": {control: [*choice] for control, choice in KEPT_CHOICES.items()},
        "server": {"name": PACKAGE, "version": running_version()},
    }


def running_version() -> str:
    """The version of the dashboard that is installed."""
    return version(PACKAGE)


def with_vocabulary(index_string: str, compared: int = MAX_COMPARED) -> str:
    """Dash's HTML template with the vocabulary inserted before the scripts that read it.

    ``<`` is escaped because ``</script>`` in a text would end the element.
    """
    content = json.dumps(browser_vocabulary(compared), ensure_ascii=False, separators=(",", ":"))
    content = content.replace("<", "\\u003c")
    element = f'<script type="application/json" id="vbd-vocabulary">{content}</script>'
    return index_string.replace("{%app_entry%}", f"{element}{{%app_entry%}}", 1)
