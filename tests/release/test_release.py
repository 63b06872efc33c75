"""What a release changes, and when there is none. ``make release`` itself tries the wheel."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest

from release import __main__ as program
from release.text import CannotRelease, with_release, with_version

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime.date(2027, 2, 3)


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own with the two files that a release changes, and the process in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("pyproject.toml", "CHANGELOG.md"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n\n- A change.\n")
    git("init", "--quiet")
    for setting in ("user.name=A", "user.email=a@example.org"):
        git("config", *setting.split("="))
    git("add", ".")
    git("commit", "--quiet", "--message", "Begin")
    return tmp_path


def test_only_the_version_changes() -> None:
    before = (ROOT / "pyproject.toml").read_text().splitlines()
    after = with_version("\n".join(before), "999.0.1").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ['version = "999.0.1"']


@pytest.mark.parametrize("version", ["", "1", "1.2", "v1.2.3", "1.2.3.4", "1.2.03", "1.2.3rc1"])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(CannotRelease, match="no version"):
        with_version('version = "0.1.0"', version)


@pytest.mark.parametrize("version", ["0.9.9", "0.10.0"])
def test_a_version_must_be_later_than_the_last(version: str) -> None:
    with pytest.raises(CannotRelease, match="not later"):
        with_version('version = "0.10.0"', version)


def test_what_is_unreleased_becomes_the_version() -> None:
    before = "# Changelog\n\n## [Unreleased]\n\n- New.\n\n## [0.1.0] - 2026-01-01\n\n- Old.\n"
    assert with_release(before, "0.2.0", DAY) == (
        "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-02-03\n\n- New.\n\n"
        "## [0.1.0] - 2026-01-01\n\n- Old.\n"
    )
    with pytest.raises(CannotRelease, match="no change"):
        with_release(with_release(before, "0.2.0", DAY), "0.3.0", DAY)


def test_changes_that_are_not_committed_are_refused(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "new.txt").write_text("not committed")
    assert program.main("999.0.0") == 1
    assert "not committed" in capsys.readouterr().err


def test_a_tag_is_not_taken_twice(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("tag", "v999.0.0")
    assert program.main("999.0.0") == 1
    assert "already" in capsys.readouterr().err


def test_where_nothing_can_be_built_everything_is_as_before(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "pyproject.toml").write_text(
        (checkout / "pyproject.toml").read_text().replace("hatchling.build", "absent.build")
    )
    git("commit", "--quiet", "--all", "--message", "Break")
    assert program.main("999.0.0") == 1
    assert "build" in capsys.readouterr().err
    assert git("status", "--porcelain", "--untracked-files=no") == ""
    assert git("tag") == ""
