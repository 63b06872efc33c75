"""A datum that is declared in one place is built, read without computing, and survives damage."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import data_layer
from data_layer import open_session
from data_layer.prepared.kinds import ARRAY, OUTLINES, SPANS, TABLE, Fact, Kind, Rows
from data_layer.prepared.reader import PreparedStore
from data_layer.prepared.registry import REGISTRY, Datum, prepared
from data_layer.preparing.build import build_store
from data_layer.preparing.contents import every_datum
from data_layer.store.session_store import SessionStore
from data_layer.store.signals import SIGNALS, Signal
from data_layer.values.slices import Outline, SpanSlice
from tests.support.nwb_files import write_behavior, write_experiment
from tests.support.same import assert_same

PACK = "small.arrow"
NAME = "licks per second"


def lick_rate(store: SessionStore) -> np.ndarray:
    licks, (start, stop) = store.lick_table["timestamps"], store.bounds
    counts, _ = np.histogram(licks, np.arange(start, stop))
    return counts.astype(np.float64)


def as_spans(store: SessionStore) -> SpanSlice:
    starts = np.flatnonzero(lick_rate(store)).astype(np.float64)
    return SpanSlice("licking", starts, starts + 1, np.full(len(starts), "licking", object))


def as_outlines(store: SessionStore) -> tuple[Outline, ...]:
    rate = lick_rate(store)
    return (Outline(1, None, rate, rate, (0.0, 1.0), area=len(rate)),)


DECLARED: dict[str, tuple[Kind[Any], Callable[[SessionStore], Any], str | None]] = {
    "table": (TABLE, lambda store: pd.DataFrame({"n": lick_rate(store)}), f"{NAME}.parquet"),
    "array": (ARRAY, lick_rate, PACK),
    "rows": (Rows(10), lick_rate, f"arrays/{NAME}/c/0"),
    "spans": (SPANS, as_spans, PACK),
    "outlines": (OUTLINES, as_outlines, PACK),
    "fact": (Fact(list, np.array), lick_rate, None),
}
"""A datum of each kind: how it is computed, and the file of the store that it lies in.

A fact is on the label, and a store with a broken label is not opened at all.
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_behavior(tmp_path_factory.mktemp("file"), n_trials=12)


class Counted:
    """A computation that knows how often it was asked."""

    def __init__(self, compute: Callable[[SessionStore], Any]) -> None:
        self.compute, self.n = compute, 0

    def __call__(self, store: SessionStore) -> Any:
        self.n += 1
        return self.compute(store)


@pytest.fixture
def declare() -> Iterator[Callable[[str], tuple[Datum[SessionStore, Any], Counted]]]:
    """Declares one of ``DECLARED``, for as long as a test takes."""

    def declare(kind: str) -> tuple[Datum[SessionStore, Any], Counted]:
        counted = Counted(DECLARED[kind][1])
        return prepared(NAME, DECLARED[kind][0])(counted), counted

    yield declare
    del REGISTRY[NAME]


def build(path: Path, folder: Path) -> PreparedStore:
    folder.mkdir()
    with open_session(path) as session:
        build_store(SessionStore(session), folder, "state")
    return PreparedStore(str(folder))


@pytest.mark.parametrize("kind", DECLARED)
def test_a_declared_datum_is_built_and_read_without_computing(
    kind: str,
    declare: Callable[[str], tuple[Datum[SessionStore, Any], Counted]],
    file: Path,
    tmp_path: Path,
) -> None:
    datum, counted = declare(kind)
    built = build(file, tmp_path / "store")
    assert counted.n == 1
    with open_session(file) as session:
        store = SessionStore(session, built)
        for _ in range(2):
            assert_same(datum(store), counted.compute(SessionStore(session)), kind)
    assert counted.n == 1


@pytest.mark.parametrize("kind", DECLARED)
def test_without_a_store_it_is_computed_once(
    kind: str, declare: Callable[[str], tuple[Datum[SessionStore, Any], Counted]], file: Path
) -> None:
    datum, counted = declare(kind)
    with open_session(file) as session:
        store = SessionStore(session)
        assert datum(store) is store.get(datum)
    assert counted.n == 1


@pytest.mark.parametrize("kind", [kind for kind, (_, _, part) in DECLARED.items() if part])
def test_of_a_damaged_store_it_is_computed_again(
    kind: Any,
    declare: Callable[[str], tuple[Datum[SessionStore, Any], Counted]],
    file: Path,
    tmp_path: Path,
) -> None:
    datum, counted = declare(kind)
    built = build(file, tmp_path / "store")
    part = Path(built.folder, str(DECLARED[kind][2]))
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 0xFF
    part.write_bytes(content)
    with open_session(file) as session:
        store = SessionStore(session, PreparedStore(built.folder))
        assert_same(datum(store), counted.compute(SessionStore(session)), kind)
        assert store.source.set_aside is not None
    assert counted.n == 2


def test_two_data_cannot_have_one_name(
    declare: Callable[[str], tuple[Datum[SessionStore, Any], Counted]],
) -> None:
    declare("array")
    with pytest.raises(ValueError, match=f"'{NAME}'"):
        prepared(NAME, ARRAY)(lick_rate)


def test_a_signal_that_is_added_to_the_table_is_built_and_read(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(session: Any) -> tuple[np.ndarray, np.ndarray]:
        table = session.running_speed
        return table["timestamps"].to_numpy(), 2 * table["speed"].to_numpy()

    added = Signal("double_speed", "double speed", "cm/s", "running_speed", read)
    monkeypatch.setitem(SIGNALS, "double_speed", added)
    built = build(file, tmp_path / "store")
    with open_session(file) as session:
        want = SessionStore(session).samples("double_speed")
    monkeypatch.setitem(SIGNALS, "double_speed", replace(added, read=None))
    assert_same(SessionStore(session, built).samples("double_speed"), want, "double speed")


def test_every_declared_datum_comes_from_the_store_as_it_comes_from_the_file(
    tmp_path: Path,
) -> None:
    path = write_experiment(tmp_path, n_trials=12, n_cells=3)
    built = build(path, tmp_path / "store")
    with open_session(path) as session:
        from_file, from_store = SessionStore(session), SessionStore(session, built)
        want = {datum.name: datum(from_file) for datum in every_datum()}
    assert set(want) == set(REGISTRY) <= set(built.facts["headers"])
    for datum in every_datum():
        read_only = replace(datum, compute=None)
        assert_same(from_store.get(read_only), want[datum.name], datum.name)


def declaring_modules() -> set[str]:
    """The modules of the data layer in which a prepared datum is declared."""
    root = Path(data_layer.__file__).parent
    names = set()
    for path in root.rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text())) if is_declaration(node))
        if any(calls):
            names.add(".".join(path.relative_to(root.parent).with_suffix("").parts))
    return names


def is_declaration(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == prepared.__name__
    )


def test_the_build_imports_every_module_that_declares_a_datum() -> None:
    script = (
        "import sys; from data_layer.preparing.contents import every_datum; every_datum(); "
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    declaring = declaring_modules()
    assert {"data_layer.store.tables", "data_layer.quality.measures"} <= declaring
    assert declaring <= set(run.stdout.split())
