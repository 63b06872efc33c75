"""The days of a container as cards: date, session type, experience level and projection."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import theme
from dashboard.theme.stylesheet import css
from dashboard.urls import experiment_path
from dashboard.urls.routes import outlines_url, projection_url
from data_layer.values.known import known


def day_caption(
    number: int, id_: int, row: pd.Series, *, here: bool, cell: int | None = None, note: str = ""
) -> html.Div:
    """The caption of a day: number, date, and session type as a link to the plane.

    The colour is that of the experience level.
    """
    level = str(known(row.get("experience_level")) or "")
    color = theme.EXPERIENCE_COLORS.get(level, theme.MUTED)
    where = "can be opened" if here else "not on this machine"
    mark = html.Span(className="level-mark here" if here else "level-mark")
    title = f"Open experiment {id_} ({where})"
    name = dcc.Link(
        theme.fact(row["session_type"], "session type"),
        href=experiment_path(id_, cell if here else None),
        title=title,
    )
    facts = [f"day {number}", level, theme.day(row["date_of_acquisition"]), note]
    return html.Div(
        [
            html.Div([mark, name], className="day-name"),
            html.Div(" · ".join(filter(None, facts)), className="day-facts"),
        ],
        className="day-caption",
        style={"--level": css(color)},
    )


def day_card(number: int, id_: int, row: pd.Series, *, here: bool) -> html.Figure:
    """The maximum projection under its caption; a box that says so where there is no file."""
    caption = day_caption(number, id_, row, here=here)
    return html.Figure([caption, day_picture(id_, here=here)], className="day-card")


def day_picture(id_: int, *, here: bool) -> Any:
    """The maximum projection; the cells' outlines on it are loaded when they are first shown."""
    if not here:
        return html.Div("not on this machine", className="day-picture absent")
    pictures = html.Div(
        [
            html.Img(
                alt=f"Maximum projection of experiment {id_}",
                **{"data-src": projection_url(id_)},
            ),
            html.Img(alt="", className="outlines", **{"data-src": outlines_url(id_)}),
        ],
        className="day-picture",
    )
    return dcc.Link(pictures, href=experiment_path(id_), title=f"Open experiment {id_}")
