"""What became of a batch: counts, problems in groups, a row per file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from data_layer.batch.report import SHOWN, Report, require_format
from data_layer.batch.task import Item, Outcome
from data_layer.errors import BadSetting

DONE = Outcome(Item("experiment", 1, "1.nwb"), "done", "x", seconds=2.5, size=10**9, megabytes=300)


def failed(id_: int, reason: str) -> Outcome:
    return Outcome(Item("behavior", id_, f"{id_}.nwb"), "failed", problem=f"{id_}!", reason=reason)


@pytest.fixture
def report() -> Report:
    other = Outcome(Item("behavior", 2, "2.nwb"), "already done", "y")
    return Report(["No 5."], [failed(3, "gone"), DONE, failed(4, "lost"), other, failed(6, "gone")])


def test_the_summary_counts_files_and_what_was_read(report: Report) -> None:
    assert report.summary("prepared").startswith(
        "1 files prepared (1.00 GB), 1 already prepared, 3 failed, in "
    )


def test_problems_of_one_kind_stand_together(report: Report) -> None:
    assert report.problems() == ["No 5.", "3!", "6!", "4!"]


def test_of_many_problems_of_one_kind_the_ids_are_told() -> None:
    report = Report(outcomes=[failed(id_, "gone") for id_ in range(SHOWN + 3)])
    *_, last = report.problems()
    assert len(report.problems()) == SHOWN + 1
    assert last == "3 more with a problem of the same kind (gone): 10, 11, 12."


@pytest.mark.parametrize("name", ["report.csv", "report.json"])
def test_a_report_has_a_row_per_file(name: str, report: Report, tmp_path: Path) -> None:
    path = tmp_path / name
    require_format(path)
    report.write(path)
    if path.suffix == ".csv":
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
    else:
        rows = json.loads(path.read_text())["files"]
    assert [str(row["id"]) for row in rows] == ["3", "1", "4", "2", "6"]
    assert (rows[0]["problem"], rows[0]["reason"]) == ("3!", "gone")
    assert (float(rows[1]["seconds"]), int(rows[1]["bytes"])) == (2.5, 10**9)


@pytest.mark.fault
def test_a_report_in_a_format_that_is_not_known_is_refused_before_the_work() -> None:
    with pytest.raises(BadSetting, match=r"ends in \.csv or \.json"):
        require_format(Path("report.xlsx"))


@pytest.mark.fault
def test_a_report_that_cannot_be_written_is_told_in_a_sentence(
    report: Report, tmp_path: Path
) -> None:
    with pytest.raises(BadSetting, match=r"--report is .*No such file"):
        report.write(tmp_path / "no folder" / "report.csv")
