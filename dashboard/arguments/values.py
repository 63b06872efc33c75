"""The types of the values that come from the browser; callbacks and routes name them.

A value that no page of ours can send is refused: the request is answered with status 400. A value
that a link or an older page may hold, such as the id of another session, passes: the panel says in
words why there is nothing to show. Beyond a limit of the settings a panel says which.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, NotRequired

from pydantic import AfterValidator, Field, JsonValue
from typing_extensions import TypedDict

from dashboard.arguments.limits import within
from dashboard.urls import Kind
from data_layer.values.trace_kinds import TRACE_KINDS

LONGEST_TEXT = 20_000  # characters
LONGEST_WORD = 300  # characters of a name or a choice
FARTHEST = 1e12  # s; clocks in Unix time are below it


def _ordered(window: Any) -> Any:
    if window["stop"] <= window["start"]:
        raise ValueError("stop should be later than start")
    return window


def _few_pixels(pixels: int) -> int:
    within("max_pixels", pixels, "pixels across")
    return pixels


def _few_cells(cells: list[int]) -> list[int]:
    within("max_selected_cells", len(cells), "selected cells")
    return cells


def _few_compared(ids: list[int]) -> list[int]:
    within("max_compared", len(ids), "experiments of a comparison")
    return ids


def _few_rows(page: Any) -> Any:
    within("max_rows_a_page", page["endRow"] - page["startRow"], "rows of a table at once")
    return page


def one_of(choices: Iterable[str]) -> AfterValidator:
    """The check of a text that is one of a few; it stands in ``Annotated[Word, …]``."""
    known = tuple(choices)

    def check(name: str) -> str:
        if name not in known:
            raise ValueError(f"it should be one of {', '.join(known)}")
        return name

    return AfterValidator(check)


Id = Annotated[int, Field(ge=0, lt=2**63)]
Word = Annotated[str, Field(max_length=LONGEST_WORD)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Seconds = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST, allow_inf_nan=False)]
Clock = Annotated[float, Field(ge=0, lt=2**53, allow_inf_nan=False)]
"""What the browser's clock or a counter says; only that it changes matters."""
Plain = JsonValue
"""Any JSON, for a value that is only tested for being there."""
PlaneNumber = Annotated[str, Field(pattern=r"^[0-9]{0,3}$")] | None
"""The place of the chosen plane among those of a session."""
PagePath = Annotated[str, Field(max_length=2000, pattern=r"^/[^\x00-\x1f\x7f]*$")]
Query = Annotated[str, Field(max_length=LONGEST_TEXT)] | None


TraceName = Annotated[Word, one_of(TRACE_KINDS)]
Pixels = Annotated[int, Field(ge=1), AfterValidator(_few_pixels)]


class AddressData(TypedDict):
    """The store ``address``."""

    kind: Kind
    id: Id


class Span(TypedDict):
    """The store ``window``: a span of session time (s)."""

    start: Seconds
    stop: Seconds


WindowData = Annotated[Span, AfterValidator(_ordered)]


class _Request(Span):
    pixels: Pixels
    first: bool
    ahead: NotRequired[bool]


RequestData = Annotated[_Request, AfterValidator(_ordered)]
"""The store ``request``: the window that the timeline asks for."""


class _Drawn(_Request):
    rows: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


DrawnData = Annotated[_Drawn, AfterValidator(_ordered)]
"""The store ``answered``: the request that is drawn, and a hash of the rows that show it."""


class Selection(TypedDict):
    """The store ``selection``."""

    cells: Annotated[list[Id], AfterValidator(_few_cells)]


class Options(TypedDict, total=False):
    """The part of the store ``options`` that the server reads; unknown choices have defaults."""

    rows: Annotated[list[Word], Field(max_length=100)]
    activity: Word
    sort: Word
    traces: Annotated[list[Word], Field(max_length=100)]


Choices = Annotated[list[Word], Field(max_length=1000)]


class ComparisonData(TypedDict):
    """The store of the comparison page."""

    ids: Annotated[list[Id], Field(min_length=1), AfterValidator(_few_compared)]
    show: Choices
    cell: Id | None


class Row(TypedDict):
    """The highlighted row of Explore's tables."""

    kind: Kind
    id: Id


class GridId(TypedDict):
    """The id of a table whose rows are read as they are scrolled to."""

    type: Literal["rows"]
    panel: Literal["stimuli", "details"]
    kind: Literal["experiment", "behavior"]
    of: Id
    table: Word
    cell: Annotated[int, Field(ge=-1, lt=2**63)]


class SortedColumn(TypedDict):
    """A column by which AG Grid wants the rows sorted."""

    colId: Word
    sort: Literal["asc", "desc"]


class TextFilter(TypedDict):
    """AG Grid's condition on a text."""

    filterType: Literal["text"]
    type: Literal["contains", "equals"]
    filter: Text


Number = Annotated[float, Field(allow_inf_nan=False)]


class NumberFilter(TypedDict):
    """AG Grid's condition on a number."""

    filterType: Literal["number"]
    type: Literal["equals", "greaterThan", "lessThan"]
    filter: Number


class RangeFilter(TypedDict):
    """AG Grid's condition that a number is in a range."""

    filterType: Literal["number"]
    type: Literal["inRange"]
    filter: Number
    filterTo: Number


class _Rows(TypedDict):
    startRow: Annotated[int, Field(ge=0, lt=2**53)]
    endRow: Annotated[int, Field(ge=0, lt=2**53)]


class _AskedRows(_Rows, total=False):
    sortModel: Annotated[list[SortedColumn], Field(max_length=20)] | None
    filterModel: (
        Annotated[dict[Word, TextFilter | RangeFilter | NumberFilter], Field(max_length=200)] | None
    )


AskedRows = Annotated[_AskedRows, AfterValidator(_few_rows)]
"""AG Grid's request for rows."""


class About(TypedDict):
    """The store of the notes' drawer: what each ``kind:id`` of the page is called."""

    subjects: Annotated[dict[Word, Text], Field(min_length=1, max_length=1000)]
    on_timeline: bool


class NoteForm(TypedDict):
    """The content of the form of a note."""

    label: Word
    text: Text | None
    subject: Word
    panel: Word
    at_time: bool | None
    of_cell: bool | None


class Here(TypedDict, total=False):
    """Where the reader is: the time (s) at the cursor and the selected cell."""

    time: Seconds | None
    cell: Id | None


class Gesture(TypedDict):
    """A click on a button below a note, or a verdict by key; ``note`` is an id or a label."""

    do: Literal["correct", "withdraw", "verdict", "undo"]
    note: Word
