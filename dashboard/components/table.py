"""AG Grid tables of panels, with an explanation of every column as its heading's tooltip.

``assets/core/table.js`` formats the cells, turns columns into rows and saves the CSV.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import dash_ag_grid as dag
import numpy as np
import pandas as pd
from dash import html

from dashboard.components.grid import grid_options, kept_rows

Kind = Literal["number", "id", "flag", "text", "times"]
WIDTHS: dict[Kind, int] = {"number": 96, "id": 112, "flag": 84, "text": 110, "times": 170}
UNEXPLAINED = "A column of the file, as released."


def column(
    name: str, kind: Kind, explanation: str | None, unit: str = "", **settings: Any
) -> dict[str, Any]:
    """The AG Grid definition of a column; ``settings`` override it.

    Args:
        name: AllenSDK's name of the column.
        kind: how its values are formatted.
        explanation: the tooltip of the heading; None where the column is not explained.
        unit: shown in the heading.
        settings: further AG Grid options.
    """
    heading = f"{name} ({unit})" if unit else name
    return {
        "field": name,
        "headerName": heading,
        "headerTooltip": explanation or UNEXPLAINED,
        "width": max(WIDTHS[kind], 34 + 7 * len(heading)),
        "cellDataType": False,
        "cellClass": f"cell-{kind}",
        "valueFormatter": {"function": f"vbdShown.{kind}(params.value)"},
        "filter": "agNumberColumnFilter" if kind == "number" else "agTextColumnFilter",
    } | settings


def kind_of(values: pd.Series[Any]) -> Kind:
    """How the values of a column are formatted, derived from its name and type."""
    if str(values.name).endswith("_id"):
        return "id"
    if values.map(np.ndim).max() if len(values) and values.dtype == object else 0:
        return "times"
    if pd.api.types.is_bool_dtype(values):
        return "flag"
    return "number" if pd.api.types.is_numeric_dtype(values) else "text"


def table(id_: str, row_id: str, columns: Sequence[dict[str, Any]] = ()) -> dag.AgGrid:
    """An empty table; the column ``row_id`` identifies a row, and clicks do not select rows.

    Its id is the name under which the address has how it is sorted and filtered.
    """
    return dag.AgGrid(
        id=id_,
        className="vbd-grid linked-table",
        columnDefs=list(columns),
        getRowId=f"params.data.{row_id}.toString()",
        defaultColDef={"sortable": True, "resizable": True, "filter": True},
        dashGridOptions=grid_options(
            rowSelection={
                "mode": "multiRow",
                "checkboxes": False,
                "headerCheckbox": False,
                "enableClickSelection": False,
            },
        ),
        eventListeners=kept_rows(id_),
        style={"height": "100%"},
    )


def csv_button(grid_id: str, file_name: str) -> html.Button:
    """A button that saves the filtered and sorted rows as CSV, values as stored."""
    data = {"data-grid": grid_id, "data-file": file_name}
    title = "Save the rows of the table as CSV, values as stored"
    return html.Button("CSV", className="quiet-button csv-button", title=title, **data)


def columns_of(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """A table as JSON with a list per column, which takes half the size of a list of rows.

    Absent values are None. Infinity, which JSON does not have, is ``"inf"`` or ``"-inf"``.
    """
    return {str(name): [_plain(value) for value in frame[name]] for name in frame.columns}


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and np.isinf(value):
        return "inf" if value > 0 else "-inf"
    return None if pd.isna(value) else value
