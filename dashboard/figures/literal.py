"""Text of files and tables in figures, where Plotly takes some of HTML for markup."""

from __future__ import annotations

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", "\n": "<br>"})


def literal(text: object) -> str:
    """The text such that Plotly shows it as it is; its lines stay lines.

    Every text that a file, a table or a user may have written passes here on its way into a title,
    a label, an annotation or a hover text. Without it, ``<b>`` would make bold, ``<a>`` a link, and
    ``%{x}`` in a hover text the value of x. (``assets/core/format.js`` has the same for scripts.)
    """
    return str(text).translate(_ESCAPED).replace("%{", "&#37;{")
