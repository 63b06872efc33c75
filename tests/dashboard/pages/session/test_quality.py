"""The QC tab says what the checks say, and its buttons where to look."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.pages.session.check_list import PlaneChecks, lines_of
from data_layer import open_session
from data_layer.project_cache.single_file import SingleFile
from data_layer.quality.checks.check import judged
from data_layer.quality.session_checks import quality
from data_layer.settings import Settings
from data_layer.store.session_store import SessionStore
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.dashboard.pages.session.reading import get, having, text
from tests.support.faulty_files import FAULTS

VALUES = {"address.data": {"kind": "experiment", "id": EXPERIMENT}}


def shown(ask: Asked) -> list[Any]:
    answer = ask("qc-checks.children", "address.data", VALUES).json["response"]
    assert answer["panel-qc"]["data-state"] == "ready"
    children: list[Any] = answer["qc-checks"]["children"]
    return children


@pytest.fixture(scope="module")
def faulty(experiment_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    path = tmp_path_factory.mktemp("faulty") / experiment_file.name
    shutil.copy2(experiment_file, path)
    FAULTS["motion_jump"](path)
    FAULTS["duplicate_traces"](path)
    settings = Settings(work_dir=tmp_path_factory.mktemp("work"), prepare=0)
    return Asked(create_app(SingleFile(path), settings))


def test_every_check_is_there_with_its_value(ask: Asked, experiment_file: Path) -> None:
    children = shown(ask)
    with open_session(experiment_file) as session:
        checks = quality(SessionStore(session))
    found = {get(line, "data-check"): line for line in having(children, "data-check")}
    assert len(found) == len(checks) + 5  # the tables and the hash
    for check in checks:
        line = found[check.name]
        assert get(line, "data-verdict") == check.verdict
        assert all(word in text(line) for word in (check.title, check.rule, check.reason))


def test_the_count_stands_on_top(ask: Asked) -> None:
    children = shown(ask)
    verdicts = [get(line, "data-verdict") for line in having(children, "data-verdict")]
    first = text(children[0])
    for verdict in ("fail", "look", "pass"):
        n = verdicts.count(verdict)
        assert (f" {n} {verdict}" in first) == (n > 0)


def test_what_fails_is_first_with_its_family_and_then_what_passes_by_family(
    faulty: Asked,
) -> None:
    _count, first, *families = shown(faulty)
    verdicts = [get(line, "data-verdict") for line in having(first, "data-verdict")]
    assert verdicts == sorted(verdicts)  # fail, look
    assert set(verdicts) <= {"fail", "look"}
    failing = [line for line in having(first, "data-check") if get(line, "data-verdict") == "fail"]
    assert [get(line, "data-check") for line in failing] == ["motion_jump", "duplicate_traces"]
    assert ["Motion" in text(failing[0]), "Traces" in text(failing[1])] == [True, True]
    others = [get(one, "data-verdict") for f in families for one in having(f, "data-verdict")]
    assert set(others) == {"pass", "not applicable"}
    assert all(having(family, "data-family") for family in families)


def test_buttons_lead_to_the_second_and_the_cell(faulty: Asked) -> None:
    lines = {get(line, "data-check"): line for line in having(shown(faulty), "data-check")}
    assert having(lines["motion_jump"], "data-time")
    (cell,) = having(lines["duplicate_traces"], "data-cell")
    assert text(cell) == f"cell {get(cell, 'data-cell')}"


def test_planes_share_what_they_share() -> None:
    checks = (judged("stimulus_gap", 0.0), judged("ophys_gap", 0.0), judged("noise", 0.1, None, 7))
    lines = lines_of([PlaneChecks("VISp", checks, {7: 70}), PlaneChecks("VISl", checks, {})])
    assert [(line.check.name, line.plane, line.cell) for line in lines] == [
        ("stimulus_gap", "", None),
        ("ophys_gap", "VISp", None),
        ("noise", "VISp", 70),
        ("ophys_gap", "VISl", None),
        ("noise", "VISl", 7),
    ]
