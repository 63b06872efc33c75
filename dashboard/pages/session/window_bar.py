"""The bar that shows and sets the time window, and steps from event to event."""

from __future__ import annotations

from dash import dcc, html

START, LENGTH = "window-start", "window-length"
STEPS = ("trial", "change", "omission", "reward")
LENGTHS = {"10 s": 10, "30 s": 30, "1 min": 60, "5 min": 300, "all": 0}


def window_bar() -> html.Div:
    """Fields for start and length, buttons for steps and lengths, and the cursor's read-out."""
    return html.Div(
        [
            html.Label(["from", _field(START)], title="start of the window in seconds"),
            html.Label(["for", _field(LENGTH), "s"], title="length of the window in seconds"),
            html.Div([step(name, name, name[0]) for name in STEPS], className="steps"),
            html.Div([_length(text, s) for text, s in LENGTHS.items()], className="lengths"),
            html.Div(id="readout", className="readout", role="status"),
        ],
        className="window-bar",
        id="window-bar",
    )


def _field(id_: str) -> dcc.Input:
    return dcc.Input(
        id=id_,
        type="text",
        inputMode="decimal",
        className="window-field",
        debounce=True,
        autoComplete="off",
    )


def step(kind: str, name: str, key: str) -> html.Span:
    """Buttons that go to the previous and the next landmark of a kind, with its name between.

    The name becomes "miss 1 of 9" in the trials tab while the window's middle is at one
    (``assets/session/step_names.js``).
    """
    return html.Span(
        [
            _arrow("◂", f"previous {name}", f"shift {key}", f"-{kind}"),
            html.Span(name, className="step-name", **{"data-name": name, "data-kind": kind}),
            _arrow("▸", f"next {name}", key, f"+{kind}"),
        ],
        className="step-group",
    )


def _arrow(sign: str, name: str, key: str, to: str) -> html.Button:
    data = {"data-step": to, "aria-label": name, "aria-keyshortcuts": key.replace(" ", "+")}
    return html.Button(sign, className="step", title=f"{name} ({key})", **data)


def _length(text: str, seconds: int) -> html.Button:
    return html.Button(text, className="length", **{"data-length": str(seconds)})
