"""Make a release: ``python -m release VERSION``; ``make release`` prepares what it needs.

The version and the changelog are written, wheel and sdist are built into ``dist``, the wheel is
tried, and only then is there a commit and a tag. Nothing is pushed and nothing uploaded.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from release.text import CannotRelease, with_release, with_version

PYPROJECT, CHANGELOG, DIST = Path("pyproject.toml"), Path("CHANGELOG.md"), Path("dist")


def main(version: str) -> int:
    """Release ``version`` from the current folder; 1 with a sentence where that cannot be."""
    try:
        wheel = release(version)
    except (CannotRelease, AssertionError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{wheel} is v{version}, committed and tagged here.")
    print(f"When you are content: git push origin HEAD v{version}")
    return 0


def release(version: str) -> Path:
    """Write, build, try, commit and tag; what was written is taken back where that fails."""
    changed = {
        PYPROJECT: with_version(PYPROJECT.read_text(), version),
        CHANGELOG: with_release(CHANGELOG.read_text(), version, datetime.date.today()),
    }
    if _git("status", "--porcelain"):
        raise CannotRelease("There are changes that are not committed: commit or stash them.")
    if _git("tag", "--list", f"v{version}"):
        raise CannotRelease(f"There is a tag v{version} already.")
    with _written(changed):
        wheel = _build(version)
        from release.trial import try_demo  # needs Chromium and what drives it

        try_demo(wheel)
        _git("commit", "--quiet", "--message", f"Release {version}", *map(str, changed))
    _git("tag", "--annotate", f"v{version}", "--message", f"Version {version}")
    return wheel


@contextmanager
def _written(changed: dict[Path, str]) -> Iterator[None]:
    before = {path: path.read_text() for path in changed}
    for path, text in changed.items():
        path.write_text(text)
    try:
        yield
    except BaseException:
        for path, text in before.items():
            path.write_text(text)
        raise


def _build(version: str) -> Path:
    _run([sys.executable, "-m", "build", "--outdir", str(DIST)])
    (wheel,) = DIST.glob(f"*-{version}-*.whl")
    return wheel


def _git(*words: str) -> str:
    return _run(["git", *words])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "nothing").splitlines()
        raise CannotRelease(f"{' '.join(command[:3])} failed: {' '.join(said[-3:])}")
    return done.stdout.strip()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1]:
        sys.exit("Which version? make release VERSION=1.2.3")
    sys.exit(main(sys.argv[1]))
