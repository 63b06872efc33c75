"""Finds or installs the Chromium for browser tests.

``python -m tests.support.chromium`` makes sure that there is one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium loads two pages of its own for the address bar of every window, which nobody sees here:
# half a second of the processor each time. A second list of features replaces Playwright's.
WITHOUT = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,AimEnabled,LensOverlay,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
    "AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,NetworkTimeServiceQuerying,"
    "PreconnectToSearch"
)
# Chromium refuses its sandbox to root, which is who runs tests in containers.
OPTIONS = ("--no-sandbox", "--disable-background-networking", f"--disable-features={WITHOUT}")
"""The arguments with which tests and the bench start Chromium."""
PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
NONE_FOUND = "There is no Chromium here: install one, or name it with VBDASH_CHROMIUM."


class NoChromium(Exception):
    """No Chromium was found or could be installed; the text says what to do."""


def find() -> str:
    """The path of a Chromium that starts; ``VBDASH_CHROMIUM`` takes precedence.

    Raises:
        NoChromium: There is none.
    """
    chosen = os.environ.get("VBDASH_CHROMIUM")
    if chosen and not _starts(chosen):
        raise NoChromium(f"VBDASH_CHROMIUM is {chosen}, which does not start: correct or unset it.")
    path = chosen or next(filter(_starts, _candidates()), None)
    if path is None:
        raise NoChromium(NONE_FOUND)
    return path


def find_or_install() -> str:
    """The path of a Chromium, which is installed if there is none.

    Raises:
        NoChromium: None can be installed, or ``VBDASH_CHROMIUM`` does not start.
    """
    for install in (_nothing, _install_package, _download):
        install()
        try:
            return find()
        except NoChromium:
            if os.environ.get("VBDASH_CHROMIUM"):
                raise
    raise NoChromium(
        "There is no Chromium here and none could be installed (see above): install one, "
        "or name it with VBDASH_CHROMIUM."
    )


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    # In a separate process, because Playwright cannot start twice in one process.
    ask = subprocess.run([sys.executable, "-c", PLAYWRIGHTS_OWN], capture_output=True, text=True)
    yield ask.stdout.strip()


def _starts(path: str) -> bool:
    # Some distributions install a script that only explains how to get the real program.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _nothing() -> None:
    pass


def _install_package() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "--quiet"])
        subprocess.run(["apt-get", "install", "--quiet", "--yes", "chromium"])


def _download() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def main() -> int:
    """Print the path; return 1, with a message, if there is none and none can be installed."""
    try:
        print(f"Chromium: {find_or_install()}")
    except NoChromium as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
