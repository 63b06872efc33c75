"""Our scripts as one file, and our stylesheets as one, without what only people read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
"""A comment with lines of its own. Others behind code stay: telling them from text takes more."""
TYPE = re.compile(r"/\*\* @(?:type|param|returns)[^*\n]*\*/ ?")
"""A type in a line of code, which no text of ours looks like."""
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
"""No script of ours has a text over several lines, in which it would count."""
ENDS = {".js": "\n;\n", ".css": "\n"}
"""What separates two files, so that the first cannot go on in the second."""


def joined(paths: Sequence[Path]) -> bytes:
    """The files one after the other; all end in ``.js`` or all in ``.css``."""
    return "".join(_content(path) + ENDS[path.suffix] for path in paths).encode()


def _content(path: Path) -> str:
    return INDENT.sub("", TYPE.sub("", COMMENT.sub("", path.read_text("utf-8"))))


def version_of(content: bytes) -> str:
    """A short text that changes with the content, for its address."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()
