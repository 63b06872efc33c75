"""The table of trace kinds says where the file has them, and is the only list of them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import data_layer
from data_layer import BehaviorOphysExperiment
from data_layer.values import trace_kinds
from data_layer.values.trace_kinds import TRACE_KINDS
from tests.support.nwb_files import write_experiment

ROOT = Path(data_layer.__file__).parents[1]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_experiment(tmp_path_factory.mktemp("file"), n_trials=12, n_cells=2)


@pytest.mark.parametrize("kind", TRACE_KINDS.values(), ids=TRACE_KINDS)
def test_a_kind_is_the_column_of_its_attribute(kind: Any, file: Path) -> None:
    with BehaviorOphysExperiment.from_nwb_path(file) as experiment:
        table, matrix = getattr(experiment, kind.attribute), experiment.traces_matrix(kind.name)
        assert (matrix.name, matrix.unit) == (kind.name, kind.unit)
        for roi_id, trace in zip(table["cell_roi_id"], table[kind.column], strict=True):
            np.testing.assert_allclose(matrix.column(roi_id), trace)


def test_no_other_module_lists_most_kinds() -> None:
    paths = {path for part in ("data_layer", "dashboard") for path in (ROOT / part).rglob("*.py")}
    # the demo makes traces up: it says for itself which
    others = paths - {*(ROOT / "data_layer" / "demo").rglob("*.py"), Path(trace_kinds.__file__)}
    lists = [path for path in others if any(map(lists_most, ast.walk(parsed(path))))]
    assert others
    assert not lists


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def lists_most(node: ast.AST) -> bool:
    return len(kinds_in(node)) > len(TRACE_KINDS) / 2


def kinds_in(node: ast.AST) -> set[str]:
    """The names of kinds that stand in a tuple, list, set or dictionary."""
    if isinstance(node, ast.Dict):
        elements: list[ast.expr | None] = node.keys
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        elements = [*node.elts]
    else:
        return set()
    said = {one.value for one in elements if isinstance(one, ast.Constant)}
    return {name for name in TRACE_KINDS if name in said}
