"""``show`` puts a session into a frame, with one server for the process that ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import IPython.display
import pytest

from dashboard import show
from dashboard.notebook import background
from dashboard.notebook.background import CannotShow
from dashboard.notebook.source import source_of
from data_layer import BehaviorOphysExperiment, BehaviorSession
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from tests.support.until import is_alive, wait_until

STARTS = "from dashboard.notebook.background import server_of; print(server_of(None, None)"
IMPORTS = (
    "import sys, dashboard; print([n for n in ('dash', 'pandas', 'pydantic') if n in sys.modules])"
)


@pytest.fixture(scope="module", autouse=True)
def _cache_of_the_settings(small_release: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("VBDASH_CACHE_DIR", str(small_release))
        yield
    background.end_servers()


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The frames that were shown."""
    shown: list[Any] = []
    monkeypatch.setattr(IPython.display, "display", shown.append)
    return shown


def path_of(frame: Any) -> str:
    """The path and query of a frame on this machine."""
    scheme, _, host, path = frame.src.split("/", 3)
    assert (scheme, host.partition(":")[0]) == ("http:", "127.0.0.1")
    return f"/{path}"


def test_an_id_is_shown_with_its_window_and_cells(frames: list[Any], small_cache: Cache) -> None:
    id_ = min(small_cache.available("experiment"))
    show(id_, window=(12, 72.5), cells=[3, 4], height=500)
    assert path_of(frames[0]) == f"/experiment/{id_}?t=12-72.5&cells=3,4"
    assert (frames[0].width, frames[0].height) == ("100%", 500)
    with urlopen(frames[0].src) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors http://localhost:* http://127.0.0.1:*")


def test_every_way_of_naming_a_session_finds_one_server(
    frames: list[Any], small_cache: Cache
) -> None:
    table = small_cache.get_ophys_experiment_table()
    id_ = min(small_cache.available("experiment"))
    session, behavior = (
        int(table.loc[id_, f"{kind}_session_id"]) for kind in ("ophys", "behavior")
    )
    show(ophys_session_id=session)
    show(session)
    show(behavior_session_id=behavior)
    with small_cache.get_behavior_ophys_experiment(id_) as experiment:
        show(experiment)
    with small_cache.get_behavior_session(behavior) as whole:
        show(whole)
    assert [path_of(frame) for frame in frames] == [
        *[f"/session/{session}"] * 2,
        f"/behavior/{behavior}",
        f"/experiment/{id_}",
        f"/behavior/{behavior}",
    ]
    assert len({frame.src.split("/")[2] for frame in frames}) == 1


def test_below_a_hub_the_frame_is_passed_on_by_its_proxy(
    frames: list[Any], small_cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = min(small_cache.available("experiment"))
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/jo/")
    show(id_)
    _, _, user, proxy, port, *path = frames[0].src.split("/")
    assert (user, proxy, path) == ("jo", "proxy", ["experiment", str(id_)])
    with urlopen(f"http://127.0.0.1:{port}/experiment/{id_}") as answer:  # the prefix is taken away
        assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
        assert f"/user/jo/proxy/{port}/assets/" in answer.read().decode()


def test_a_file_is_shown_with_the_cache_around_it_or_alone(
    small_experiment: Path,
    small_release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = tmp_path / small_experiment.name
    copy.write_bytes(small_experiment.read_bytes())
    with BehaviorOphysExperiment.from_nwb_path(copy) as experiment:
        assert source_of(experiment) == copy
    with BehaviorSession.from_nwb_path(small_experiment) as session:
        assert source_of(session) is None  # the cache of the settings
        monkeypatch.delenv("VBDASH_CACHE_DIR")
        assert source_of(session) == small_release


@pytest.mark.parametrize(
    ("session", "more"),
    [(None, {}), (1, {"ophys_session_id": 2}), (None, {"mouse_id": 2}), ("a mouse", {})],
)
def test_what_is_not_one_session_is_told(session: Any, more: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"ophys_session_id=…"):
        show(session, **more)


@pytest.mark.parametrize("window", [(5, 5), (9, 2), (0, float("inf")), (float("nan"), 2)])
def test_a_window_that_is_no_span_is_told(
    window: tuple[float, float], small_cache: Cache, frames: list[Any]
) -> None:
    with pytest.raises(ValueError, match="two times"):
        show(min(small_cache.available("experiment")), window=window)
    assert not frames


def test_an_id_that_nobody_has_is_told_and_the_server_goes_on(frames: list[Any]) -> None:
    for wrong in {"session": 5}, {"ophys_session_id": 5}:
        with pytest.raises(CannotShow, match="id 5 is in the tables"):
            show(**wrong)
    assert not frames


def test_a_cache_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text("")
    with pytest.raises(CannotShow, match="no manifest"):
        show(5, cache_dir=tmp_path)


def test_a_server_that_was_ended_is_started_anew(frames: list[Any], small_cache: Cache) -> None:
    id_ = min(small_cache.available("experiment"))
    show(id_)
    (server,) = (one for key, one in background._SERVERS.items() if key == (None, None))
    os.kill(server.process_id, signal.SIGKILL)
    wait_until(lambda: not server.is_running)
    show(id_)
    with urlopen(frames[-1].src) as answer:
        assert answer.status == 200


def test_the_server_ends_with_its_notebook() -> None:
    command = [sys.executable, "-c", f"{STARTS}.process_id, flush=True); input()"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as notebook:
        server = int(notebook.stdout.readline())
        assert is_alive(server)
        notebook.kill()
    wait_until(lambda: not is_alive(server))


def test_importing_the_package_is_quick() -> None:
    loaded = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True)
    assert loaded.stdout == "[]\n"
