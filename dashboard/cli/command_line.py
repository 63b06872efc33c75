"""``vbdash``: show the demo release, a project cache or one NWB file in the browser.

What a command needs is imported when it runs, so that the help is there at once.
"""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.cli.listening import CannotListen, listen, url_of
from data_layer.errors import DataLayerError
from data_layer.settings import PATHS, Settings, help_text

if TYPE_CHECKING:
    from dashboard.urls import Kind
    from data_layer.project_cache.protocol import Cache

SERVER_SETTINGS = (
    "host",
    "port",
    "open_sessions",
    "work_dir",
    "store_limit",
    "prepare",
    "annotations",
)
PREPARE_IDS = "ophys_experiment_ids or behavior_session_ids"
GIGABYTE = 10**9
FULL_SCALE = "full: one experiment of full size instead (200 cells, 31 Hz, 75 min)"


class NothingToDo(Exception):
    """What was asked for could not be done; the text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 2 when what was asked cannot be done."""
    try:
        options = _parser(Settings.from_environment()).parse_args(arguments)
        options.command(options)
    except (DataLayerError, CannotListen, NothingToDo) as error:
        print(f"vbdash: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _parser(defaults: Settings) -> argparse.ArgumentParser:
    vbdash = argparse.ArgumentParser("vbdash", description="See Visual Behavior sessions, whole.")
    commands = vbdash.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[argparse.Namespace], None], text: str) -> Any:
        parser = commands.add_parser(name, help=text, description=text)
        parser.set_defaults(command=command)
        return parser

    demo = add("demo", _demo, "show the simulated demo release, building it once")
    demo.add_argument("--where", action="store_true", help="print the release's folder and end")
    demo.add_argument("--scale", choices=["small", "full"], default="small", help=FULL_SCALE)
    serve = add("serve", _serve, "show a project cache")
    _add_setting(serve, "cache_dir", defaults, required=defaults.cache_dir is None)
    open_file = add("open", _open, "show one NWB file, without tables")
    open_file.add_argument("file", type=Path, metavar="FILE.nwb")
    prepare = add("prepare", _prepare, "prepare sessions of a cache for fast viewing")
    prepare.add_argument("ids", type=int, nargs="*", metavar="ID", help=PREPARE_IDS)
    prepare.add_argument("--all", action="store_true", help="every session on this machine")
    _add_setting(prepare, "cache_dir", defaults, required=defaults.cache_dir is None)
    for name in ("work_dir", "store_limit"):
        _add_setting(prepare, name, defaults)
    for parser in (demo, serve, open_file):
        for name in SERVER_SETTINGS:
            _add_setting(parser, name, defaults)
    return vbdash


def _add_setting(
    parser: argparse.ArgumentParser, name: str, defaults: Settings, **how: Any
) -> None:
    default = getattr(defaults, name)
    parser.add_argument(
        f"--{name.replace('_', '-')}",
        type=Path if name in PATHS else type(default),
        metavar="DIR" if name.endswith("_dir") else "FILE" if name in PATHS else name.upper(),
        default=default,
        help=help_text(name) + ("" if default is None else f" ({default})").replace("%", "%%"),
        **how,
    )


def _demo(options: argparse.Namespace) -> None:
    from dashboard.cli.demo_release import demo_release, full_scale_experiment

    full = options.scale == "full"
    build = full_scale_experiment if full else demo_release
    if options.where:
        print(build(options.work_dir))
        return
    with listen(options.host, options.port) as listener:
        show = _show_file if full else _show_cache
        show(build(options.work_dir), listener, options)


def _prepare(options: argparse.Namespace) -> None:
    if bool(options.ids) == options.all:
        raise NothingToDo("Name the sessions to prepare by their ids, or ask for --all of them.")
    from dashboard.cli.prepare import prepare_sessions
    from data_layer.preparing.shelf import Shelf
    from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache

    cache = VisualBehaviorOphysProjectCache.from_local_cache(options.cache_dir)
    settings = replace(Settings.from_environment(), work_dir=options.work_dir)
    shelf = Shelf(settings.store_dir, options.store_limit * GIGABYTE)
    if problems := prepare_sessions(cache, options.ids, shelf):
        raise NothingToDo("\n".join(problems))


def _serve(options: argparse.Namespace) -> None:
    with listen(options.host, options.port) as listener:
        _show_cache(options.cache_dir, listener, options)


def _open(options: argparse.Namespace) -> None:
    with listen(options.host, options.port) as listener:
        _show_file(options.file, listener, options)


def _show_cache(cache_dir: Path, listener: socket.socket, options: argparse.Namespace) -> None:
    from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache

    cache = VisualBehaviorOphysProjectCache.from_local_cache(cache_dir)
    _show(cache, "/", listener, options)


def _show_file(path: Path, listener: socket.socket, options: argparse.Namespace) -> None:
    from data_layer.project_cache.single_file import SingleFile

    file = SingleFile(path)
    from dashboard.urls import Address

    kind: Kind = "experiment" if file.available("experiment") else "behavior"
    (id_,) = file.available(kind)
    _show(file, Address(kind, id_).path, listener, options)


def _show(cache: Cache, page: str, listener: socket.socket, options: argparse.Namespace) -> None:
    from dashboard.app import create_app
    from dashboard.cli.local_server import serve

    chosen = {name: getattr(options, name) for name in SERVER_SETTINGS}
    server = create_app(cache, replace(Settings.from_environment(), **chosen)).server
    print(f"Visual Behavior Dashboard: {url_of(listener)}{page} (Ctrl-C ends it)", flush=True)
    serve(server, listener)
