"""Our scripts and stylesheets as one file each."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.http.page_files.joined import joined, version_of

SCRIPT = """/**
 * What it does.
 */
(() => {
  // a line
  const a = 1; // behind code
  const b = /** @type {number} */ (2); /* and here */
  /** @type {string} */ const c = "//no";
  /* two
     lines */
  window.sum = a + b + c;
})()
"""
KEPT = """(() => {
const a = 1; // behind code
const b = (2); /* and here */
const c = "//no";
window.sum = a + b + c;
})()
"""
ASSETS = Path(__file__).resolve().parents[4] / "assets"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "one.js"
    path.write_text(SCRIPT)
    return path


def test_comments_with_lines_of_their_own_are_left_out(script: Path) -> None:
    assert joined([script]).decode() == f"{KEPT}\n;\n"


def test_no_text_of_a_script_has_several_lines_whose_indentation_would_count() -> None:
    scripts = [path for path in ASSETS.rglob("*.js") if "vendor" not in path.parts]
    assert scripts
    for script in scripts:
        for line in script.read_text("utf-8").splitlines():
            assert line.count("`") % 2 == 0, f"{script}: {line}"


def test_a_script_without_its_semicolon_does_not_call_the_next(script: Path) -> None:
    other = script.with_name("two.js")
    other.write_text("(() => {})();\n")
    assert f"{KEPT}\n;\n(() =>" in joined([script, other]).decode()


def test_a_version_changes_with_the_content() -> None:
    assert version_of(b"a") == version_of(b"a") != version_of(b"b")
