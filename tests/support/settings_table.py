"""The table of all settings in docs/serving.md: ``python -m tests.support.settings_table`` writes.

It stands between the table's heading line and the next empty line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from data_layer.settings import PREFIX, Settings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "serving.md"
HEADING = "| setting | default | what it is |"


def table() -> str:
    """The rows of the table, in the order of the settings."""
    rows = (
        f"| `{PREFIX}{name.upper()}` | {_default(field)} | {_text(field)} |"
        for name, field in Settings.model_fields.items()
    )
    return "\n".join([HEADING, "|---|---|---|", *rows])


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "`~/.cache/vbdash`"
    value: Any = field.default
    return "" if value in (None, "") else f"`{value}`"


def _text(field: FieldInfo) -> str:
    return str(field.description).replace("|", "\\|")


def with_table(page: str) -> str:
    """The page with the present table in place of its own."""
    before, _, rest = page.partition(HEADING)
    return before + table() + rest[rest.index("\n\n") :]


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text()))
