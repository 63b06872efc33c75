"""Every setting of the product, once: its name, default and help text.

The command line offers each as an option, the environment as ``VBDASH_<NAME>``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from data_layer.errors import BadSetting

PATHS = ("work_dir", "cache_dir", "annotations")


def _user_cache_dir() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vbdash"


def _setting(default: object, text: str) -> object:
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True, slots=True)
class Settings:
    """How one server runs; ``help_text(name)`` explains a field."""

    host: str = _setting("127.0.0.1", "address to listen on")  # type: ignore[assignment]
    port: int = _setting(8050, "port to listen on")  # type: ignore[assignment]
    open_sessions: int = _setting(  # type: ignore[assignment]
        8, "how many sessions one process keeps open; the least recently used is closed"
    )
    work_dir: Path = field(
        default_factory=_user_cache_dir,
        metadata={"help": "where the demo release, prepared views and cached pictures are kept"},
    )
    store_limit: int = _setting(  # type: ignore[assignment]
        50, "how many GB the prepared views of sessions may take; the least recently used go"
    )
    prepare: int = _setting(  # type: ignore[assignment]
        1, "1: prepare a session for fast viewing when it is first opened; 0: do not"
    )
    redis_url: str = _setting(  # type: ignore[assignment]
        "", "a Redis that keeps pictures and answers for several servers, instead of the work dir"
    )
    cache_dir: Path | None = field(
        default=None,
        metadata={"help": "the project cache to show, as AllenSDK leaves it on disk"},
    )

    annotations: Path | None = field(
        default=None,
        metadata={"help": "the file of people's notes (annotations.sqlite in the work dir)"},
    )

    @property
    def annotations_file(self) -> Path:
        """Where the notes are kept."""
        return self.annotations or self.work_dir / "annotations.sqlite"

    @property
    def store_dir(self) -> Path:
        """Where prepared stores stand."""
        return self.work_dir / "store"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read ``VBDASH_HOST``, ``VBDASH_PORT``, … where they are set.

        Raises:
            BadSetting: A number is expected and something else is there.
        """
        values = {
            f.name: _parse(f.name, environ[_variable(f.name)])
            for f in fields(cls)
            if environ.get(_variable(f.name))
        }
        return cls(**values)  # type: ignore[arg-type]


def _variable(name: str) -> str:
    return f"VBDASH_{name.upper()}"


def _parse(name: str, text: str) -> str | int | Path:
    if name in ("port", "open_sessions", "store_limit", "prepare"):
        if not text.isdecimal():
            raise BadSetting(_variable(name), text, "a whole number")
        return int(text)
    return Path(text) if name in PATHS else text


def help_text(name: str) -> str:
    """The one-line explanation of a setting."""
    return next(str(f.metadata["help"]) for f in fields(Settings) if f.name == name)
