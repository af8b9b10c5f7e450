"""Finds the Chromium that browser tests and screenshots drive; `python -m tests.chromium` brings one."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",  # CI runs as root, where Chromium's own sandbox refuses to start
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")


class NoChromiumError(Exception):
    """No Chromium is on this machine."""


def find_chromium() -> str:
    """Return the path of a Chromium: `CHROMIUM`, else one on the PATH, else Playwright's own."""
    named = os.environ.get("CHROMIUM")  # noqa: TID251 - where CI says which browser it brings
    if named:
        if not Path(named).exists():
            raise NoChromiumError(f"CHROMIUM names {named}, which does not exist.")
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    if Path(_of_playwright()).exists():
        return _of_playwright()
    raise NoChromiumError("No Chromium was found: set CHROMIUM to one, or run `python -m tests.chromium`.")


@cache
def _of_playwright() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> str:
    """Return a Chromium's path, and bring one first when there is none."""
    try:
        return find_chromium()
    except NoChromiumError:
        for attempt in _attempts():
            if subprocess.run(attempt, check=False).returncode == 0:  # noqa: S603 - our own constant commands
                break
    return find_chromium()


def _attempts() -> list[list[str]]:
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if (apt := shutil.which("apt-get")) and os.geteuid() == 0:
        wanted = " ".join(DEBIAN_PACKAGES)
        # A new machine's lists of packages are old or empty.
        script = f"{apt} -q update && {apt} -q install -y --no-install-recommends {wanted}"
        attempts.append(["sh", "-c", script])
    return attempts


def main() -> int:
    """Say which Chromium is used, or in one sentence why there is none."""
    try:
        print(f"Chromium: {install()}")  # noqa: T201 - a command speaks to its caller
    except NoChromiumError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the same
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
