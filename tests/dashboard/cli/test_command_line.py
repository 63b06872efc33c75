"""``vbdash`` as a user types it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from dashboard.cli.command_line import main
from dashboard.cli.listening import CannotListen, listen, url_of
from data_layer.demo.release import demo_folder
from data_layer.errors import BadSetting
from data_layer.settings import Settings
from tests.support.running import started, vbdash

ROOT = Path(__file__).resolve().parents[3]
SLOW_TO_IMPORT = {"pandas", "numpy", "h5py", "pynwb", "dash", "plotly", "flask", "waitress"} | {
    "pydantic"
}
LIMITS = {
    *("threads", "connections", "idle_seconds", "request_seconds"),
    *("header_limit", "body_limit", "import_limit", "answer_buffer"),
    *("costly_at_once", "costly_waiting", "costly_seconds", "downloads_at_once"),
    *("event_values", "event_moments"),
    *("max_typed_times", "max_selected_cells", "max_compared", "max_rows_a_page"),
    *("max_pixels", "max_bootstrap_samples", "kept_answers", "kept_pictures"),
}
SOURCE = {
    *("bucket", "project", "s3_endpoint", "region", "offline", "max_cache_size"),
    *("sidecars", "stream_limit", "release"),
}


def health(url: str) -> dict[str, str]:
    with urlopen(f"{url.rstrip('/')}/health") as answer:
        return dict(json.load(answer))


def test_help_imports_nothing_slow() -> None:
    program = f"""import sys; from dashboard.cli.command_line import main
try: main(["--help"])
finally: print(set(sys.modules) & {SLOW_TO_IMPORT!r}, file=sys.stderr)"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "demo" in run.stdout
    assert run.stderr.splitlines()[0] == "set()"


@pytest.mark.parametrize("command", ["demo", "serve", "open"])
def test_every_command_explains_the_settings_with_their_defaults(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VBDASH_PORT", "9753")
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    told = capsys.readouterr().out
    assert "127.0.0.1" in told
    assert "9753" in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["serve", "--cache-dir", "missing"], "missing: is not a folder. Check"),
        (["open", "missing.nwb"], "missing.nwb"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--port", "0"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert sentence in told.err


def test_a_port_in_use_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--cache-dir", str(tmp_path), "--port", port]) == 2
    sentence = f"cannot listen on 127.0.0.1, port {port}: Address already in use. Choose others"
    assert sentence in capsys.readouterr().err


def test_a_number_in_the_environment_must_be_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VBDASH_PORT", "http")
    assert main(["demo"]) == 2
    assert "VBDASH_PORT is 'http', not a whole number." in capsys.readouterr().err


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PORT": "9", "HOST": "::1", "CACHE_DIR": "cache", "PREPARE": ""}.items():
        monkeypatch.setenv(f"VBDASH_{name}", value)
    monkeypatch.setenv("OTHER", "x")
    monkeypatch.delenv("VBDASH_WORK_DIR")
    monkeypatch.delenv("VBDASH_OFFLINE")
    monkeypatch.setenv("XDG_CACHE_HOME", "caches")
    assert Settings.from_environment().model_dump() == {
        "host": "::1",
        "port": 9,
        "open_sessions": 8,
        "work_dir": Path("caches/vbdash"),
        "store_limit": 50,
        "prepare": 1,
        "redis_url": "",
        "cache_dir": Path("cache"),
        "annotations": None,
        "allowed_hosts": "",
        "embed_in": "none",
        "url_prefix": "",
        "password_file": None,
        "behind_proxy": "",
        "allow_anyone": False,
        **{name: Settings.model_fields[name].default for name in LIMITS | SOURCE},
    }
    assert Settings.from_environment(port=8).port == 8  # what is given wins
    monkeypatch.setenv("VBDASH_OPEN_SESSIONS", "-1")
    with pytest.raises(BadSetting):
        Settings.from_environment()
    monkeypatch.delenv("VBDASH_OPEN_SESSIONS")
    monkeypatch.setenv("VBDASH_MAX_PIXELS", "0")
    with pytest.raises(BadSetting, match="VBDASH_MAX_PIXELS is '0', not a whole number above 0"):
        Settings.from_environment()
    monkeypatch.setenv("VBDASH_MAX_PIXELS", "1")
    monkeypatch.setenv("VBDASH_THREADS", "0")
    with pytest.raises(BadSetting, match="not a whole number above 0"):
        Settings.from_environment()


@pytest.mark.fault
def test_a_wrong_number_is_told_by_the_option_or_the_variable_that_it_came_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(BadSetting, match=r"^--port is '-1', not a whole number"):
        Settings.from_environment(port=-1)
    monkeypatch.setenv("VBDASH_PORT", "-1")
    with pytest.raises(BadSetting, match=r"^VBDASH_PORT is '-1'"):
        Settings.from_environment()


@pytest.mark.parametrize(
    ("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "localhost"), ("::1", "[::1]")]
)
def test_the_url_is_one_that_a_browser_here_can_open(host: str, shown: str) -> None:
    if ":" in host and not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with listen(host, 0) as listener:
        assert url_of(listener) == f"http://{shown}:{listener.getsockname()[1]}"


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("no-such-host.invalid", 0)])
def test_an_impossible_address_is_refused(host: str, port: int) -> None:
    with pytest.raises(CannotListen, match=f"cannot listen on {host}, port {port}"):
        listen(host, port)


def test_serve_answers_and_ctrl_c_ends_it_quietly(small_release: Path) -> None:
    with vbdash("serve", "--cache-dir", small_release) as server:
        assert health(server.url)["name"] == "visual-behavior-dashboard"
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=30) == 0
        assert server.printed.splitlines()[1:] == []


def test_open_leads_to_the_page_of_the_file(small_experiment: Path) -> None:
    with vbdash("open", small_experiment) as server:
        kind, ophys_experiment_id = server.url.split("/")[-2:]
        assert kind == "experiment"
        assert ophys_experiment_id in small_experiment.name
        assert urlopen(server.url).status == 200


@pytest.fixture
def work_dir(tmp_path: Path, small_release: Path) -> Path:
    """A working directory in which a demo release, the small one, has been built before."""
    demo_folder(tmp_path).symlink_to(small_release)
    return tmp_path


def test_demo_where_prints_the_folder_and_nothing_else(
    work_dir: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--where", "--work-dir", str(work_dir)]) == 0
    told = capfd.readouterr()
    assert told.out == f"{demo_folder(work_dir)}\n"
    assert told.err == ""


def test_demo_shows_the_release_that_is_there(work_dir: Path) -> None:
    with vbdash("demo", "--work-dir", work_dir) as server:
        assert health(server.url)["name"] == "visual-behavior-dashboard"


@pytest.mark.parametrize("named_by", ["VBDASH_CACHE_DIR", "VBDASH_WORK_DIR"])
def test_the_procfile_serves_a_cache_or_else_the_demo(
    named_by: str, work_dir: Path, small_release: Path
) -> None:
    command = (ROOT / "Procfile").read_text().removeprefix("web:")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    folder = small_release if named_by == "VBDASH_CACHE_DIR" else work_dir
    environment = {"PORT": "0", named_by: str(folder), "PATH": path}
    with started(["sh", "-c", f"exec {command}"], os.environ | environment) as server:
        assert health(server.url)["name"] == "visual-behavior-dashboard"


@pytest.fixture
def unwritable(tmp_path: Path) -> Path:
    """A folder that nobody can create, root included: its parent is a file."""
    (tmp_path / "file").touch()
    return tmp_path / "file" / "vbdash"


@pytest.mark.fault
@pytest.mark.parametrize("named_by", ["--work-dir", "XDG_CACHE_HOME", "HOME"])
def test_a_work_directory_that_cannot_be_written_is_told_and_sessions_come_from_their_files(
    named_by: str, unwritable: Path, small_release: Path, small_experiment: Path
) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in _WORK_DIR}
    option = ["--work-dir", unwritable] if named_by == "--work-dir" else []
    environment |= {} if option else {named_by: str(unwritable)}
    id_ = small_experiment.stem.rpartition("_")[2]
    with vbdash("serve", "--cache-dir", small_release, *option, environment=environment) as server:
        for path in (
            f"data/experiment/{id_}/trials.csv",
            f"picture/experiment/{id_}/max_projection.png",
        ):
            assert urlopen(f"{server.url}{path}").status == 200
        assert f"{unwritable}" in server.printed
        assert "cannot be written: Not a directory" in server.printed
        assert "sessions are read from their files" in server.printed


_WORK_DIR = {"VBDASH_WORK_DIR", "XDG_CACHE_HOME"}


@pytest.mark.fault
def test_a_demo_that_cannot_be_built_in_the_work_directory_is_told_in_a_sentence(
    unwritable: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--where", "--work-dir", str(unwritable)]) == 2
    told = capfd.readouterr().err
    assert f"The work directory {unwritable} cannot be written" in told
    assert "--work-dir" in told
    assert "Traceback" not in told


@pytest.mark.fault
def test_preparing_into_a_work_directory_that_cannot_be_written_is_told_for_each_session(
    unwritable: Path, small_release: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--cache-dir", str(small_release), "--work-dir", str(unwritable)]
    assert main(["prepare", "--all", *arguments]) == 2
    told = capfd.readouterr().err
    assert "cannot be prepared" in told
    assert "Traceback" not in told
