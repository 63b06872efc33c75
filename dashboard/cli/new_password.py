"""Asks for a new password twice, on the terminal or from a program's two lines."""

from __future__ import annotations

import sys
from getpass import getpass

from dashboard.http.access.passwords import BadPassword

QUESTIONS = ("New password: ", "The same again: ")


def ask_for_password() -> str:
    """The password that was given twice.

    Raises:
        BadPassword: the two differ.
    """
    first, again = map(_answer, QUESTIONS)
    if first != again:
        raise BadPassword("The two passwords differ; nothing was written.")
    return first


def _answer(question: str) -> str:
    if sys.stdin.isatty():
        return getpass(question)
    return sys.stdin.readline().rstrip("\n")
