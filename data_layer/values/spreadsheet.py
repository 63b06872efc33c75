"""Texts in CSV files that a spreadsheet would take for formulas and run.

``assets/core/formulas.js`` follows the same rule; the cases in ``tests/cases/formulas.json`` test
both.
"""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Spreadsheets take a text that begins with one of these for a formula, or look behind it for one.

See https://owasp.org/www-community/attacks/CSV_Injection.
"""
GUARD = "'"


def guarded(text: str) -> str:
    """The text with an apostrophe before it if it begins like a formula, or with an apostrophe.

    The latter makes :func:`unguarded` give back every text.
    """
    return f"{GUARD}{text}" if text.startswith((*FORMULA, GUARD)) else text


def unguarded(text: str) -> str:
    """The text that :func:`guarded` was given."""
    return text.removeprefix(GUARD)
