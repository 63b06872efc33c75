"""What keeps the project easy to read: small parts, explained names, nothing of one machine."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import pytest
from plotly.basedatatypes import BaseTraceType
from plotly.offline import get_plotlyjs_version

import data_layer

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("assets", "benchmarks", "dashboard", "data_layer", "docs", "release", "tests", ".ci")
CODE = {".py", ".js", ".css"}
TEXT = {*CODE, ".md", ".toml", ".txt", ".cfg", ".cff", ".yaml", ".yml", ".json", ".grit", ""}
REGISTRY = r"pypi[.]org|pythonhosted[.]org|npmjs[.]|find[-]links|index[-]url"
PAGE = {"assets", "dashboard"}
TRACE_TYPE = r"""[\s{"]type"?: "(\w+)\""""
FOREIGN = {".git", "__pycache__", "vendor"}
FORMATTER_OFF = r"# fmt: (skip|off)|biome-ignore(-all|-start)? format"
MACHINE_PATH = r"(?<![\w.}])/(work|root|tmp|opt|Users|home/\w+)/"


def texts() -> Iterator[Path]:
    """Every file of the project that is text; those of tools and caches are elsewhere."""
    inside = (p for folder in FOLDERS for p in (ROOT / folder).rglob("*"))
    for path in (*ROOT.glob("*"), *inside):
        foreign = FOREIGN & set(path.parts) or path.name.startswith(".coverage")
        if path.is_file() and path.suffix in TEXT and not foreign:
            yield path


def functions(top: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in (ROOT / top).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def test_the_bundle_of_plotly_is_of_the_version_that_figures_are_checked_with() -> None:
    bundle = (ROOT / "assets" / "vendor" / "plotly-figures.min.js").read_text()
    assert f"(figures - minified) v{get_plotlyjs_version()} " in bundle[:200]
    recipe = json.loads((ROOT / "release" / "plotly" / "package.json").read_text())
    assert recipe["dependencies"]["plotly.js"] == get_plotlyjs_version()


def test_the_bundle_of_plotly_has_the_traces_of_our_figures_and_no_others() -> None:
    recipe = (ROOT / "release" / "plotly" / "figures.js").read_text()
    bundled = {"scatter", *re.findall(r"plotly[.]js/lib/(\w+)", recipe)} - {"core"}
    known = {name.lower() for name in dir(go) if _is_trace(getattr(go, name))}
    code = [p for p in texts() if p.suffix in CODE and p.parts[len(ROOT.parts)] in PAGE]
    named = {name for p in code for name in re.findall(TRACE_TYPE, p.read_text())}
    assert named & known == bundled


def _is_trace(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseTraceType)


def test_the_stylesheet_of_bootstrap_is_of_the_version_that_the_page_is_checked_with() -> None:
    stylesheet = (ROOT / "assets" / "vendor" / "bootstrap.min.css").read_text()
    assert "Bootstrap  v5.3.8 (" in stylesheet[:100]


def test_no_file_is_longer_than_400_lines() -> None:
    code = [p for p in texts() if p.suffix in CODE]
    assert code
    assert not [p for p in code if len(p.read_text().splitlines()) > 400]


@pytest.mark.parametrize("top", ["data_layer", "dashboard", "benchmarks", "release", "tests"])
def test_no_function_is_longer_than_60_lines(top: str) -> None:
    found = list(functions(top))
    assert found
    assert not [name for name, f in found if (f.end_lineno or f.lineno) - f.lineno >= 60]


def test_the_formatter_formats_everything() -> None:
    code = [p for p in texts() if p.suffix in CODE and p != Path(__file__)]
    assert code
    assert not [p for p in code if re.search(FORMATTER_OFF, p.read_text())]


def test_public_names_are_sorted() -> None:
    assert data_layer.__all__
    assert list(data_layer.__all__) == sorted(data_layer.__all__)


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH])
def test_no_file_names_a_registry_or_a_path_of_one_machine(pattern: str) -> None:
    found = [
        (p.relative_to(ROOT), match[0])
        for p in texts()
        for match in re.finditer(pattern, p.read_text())
    ]
    assert not found
