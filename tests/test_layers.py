"""Who may import whom, read from the syntax trees: the only place where the rule is code.

Every import counts, those inside functions and those for types alone too.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS: Mapping[str, tuple[str, ...]] = {
    "data_layer": (
        "ending errors kept_files locks settings memo turns values",
        "derived levels remote",
        "nwb prepared",
        "store",
        "around_events quality replay",
        "preparing",
        "project_cache annotations demo batch",
    ),
    "dashboard": (
        "limits theme urls vocabulary",
        "arguments",
        "figures",
        "components",
        "http",
        "pages",
        "app",
        "cli server",
        "notebook",
    ),
}
"""The folders and modules of each package, lowest first; those of one line stand side by side."""
MOST_MODULES = 18
SHOWN_BY = {"dash", "plotly", "flask", "flask_caching", "dashboard"}
READ_BY = {"h5py", "pynwb", "data_layer.nwb"}
FIGURES_MAY_IMPORT = {
    "data_layer.values",
    "dashboard.theme",
    "dashboard.figures",
    "numpy",
    "pandas",
    "PIL",
    "plotly",
    *sys.stdlib_module_names,
}


def modules() -> dict[str, Path]:
    """Every module of the two packages by its dotted name."""
    paths = [path for package in LAYERS for path in (ROOT / package).rglob("*.py")]
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in paths
    }


def imports() -> Iterator[tuple[str, str]]:
    """Every import of our modules as (who, whom)."""
    for name, path in modules().items():
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


def ours(module: str) -> bool:
    return within(module, set(LAYERS))


def layer(module: str) -> tuple[int, int]:
    """Where a module stands: its package, and the layer of the folder it is in.

    What stands beside the folders, such as the public names of ``data_layer``, stands above them.
    """
    package, _, rest = module.partition(".")
    folder = rest.split(".")[0]
    layers = LAYERS[package]
    inside = (i for i, folders in enumerate(layers) if folder in folders.split())
    return list(LAYERS).index(package), next(inside, len(layers))


def page(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if parts[:2] == ["dashboard", "pages"] and len(parts) > 2 else None


def test_every_folder_and_module_has_its_layer() -> None:
    named = {
        f"{package}.{name}"
        for package, layers in LAYERS.items()
        for name in " ".join(layers).split()
    }
    there = {".".join(name.split(".")[:2]) for name in modules() if "." in name}
    assert there == named


def test_modules_import_only_what_lies_below() -> None:
    among_us = [(who, whom) for who, whom in imports() if ours(whom)]
    assert not [(who, whom) for who, whom in among_us if layer(whom) > layer(who)]


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for who, whom in imports():
        if ours(whom) and not who.startswith(f"{whom}."):  # a module may name its own package
            graph[who].add(whom)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def test_no_folder_holds_more_modules_than_one_can_look_over() -> None:
    folders: dict[Path, int] = {}
    for path in modules().values():
        folders[path.parent] = folders.get(path.parent, 0) + 1
    crowded = {str(f.relative_to(ROOT)): n for f, n in folders.items() if n > MOST_MODULES}
    assert not crowded


def test_imports_are_absolute() -> None:
    assert not [(who, whom) for who, whom in imports() if whom.startswith(".")]


def test_the_data_layer_knows_nothing_of_the_page() -> None:
    data_layer = [(who, whom) for who, whom in imports() if within(who, {"data_layer"})]
    assert data_layer
    assert not [(who, whom) for who, whom in data_layer if within(whom, SHOWN_BY)]


@pytest.mark.parametrize(
    "pure", ["data_layer.derived", "data_layer.levels", "data_layer.quality.checks"]
)
def test_what_is_computed_knows_nothing_of_files(pure: str) -> None:
    computed = [(who, whom) for who, whom in imports() if within(who, {pure})]
    assert computed
    assert not [(who, whom) for who, whom in computed if within(whom, READ_BY)]


def test_figures_import_only_value_types_and_the_theme() -> None:
    figures = [(who, whom) for who, whom in imports() if within(who, {"dashboard.figures"})]
    assert figures
    assert not [(who, whom) for who, whom in figures if not within(whom, FIGURES_MAY_IMPORT)]


def test_pages_never_import_each_other() -> None:
    from_pages = [(who, whom) for who, whom in imports() if page(who) and page(whom)]
    assert not [(who, whom) for who, whom in from_pages if page(who) != page(whom)]
