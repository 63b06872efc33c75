"""The session page's header: the recording's main facts and links to its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import theme
from dashboard.components.chips import chip, cre_line_chip, experience_chip
from dashboard.urls import Address, mouse_path


def header(
    address: Address, facts: dict[str, Any], links: Sequence[Any], notes: Any = None
) -> html.Div:
    """Title, facts as chips, links and notes; ``facts`` are the metadata or a table's row."""
    id_ = address.id or "unknown"
    return html.Div(
        [
            html.H1([html.Span(address.id_name, className="id-name"), f" {id_}"]),
            html.Div(_chips(facts), className="facts"),
            html.Div(list(links), className="neighbours"),
            notes,
            html.Button(
                "Prepare",
                id="prepare-session",
                className="quiet-button",
                title="Prepare this recording, so that it opens at once and has its row in QC",
                hidden=True,
            ),
            html.Div(id="preparation", className="preparation", role="status"),
        ],
        className="session-header",
    )


def _chips(facts: dict[str, Any]) -> list[html.Span]:
    mouse = facts.get("mouse_id")
    chips = [
        cre_line_chip(facts.get("cre_line") or ""),
        chip(theme.place(facts), "targeted structure and imaging depth"),
        chip(facts.get("session_type"), "session type"),
        chip(_behavior_type(facts), "whether the mouse could lick for water"),
        experience_chip(facts.get("experience_level") or ""),
        chip(mouse and f"mouse {mouse}", "all sessions of this mouse", href=mouse_path(mouse)),
        chip(_sex_and_age(facts), "sex and age"),
        chip(facts.get("full_genotype"), "full genotype"),
        chip(_date(facts.get("date_of_acquisition")), "date of acquisition (UTC)"),
        chip(facts.get("equipment_name"), "equipment"),
    ]
    return [one for one in chips if one is not None]


def _behavior_type(facts: dict[str, Any]) -> str:
    kind = str(facts.get("behavior_type") or "")
    session_type = str(facts.get("session_type") or "")
    if kind:
        return kind.split("_")[0]
    return "passive" if "passive" in session_type else session_type and "active"


def _sex_and_age(facts: dict[str, Any]) -> str:
    age = facts.get("age_in_days")
    sex = facts.get("sex")
    words = ["" if pd.isna(sex) else str(sex), f"{int(age)} days" if pd.notna(age) and age else ""]
    return ", ".join(word for word in words if word)


def _date(when: Any) -> str:
    if pd.isna(when):
        return ""
    return f"{when:%Y-%m-%d %H:%M}" if hasattr(when, "strftime") else str(when)


def link(text: str, address: Address | None, title: str, *, available: bool = True) -> Any:
    """A link to a neighbour, or only its text if there is none."""
    if address is None:
        return html.Span(text, className="neighbour absent", title=title)
    note = "" if available else " (not on this machine)"
    state = "" if available else " absent"
    return dcc.Link(text, href=address.path, title=title + note, className="neighbour" + state)
