"""The two files that name a version: ``pyproject.toml`` and ``CHANGELOG.md``."""

from __future__ import annotations

import datetime
import re

UNRELEASED = "## [Unreleased]\n"
VERSION = re.compile(r'^version = "(\d+\.\d+\.\d+)"$', re.MULTILINE)


class CannotRelease(Exception):
    """There is no release; the text says why."""


def with_version(pyproject: str, version: str) -> str:
    """The text of ``pyproject.toml`` with another version.

    Raises:
        CannotRelease: ``version`` is none, or not later than the one before.
    """
    if not re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", version):
        raise CannotRelease(f"{version!r} is no version: give three numbers, VERSION=1.2.3.")
    (before,) = VERSION.findall(pyproject)
    if _numbers(version) <= _numbers(before):
        raise CannotRelease(f"{version} is not later than {before}.")
    return VERSION.sub(f'version = "{version}"', pyproject)


def with_release(changelog: str, version: str, day: datetime.date) -> str:
    """The text of ``CHANGELOG.md`` in which what was unreleased is a version.

    Raises:
        CannotRelease: there is nothing unreleased.
    """
    above, _, below = changelog.partition(UNRELEASED)
    if not below.partition("\n## ")[0].strip():
        raise CannotRelease("CHANGELOG.md names no change under [Unreleased].")
    return f"{above}{UNRELEASED}\n## [{version}] - {day.isoformat()}\n{below}"


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]
