"""Rewrites the tags by which Dash loads scripts and stylesheets."""

from __future__ import annotations

import re
from collections.abc import Callable

TAG = re.compile(
    r'<(?:script src|link rel="stylesheet" href)="(?P<source>[^"]+)">(?:</script>)?\n?'
)
Rewrite = Callable[[str], str | None]


def sources(html: str) -> list[str]:
    """The addresses of the files that the tags load, in their order."""
    return [match["source"] for match in TAG.finditer(html)]


def rewritten(html: str, address: Rewrite) -> str:
    """The tags with other addresses, without those whose address is None; inline scripts stay."""

    def tag(match: re.Match[str]) -> str:
        new = address(match["source"])
        return "" if new is None else match[0].replace(match["source"], new)

    return TAG.sub(tag, html)
