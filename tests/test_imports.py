"""Who may import whom (docs/architecture.md), read from the syntax trees."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAYERS = [
    {"data_layer.errors", "data_layer.settings"},
    {"data_layer.nwb", "data_layer.derived"},
    {"data_layer.store"},
    {"data_layer.project_cache", "data_layer.demo", "data_layer.annotations"},
    {"data_layer", "dashboard"},  # the public names stand above what they name
]
SHOWN_BY = {"dash", "plotly", "flask", "flask_caching", "flask_bootstrap", "dashboard"}
READ_BY = {"h5py", "pynwb", "data_layer.nwb"}
VALUE_TYPES = {"data_layer.store.slices", "data_layer.store.window"}
FIGURES_MAY_IMPORT = {
    *VALUE_TYPES, "dashboard.theme", "dashboard.figures", "numpy", "pandas", "PIL", "plotly",
    *sys.stdlib_module_names,
}  # fmt: skip


def imports() -> Iterator[tuple[str, str]]:
    """Every import of our modules as (who, whom), those inside functions and for types too."""
    for path in (p for top in ("data_layer", "dashboard") for p in (ROOT / top).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text())):
            for whom in imported(node):
                yield name, whom


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        return [target(module, alias.name) for alias in node.names]
    return []


def target(module: str, name: str) -> str:
    """``from package import module`` imports the module, not only its package."""
    inside = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if inside.is_dir() or inside.with_suffix(".py").is_file() else module


def within(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def layer(module: str) -> int:
    return next(i for i, packages in enumerate(LAYERS) if within(module, packages))


def page(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if parts[:2] == ["dashboard", "pages"] and len(parts) > 2 else None


def test_modules_import_only_what_lies_below() -> None:
    ours = {"data_layer", "dashboard"}
    among_us = [(who, whom) for who, whom in imports() if within(whom, ours)]
    assert not [(who, whom) for who, whom in among_us if layer(whom) > layer(who)]


def test_imports_are_absolute() -> None:
    assert not [(who, whom) for who, whom in imports() if whom.startswith(".")]


def test_the_data_layer_knows_nothing_of_the_page() -> None:
    data_layer = [(who, whom) for who, whom in imports() if within(who, {"data_layer"})]
    assert data_layer
    assert not [(who, whom) for who, whom in data_layer if within(whom, SHOWN_BY)]


def test_derived_quantities_know_nothing_of_files() -> None:
    derived = [(who, whom) for who, whom in imports() if within(who, {"data_layer.derived"})]
    assert derived
    assert not [(who, whom) for who, whom in derived if within(whom, READ_BY)]


def test_figures_import_only_value_types_and_the_theme() -> None:
    figures = [(who, whom) for who, whom in imports() if within(who, {"dashboard.figures"})]
    assert figures
    assert not [(who, whom) for who, whom in figures if not within(whom, FIGURES_MAY_IMPORT)]


def test_pages_never_import_each_other() -> None:
    from_pages = [(who, whom) for who, whom in imports() if page(who) and page(whom)]
    assert not [(who, whom) for who, whom in from_pages if page(who) != page(whom)]
