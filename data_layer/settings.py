"""All settings: name, default and help text.

Each is an option of the command line and an environment variable ``VBDASH_<NAME>``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Self

from pydantic import Field, NonNegativeInt, PositiveInt, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from data_layer.errors import BadSetting

PREFIX = "VBDASH_"


def _user_cache_dir() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vbdash"


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
        description="where the demo release, prepared views and cached pictures are kept",
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
        None, description="the project cache to show, as AllenSDK leaves it on disk"
    )
    annotations: Path | None = Field(
        None, description="the file of people's notes (annotations.sqlite in the work dir)"
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

    @property
    def annotations_file(self) -> Path:
        """The database of notes."""
        return self.annotations or self.work_dir / "annotations.sqlite"

    @property
    def store_dir(self) -> Path:
        """The folder of prepared stores."""
        return self.work_dir / "store"

    @classmethod
    def from_environment(cls, **given: Any) -> Self:
        """The settings; those in ``given`` override the environment.

        Raises:
            BadSetting: A value should be a number and is not.
        """
        try:
            return cls(**given)
        except ValidationError as error:
            wrong = error.errors()[0]
            variable = PREFIX + str(wrong["loc"][0]).upper()
            above = " above 0" if wrong["type"] == "greater_than" else ""
            raise BadSetting(variable, str(wrong["input"]), f"a whole number{above}") from error


def is_path(name: str) -> bool:
    """Whether a setting names a file or a folder."""
    return Settings.model_fields[name].annotation in (Path, Path | None)


def help_text(name: str) -> str:
    """The one-line explanation of a setting."""
    return str(Settings.model_fields[name].description)
