"""All settings: name, default and help text.

Each is an environment variable ``VBDASH_<NAME>``; most are options of the command line too.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Self

from pydantic import Field, NonNegativeInt, PositiveInt, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from data_layer.errors import BadSetting

PREFIX = "VBDASH_"
KILOBYTE, MEGABYTE, GIGABYTE = 2**10, 2**20, 10**9
OPTIONS = {"s3_endpoint": "endpoint"}
"""Options whose name is not that of their setting."""
BUCKET_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
EXPECTED = {
    "s3_endpoint": "a URL such as https://mirror.example.org",
    "bucket": "the name of a bucket",
    "release": "a release such as 1.1.0, or latest",
    "region": "a region such as us-west-2",
}
"""What a text must be; its field has the pattern."""


def _user_cache_dir() -> Path:
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vbdash"
    except RuntimeError:  # the user has no home
        return Path(gettempdir()) / "vbdash"


class Settings(BaseSettings):
    """Settings of one server: the argument, else the environment variable, else the default.

    An empty variable counts as unset.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid"
    )

    host: str = Field("127.0.0.1", description="address to listen on")
    port: NonNegativeInt = Field(8050, description="port to listen on")
    open_sessions: NonNegativeInt = Field(
        8,
        description="how many sessions one process keeps open; the least recently used is closed",
    )
    work_dir: Path = Field(
        default_factory=_user_cache_dir,
        description="where the demo, prepared views, pictures and packed scripts are kept",
    )
    store_limit: NonNegativeInt = Field(
        50,
        description="how many GB the prepared views of sessions may take; "
        "the least recently used go",
    )
    prepare: NonNegativeInt = Field(
        1, description="1: prepare a session for fast viewing when it is first opened; 0: do not"
    )
    redis_url: str = Field(
        "",
        description="a Redis that keeps pictures and answers for several servers, "
        "instead of the work dir",
    )
    cache_dir: Path | None = Field(
        None,
        description="the project cache to show, as AllenSDK leaves it on disk "
        "(project-cache in the work dir)",
    )
    bucket: str = Field(
        "visual-behavior-ophys-data",
        pattern=BUCKET_PATTERN,
        description="the bucket of the release in object storage",
    )
    project: str = Field(
        "visual-behavior-ophys",
        description="the folder of the release in the bucket, and the name of its manifests",
    )
    release: str = Field(
        "",
        pattern=r"^(latest|\d+\.\d+\.\d+)?$",
        description="the release to show, such as 1.1.0, or latest; by default the last used one",
    )
    s3_endpoint: str = Field(
        "",
        pattern=r"^(https?://[^/?#\s]+[^?#\s]*)?$",
        description="the URL of a mirror, asked as URL/BUCKET/KEY, instead of the public store",
    )
    region: str = Field(
        "us-west-2", pattern=r"^[\w-]+$", description="the region of the public store"
    )
    offline: bool = Field(
        False, description="use what is on this machine and ask no object storage"
    )
    max_cache_size: NonNegativeInt = Field(
        0,
        description="how many GB the files may take that were downloaded here; the least recently "
        "used go, and none that somebody else has put there; 0: no limit",
    )
    sidecars: str = Field(
        "",
        description="a folder or an fsspec URL with sidecars of the release's files "
        "(in the work dir)",
    )
    stream_limit: NonNegativeInt = Field(
        20,
        description="how many GB the parts of files may take that were looked at without a "
        "download; the least recently used go",
    )
    annotations: Path | None = Field(
        None, description="the file of people's notes (annotations.sqlite in the work dir)"
    )
    allowed_hosts: str = Field(
        "",
        description="host names under which the server is reached, separated by commas; "
        "loopback names and the host are always answered",
    )
    embed_in: str = Field(
        "none",
        description="sites whose pages may show the dashboard in a frame, separated by commas: "
        "origins such as https://lab.example.org, or self, or none",
    )
    url_prefix: str = Field(
        "",
        description="the path below which browsers reach the dashboard, such as /lab/vbdash, "
        "whether the proxy leaves it in what it passes on or not",
    )
    password_file: Path | None = Field(
        None, description="ask for the password in this file, which `vbdash password FILE` writes"
    )
    behind_proxy: str = Field(
        "",
        description="a reverse proxy does the login and sends the user's name in this header; "
        "requests without it are refused",
    )
    allow_anyone: bool = Field(
        False, description="let everybody in who reaches the port, reading and writing"
    )

    # Limits of what one request may ask for, and of what is kept. What is beyond one is told.
    max_typed_times: PositiveInt = Field(
        1000, description="how many times around which a signal is shown may be typed"
    )
    max_selected_cells: PositiveInt = Field(
        200, description="how many cells may be selected at once"
    )
    max_compared: PositiveInt = Field(
        6, description="how many experiments one comparison shows side by side"
    )
    max_rows_a_page: PositiveInt = Field(
        1000, description="how many rows of a table one request may read"
    )
    max_pixels: PositiveInt = Field(
        20_000, description="how many pixels wide a timeline or picture may be asked for"
    )
    max_bootstrap_samples: PositiveInt = Field(
        5_000_000,
        description="how many samples (events × samples of the window × lines) may go into "
        "the bootstrap intervals of one figure",
    )
    kept_answers: NonNegativeInt = Field(
        500, description="how many MB of panels' answers the work dir keeps; the oldest go"
    )
    kept_pictures: NonNegativeInt = Field(
        500, description="how many MB of pictures the work dir keeps; the oldest go"
    )

    # The limits of the server: environment variables only, listed in docs/serving.md.
    threads: PositiveInt = Field(
        8, description="requests answered at the same time, besides costly ones and downloads"
    )
    connections: PositiveInt = Field(
        500, description="open connections; further ones wait until another is closed"
    )
    idle_seconds: PositiveInt = Field(
        30,
        description="seconds after which a connection is closed whose client sends nothing and "
        "reads nothing",
    )
    request_seconds: PositiveInt = Field(
        60, description="seconds within which a request must have arrived whole"
    )
    header_limit: PositiveInt = Field(64, description="KiB of a request's headers; more gives 431")
    body_limit: PositiveInt = Field(8, description="MiB of a request's body; more gives 413")
    import_limit: PositiveInt = Field(
        64, description="MiB of a file of notes that is imported; more gives 413"
    )
    answer_buffer: PositiveInt = Field(
        32,
        description="MiB of an answer that wait for a client that reads slowly; "
        "then the work on it pauses",
    )
    costly_at_once: PositiveInt = Field(
        2, description="costly computations, such as bootstraps, at the same time"
    )
    costly_waiting: NonNegativeInt = Field(
        12,
        description="costly requests that wait for their turn, at most half of them of one tab; "
        "more are refused with 503",
    )
    costly_seconds: PositiveInt = Field(
        60, description="seconds that a costly request waits for its turn before it is refused"
    )
    event_values: PositiveInt = Field(
        500,
        description="million values that one figure around events may read: "
        "events × moments × cells",
    )
    event_moments: PositiveInt = Field(
        10, description="million moments that one figure around events may show: events × moments"
    )
    downloads_at_once: PositiveInt = Field(
        8, description="CSV files sent at the same time, at most half of them to one client"
    )

    @property
    def all_threads(self) -> int:
        """Threads that answer: the usual ones, and one for each costly request and download."""
        costly = self.costly_at_once + self.costly_waiting
        return self.threads + costly + 2 * self.downloads_at_once

    @property
    def is_shared(self) -> bool:
        """Whether others than the users of this machine may come in."""
        return bool(self.password_file or self.behind_proxy or self.allow_anyone)

    @property
    def annotations_file(self) -> Path:
        """The database of notes."""
        return self.annotations or self.work_dir / "annotations.sqlite"

    @property
    def project_cache_dir(self) -> Path:
        """The project cache; one of this user's own where none is named."""
        return self.cache_dir or self.work_dir / "project-cache"

    @property
    def store_dir(self) -> Path:
        """The folder of prepared stores."""
        return self.work_dir / "store"

    @classmethod
    def from_environment(cls, **given: Any) -> Self:
        """The settings; those in ``given``, from the command line, override the environment.

        Raises:
            BadSetting: A value should be a number, 1 or 0, or a text of some form, and is not.
        """
        try:
            return cls(**given)
        except ValidationError as error:
            wrong = error.errors()[0]
            name = str(wrong["loc"][0])
            source = option_of(name) if name in given else variable_of(name)
            raise BadSetting(source, str(wrong["input"]), _expected(name, wrong["type"])) from error


def _expected(name: str, problem: str) -> str:
    if problem == "string_pattern_mismatch":
        return EXPECTED[name]
    above = " above 0" if problem == "greater_than" else ""
    return "1 or 0" if is_switch(name) else f"a whole number{above}"


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def option_of(name: str) -> str:
    """The option of the command line for a setting."""
    return f"--{OPTIONS.get(name, name).replace('_', '-')}"


def items(text: str) -> list[str]:
    """The items of a setting that is a list separated by commas."""
    return [item for part in text.split(",") if (item := part.strip())]


def is_switch(name: str) -> bool:
    """Whether a setting is on or off."""
    return Settings.model_fields[name].annotation is bool


def is_path(name: str) -> bool:
    """Whether a setting names a file or a folder."""
    return Settings.model_fields[name].annotation in (Path, Path | None)


def help_text(name: str) -> str:
    """The one-line explanation of a setting."""
    return str(Settings.model_fields[name].description)
