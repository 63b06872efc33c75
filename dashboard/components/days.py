"""The days of a container side by side: projection, session type, experience, date."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import theme
from dashboard.urls import experiment_path
from dashboard.urls.routes import outlines_url, projection_url


def day_caption(
    number: int, id_: int, row: pd.Series, *, here: bool, cell: int | None = None, note: str = ""
) -> html.Div:
    """Which day it is: number, date, session type in its experience's colour, link to the plane."""
    level = str(row.get("experience_level") or "")
    color = theme.EXPERIENCE_COLORS.get(level, theme.MUTED)
    where = "on this machine" if here else "not on this machine"
    mark = html.Span(className="level-mark here" if here else "level-mark")
    title = f"Open experiment {id_} ({where})"
    name = dcc.Link(
        str(row["session_type"]), href=experiment_path(id_, cell if here else None), title=title
    )
    facts = [f"day {number}", level, f"{row['date_of_acquisition']:%Y-%m-%d}", note]
    return html.Div(
        [
            html.Div([mark, name], className="day-name"),
            html.Div(" · ".join(filter(None, facts)), className="day-facts"),
        ],
        className="day-caption",
        style={"--level": color},
    )


def day_card(number: int, id_: int, row: pd.Series, *, here: bool) -> html.Figure:
    """The maximum projection under its caption; without the file, a frame that says so."""
    caption = day_caption(number, id_, row, here=here)
    return html.Figure([caption, day_picture(id_, here=here)], className="day-card")


def day_picture(id_: int, *, here: bool) -> Any:
    """The maximum projection; outlines lie on top, fetched when they are first shown."""
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
