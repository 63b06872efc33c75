"""What ``vbdash`` and the Procfile do before other machines could reach the server."""

from __future__ import annotations

import io
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli.command_line import main
from dashboard.http.access.passwords import PasswordFile

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "correct horse"
CHOICES = ("--password-file", "--behind-proxy", "--allow-anyone")


@pytest.mark.fault
@pytest.mark.parametrize("command", [["demo"], ["serve", "--cache-dir", "."], ["open", "x.nwb"]])
def test_an_address_for_other_machines_alone_is_refused_before_anything_is_opened(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--host", "0.0.0.0", "--port", "0"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert all(choice in told.err for choice in CHOICES)


@pytest.mark.fault
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--allowed-hosts", "http://x"], "VBDASH_ALLOWED_HOSTS is 'http://x', not host names"),
        (["--embed-in", "lab"], "VBDASH_EMBED_IN is 'lab', not none, self, or origins"),
        (["--behind-proxy", "Cookie"], "VBDASH_BEHIND_PROXY is 'Cookie', not the name of a"),
        (["--password-file", "nothing"], "VBDASH_PASSWORD_FILE is 'nothing', not a file with"),
    ],
)
def test_a_setting_of_access_that_cannot_be_used_is_one_sentence(
    options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--cache-dir", ".", "--port", "0", *options]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.fault
def test_a_switch_in_the_environment_that_is_neither_on_nor_off_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VBDASH_ALLOW_ANYONE", "maybe")
    assert main(["demo"]) == 2
    assert "VBDASH_ALLOW_ANYONE is 'maybe', not 1 or 0." in capsys.readouterr().err


@pytest.mark.fault
def test_the_procfile_does_not_listen_for_other_machines_unless_it_says_who_may_come_in(
    small_release: Path,
) -> None:
    command = (ROOT / "Procfile").read_text().removeprefix("web:")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PORT": "0", "VBDASH_HOST": "0.0.0.0", "VBDASH_CACHE_DIR": str(small_release)}
    run = subprocess.run(
        ["sh", "-c", f"exec {command}"],
        env=os.environ | environment | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode != 0
    assert "Listening" not in run.stderr
    assert all(choice in run.stderr for choice in CHOICES)


def give(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_the_password_is_asked_for_twice_and_written_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "password"
    give(monkeypatch, PASSWORD, PASSWORD)
    assert main(["password", str(path)]) == 0
    assert PasswordFile(path).accepts(PASSWORD)
    assert not PasswordFile(path).accepts("another one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD not in capsys.readouterr().out


def test_the_password_is_not_shown_while_it_is_typed(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    program = "import sys; from dashboard.cli.command_line import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "password", str(tmp_path / "password")]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT) as process:
        shown = b""
        for question in b"New password: ", b"The same again: ":
            while question not in shown:
                shown += os.read(ours, 1000)
            os.write(ours, f"{PASSWORD}\n".encode())
        assert process.wait(timeout=60) == 0
    assert PASSWORD.encode() not in shown
    assert PasswordFile(tmp_path / "password").accepts(PASSWORD)
    os.close(ours)
    os.close(theirs)


@pytest.mark.fault
@pytest.mark.parametrize(
    ("lines", "folder", "words"),
    [
        ((PASSWORD, "another one"), "", "The two passwords differ; nothing was written."),
        (("short", "short"), "", "A password has 8 to 1,000 characters"),
        ((), "", "A password has 8 to 1,000 characters"),
        ((PASSWORD, PASSWORD), "nothing", "the password cannot be written there: No such file"),
    ],
)
def test_a_password_that_cannot_be_written_is_one_sentence(
    lines: tuple[str, ...],
    folder: str,
    words: str,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    give(monkeypatch, *lines)
    assert main(["password", str(tmp_path / folder / "password")]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
