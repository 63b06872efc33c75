"""Texts in CSV files that a spreadsheet would take for formulas and run.

``assets/core/formulas.js`` follows the same rule; the cases in ``tests/cases/formulas.json`` test
both.
"""

from __future__ import annotations

import io

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Spreadsheets take a text that begins with one of these for a formula, or look behind it for one.

See https://owasp.org/www-community/attacks/CSV_Injection.
"""
GUARD = "'"
LINE_END = "\r\n"
"""What writers of CSV get as the end of a row: they quote a text with one of its characters."""


class CsvText(io.StringIO):
    """Takes rows of a CSV writer that ends them with ``LINE_END``, and ends them with LF.

    A writer that ends rows with LF leaves a text with CR unquoted, but readers of CSV take a CR
    for the end of a row too: what follows it would be a cell without a guard.
    """

    def __init__(self) -> None:
        super().__init__(newline="")

    def write(self, row: str) -> int:
        """Add one row; CSV writers write each at once."""
        return super().write(row.removesuffix(LINE_END) + "\n")


def guarded(text: str) -> str:
    """The text with an apostrophe before it if it begins like a formula, or with an apostrophe.

    The latter makes :func:`unguarded` give back every text.
    """
    return f"{GUARD}{text}" if text.startswith((*FORMULA, GUARD)) else text


def unguarded(text: str) -> str:
    """The text that :func:`guarded` was given."""
    return text.removeprefix(GUARD)
