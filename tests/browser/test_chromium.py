"""Chromium is found or installed, and the error says so when neither works."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import chromium


@pytest.fixture(autouse=True)
def _no_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment without any Chromium."""
    monkeypatch.delenv("VBDASH_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))


def program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_first_that_starts_is_taken(tmp_path: Path) -> None:
    program(tmp_path / "chromium", "exit 1")
    chrome = program(tmp_path / "google-chrome", "exit 0")
    assert chromium.find() == str(chrome)


def test_the_environment_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "chromium", "exit 0")
    mine = program(tmp_path / "mine", "exit 0")
    monkeypatch.setenv("VBDASH_CHROMIUM", str(mine))
    assert chromium.find() == str(mine)


def test_a_named_one_that_does_not_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VBDASH_CHROMIUM", "no-such-program")
    with pytest.raises(chromium.NoChromium, match="VBDASH_CHROMIUM is no-such-program"):
        chromium.find_or_install()


def test_a_package_is_installed_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    installed = tmp_path / "chromium"
    program(
        tmp_path / "apt-get",
        f"""[ "$1" = update ] && exit 0
        printf '#!/bin/sh\\n' > {installed}; /bin/chmod +x {installed}""",
    )
    assert chromium.find_or_install() == str(installed)


def test_it_fails_with_a_sentence_where_none_can_be_had(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    assert chromium.main() == 1
    assert "none could be installed" in capfd.readouterr().err
