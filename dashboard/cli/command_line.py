"""The command ``vbdash``: shows the demo release, a project cache or one NWB file.

Commands import their modules when they run, so that ``--help`` answers without delay.
"""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.cli.engine_options import add_engine_options
from dashboard.cli.listening import CannotListen, listen, url_of
from data_layer.ending import end_at_once, end_tidily, interrupt, leave, on_signals
from data_layer.errors import DataLayerError

if TYPE_CHECKING:
    from dashboard.urls import Kind
    from data_layer.batch.report import Report
    from data_layer.project_cache.files import FileKind
    from data_layer.project_cache.protocol import Cache
    from data_layer.settings import Settings

SERVER_SETTINGS = (
    "host",
    "port",
    "open_sessions",
    "work_dir",
    "store_limit",
    "prepare",
    "annotations",
    "allowed_hosts",
    "embed_in",
    "url_prefix",
    "password_file",
    "behind_proxy",
    "allow_anyone",
)
STREAM_SETTINGS = ("s3_endpoint", "region", "sidecars", "stream_limit")
SIDECAR_SETTINGS = (
    "release",
    *("cache_dir", "work_dir", "bucket", "project", "s3_endpoint", "region", "stream_limit"),
)
FILE_HELP = "its path, or its address: s3://…, https://… or another that fsspec reads"
INTO_HELP = "a folder or an fsspec URL where they are written (sidecars in the work dir)"
SOURCE_SETTINGS = (
    "cache_dir",
    "release",
    "bucket",
    "project",
    "s3_endpoint",
    "region",
    "max_cache_size",
)
PREPARE_IDS = "ids of experiments, behaviour sessions, or imaging sessions with all their planes"
GIGABYTE = 10**9
QUERY = "the rows of the table of experiments to fetch, such as: cre_line == 'Vip-IRES-Cre'"
OF_BEHAVIOR = "ask the table of behaviour sessions instead"
STREAM_HELP = "read sessions that are not on this machine from object storage; --all: the release's"
FULL_SCALE = "full: one experiment of full size instead (200 cells, 31 Hz, 75 min)"


class NothingToDo(Exception):
    """A command cannot do what it was asked to; the exception's text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, or 2 after an error.

    A command returns its status, or None for 0. Ctrl-C ends the process with the status 130 and
    ``kill`` with 143; a server that has started ends with 0.
    """
    with on_signals(end_at_once):
        try:
            options = _parser().parse_args(arguments)
            return int(options.command(options) or 0)
        except (DataLayerError, CannotListen, NothingToDo) as error:
            print(f"vbdash: {error}", file=sys.stderr)
            return 2


class _Command(argparse.ArgumentParser):
    """The parser of one command, which adds its options only when that command is used.

    The options' help shows the defaults of the settings, and importing those takes 0.15 s.
    """

    add_options: Callable[[argparse.ArgumentParser], None]

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.add_options(self)
        return super().parse_known_args(args, namespace)


def _parser() -> argparse.ArgumentParser:
    vbdash = argparse.ArgumentParser("vbdash", description="See Visual Behavior sessions, whole.")
    commands = vbdash.add_subparsers(required=True, metavar="COMMAND", parser_class=_Command)
    for name, (command, add_options, text) in COMMANDS.items():
        parser = commands.add_parser(name, help=text, description=text)
        parser.add_options = add_options
        parser.set_defaults(command=command)
    return vbdash


def _demo_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--where", action="store_true", help="print the release's folder and end")
    parser.add_argument("--scale", choices=["small", "full"], default="small", help=FULL_SCALE)
    _add_settings(parser, *SERVER_SETTINGS)


def _serve_options(parser: argparse.ArgumentParser) -> None:
    _add_settings(parser, *SOURCE_SETTINGS, "sidecars", "stream_limit", "offline", needed=())
    _add_settings(parser, *SERVER_SETTINGS)


def _fetch_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", type=int, nargs="*", metavar="ID", help=PREPARE_IDS)
    parser.add_argument("--query", help=QUERY)
    parser.add_argument("--behavior", action="store_true", help=OF_BEHAVIOR)
    _add_settings(parser, *SOURCE_SETTINGS, "work_dir", needed=())


def _open_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.nwb", help=FILE_HELP)
    _add_settings(parser, *SERVER_SETTINGS, *STREAM_SETTINGS)


def _sidecars_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", type=int, nargs="*", metavar="ID", help=PREPARE_IDS)
    parser.add_argument("--all", action="store_true", help="every session of the release")
    parser.add_argument("--into", metavar="PLACE", default="", help=INTO_HELP)
    _add_settings(parser, *SIDECAR_SETTINGS, needed=())
    add_engine_options(parser, "threads")


def _prepare_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", type=int, nargs="*", metavar="ID", help=PREPARE_IDS)
    parser.add_argument("--all", action="store_true", help="every session on this machine")
    parser.add_argument("--stream", action="store_true", help=STREAM_HELP)
    _add_settings(parser, *SIDECAR_SETTINGS, "sidecars", "store_limit", needed=())
    add_engine_options(parser, "processes")


def _verify_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", type=int, nargs="*", metavar="ID", help=PREPARE_IDS)
    parser.add_argument(
        "--all", action="store_true", help="every file on this machine, and the tables"
    )
    _add_settings(parser, "cache_dir", "work_dir")
    add_engine_options(parser, "threads")


def _add_settings(
    parser: argparse.ArgumentParser, *names: str, needed: Sequence[str] = ("cache_dir",)
) -> None:
    """Add an option for each setting; ``needed`` ones must be given, or be in the environment."""
    from data_layer.settings import Settings, help_text, is_path, is_switch, option_of

    defaults = Settings.from_environment()
    for name in names:
        default = getattr(defaults, name)
        if is_switch(name):
            _add_switch(parser, option_of(name), default, help_text(name))
            continue
        shown_default = "" if default in (None, "") else f" ({default})"
        parser.add_argument(
            option_of(name),
            dest=name,
            type=Path if is_path(name) else type(default),
            metavar="DIR" if name.endswith("_dir") else "FILE" if is_path(name) else name.upper(),
            default=default,
            help=(help_text(name) + shown_default).replace("%", "%%"),
            required=name in needed and default is None,
        )


def _add_switch(parser: argparse.ArgumentParser, option: str, default: bool, text: str) -> None:
    parser.add_argument(option, action="store_true", default=default, help=text)


def _password_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def _password(options: argparse.Namespace) -> None:
    from dashboard.cli.new_password import ask_for_password
    from dashboard.http.access.passwords import write_password

    write_password(options.file, ask_for_password())
    print(f"The password is in {options.file}. Start the server with --password-file to use it.")


def _demo(options: argparse.Namespace) -> None:
    from dashboard.cli.demo_release import demo_release, full_scale_experiment

    full = options.scale == "full"
    build = full_scale_experiment if full else demo_release
    if options.where:
        print(build(options.work_dir))
        return
    with _listen(options) as listener:
        show = _show_file if full else _show_cache
        show(build(options.work_dir), listener, options)


def _prepare(options: argparse.Namespace) -> None:
    if bool(options.ids) == options.all:
        raise NothingToDo("Name the sessions to prepare by their ids, or ask for --all of them.")
    from dashboard.cli.batches import Engine
    from dashboard.cli.prepare import prepare_sessions
    from dashboard.cli.project_cache import cache_and_streamed
    from data_layer.preparing.shelf import Shelf

    engine, settings = Engine.of(options, "processes"), _settings(options)
    shelf = Shelf(settings.store_dir, settings.store_limit * GIGABYTE)
    with on_signals(end_tidily):
        cache, streamed = cache_and_streamed(settings, stream=options.stream)
        report = prepare_sessions(cache, options.ids, shelf, engine, streamed)
    _tell(report, "prepared")


def _tell(report: Report, done: str) -> None:
    print(report.summary(done))
    if problems := report.problems():
        raise NothingToDo("\n".join(problems))


def _verify(options: argparse.Namespace) -> int:
    if bool(options.ids) == options.all:
        raise NothingToDo("Name the sessions to verify by their ids, or ask for --all of them.")
    from dashboard.cli.batches import Engine
    from dashboard.cli.verify import verify_files
    from data_layer.preparing.shelf import Shelf
    from data_layer.settings import Settings

    engine = Engine.of(options, "threads")
    settings = Settings.from_environment(work_dir=options.work_dir)
    shelf = Shelf(settings.store_dir, settings.store_limit * GIGABYTE)
    with on_signals(interrupt):
        try:
            equal = verify_files(options.cache_dir, options.ids, shelf, engine)
        except KeyboardInterrupt as ended:
            leave(128 + int(ended.args[0]))  # threads may be in the middle of a file
    return 0 if equal else 2


def _serve(options: argparse.Namespace) -> None:
    from dashboard.cli.project_cache import look_online, open_project_cache

    with _listen(options) as listener:
        cache = open_project_cache(_settings(options))
        _show(cache, "/", listener, options, partial(look_online, cache))


def _fetch(options: argparse.Namespace) -> int:
    if bool(options.ids) == bool(options.query):
        raise NothingToDo("Name the sessions to fetch by their ids, or by a --query.")
    from dashboard.cli.fetch import fetch_files, matching
    from dashboard.cli.project_cache import open_project_cache
    from dashboard.cli.session_paths import with_kinds

    with on_signals(interrupt):
        try:
            cache = open_project_cache(_settings(options))
            kind: FileKind = "behavior" if options.behavior else "experiment"
            found = matching(cache, options.query, kind) if options.query else None
            wanted = list(with_kinds(cache, options.ids)) if found is None else found
            return 0 if fetch_files(cache, wanted) else 2
        except KeyboardInterrupt as ended:
            leave(128 + int(ended.args[0]))  # without waiting for a server that is silent


def _open(options: argparse.Namespace) -> None:
    from data_layer.remote.urls import is_url

    with _listen(options) as listener:
        path = _streamed(options) if is_url(options.file) else Path(options.file)
        _show_file(path, listener, options)


def _streamed(options: argparse.Namespace) -> Path:
    from data_layer.remote.streamed import streamed_files

    return streamed_files(_settings(options)).path_of_url(options.file)


def _sidecars(options: argparse.Namespace) -> None:
    if bool(options.ids) == options.all:
        raise NothingToDo("Name the sessions by their ids, or ask for --all of them.")
    from dashboard.cli.batches import Engine
    from dashboard.cli.sidecars import AT_ONCE, make_sidecars

    engine = Engine.of(options, "threads", AT_ONCE)
    with on_signals(end_at_once):
        report = make_sidecars(_settings(options), options.ids, options.into, engine)
    _tell(report, "described")


def _settings(options: argparse.Namespace) -> Settings:
    from data_layer.settings import Settings

    given = {name: value for name, value in vars(options).items() if name in Settings.model_fields}
    return Settings.from_environment(**given)


def _listen(options: argparse.Namespace) -> socket.socket:
    """The listening socket, once it is clear who may come in; says so."""
    from dashboard.http import access

    told = access.check(_settings(options))
    listener = listen(options.host, options.port)
    if told:
        print(told, flush=True)
    return listener


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


def _show(
    cache: Cache,
    page: str,
    listener: socket.socket,
    options: argparse.Namespace,
    and_then: Callable[[], None] = lambda: None,
) -> None:
    from dashboard.app import create_app
    from dashboard.cli.local_server import serve
    from dashboard.http.url_prefix import prefix_of

    settings = _settings(options)
    server = create_app(cache, settings).server
    place = url_of(listener) + prefix_of(settings) + page
    print(f"Visual Behavior Dashboard: {place} (Ctrl-C ends it)", flush=True)
    and_then()
    serve(server, listener, settings)


COMMANDS = {
    "demo": (_demo, _demo_options, "show the simulated demo release, building it once"),
    "serve": (
        _serve,
        _serve_options,
        "show a project cache, by default that of the public release",
    ),
    "fetch": (_fetch, _fetch_options, "download sessions into a project cache"),
    "open": (_open, _open_options, "show one NWB file, without tables"),
    "prepare": (_prepare, _prepare_options, "prepare sessions of a cache for fast viewing"),
    "sidecars": (_sidecars, _sidecars_options, "make what lets streamed files open at once"),
    "verify": (_verify, _verify_options, "compare files with the hashes in the manifest"),
    "password": (_password, _password_options, "write the file for --password-file"),
}
"""What each command does, its options and its explanation."""
