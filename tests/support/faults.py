"""Writes ``docs/faults.md``: every fault that a test tries, in the words of the test's name.

A test of a fault has the marker ``fault``, and a name that tells what is wrong and what happens:
``test_a_group_of_licks_that_cannot_be_opened_is_told_as_damage``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/faults.md"
MARKER = "pytest.mark.fault"
HEAD = """# Faults that are tried

Each line is a test that plants one fault and asserts what happens. Written by `make faults` from
the names of the tests with the marker `fault`; `make fuzz` tries many more at random.
"""


def page() -> str:
    """The text of ``docs/faults.md`` as the tests are now."""
    lines = [HEAD]
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if names := list(_fault_tests(path)):
            lines.append(f"## {path.relative_to(ROOT)}\n")
            lines.extend(f"- {_sentence(name)}" for name in names)
            lines.append("")
    return "\n".join(lines)


def _fault_tests(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    whole = any(
        "pytestmark" in ast.unparse(node) and MARKER in ast.unparse(node)
        for node in tree.body
        if isinstance(node, ast.Assign)
    )
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            marked = any(MARKER in ast.unparse(mark) for mark in node.decorator_list)
            if whole or marked:
                yield node.name


def _sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


if __name__ == "__main__":
    PAGE.write_text(page())
