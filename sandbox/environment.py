"""The demo's own look at the environment: the port, and what a child process inherits."""

import os

DEFAULT_PORT = 8765


class BadPortError(Exception):
    """DEMO_PORT is no port."""


def inherited() -> dict[str, str]:
    """Return a copy of this process's environment."""
    return dict(os.environ)  # noqa: TID251 - the demo is no part of the bot, whose settings are read in one place


def demo_port() -> int:
    """Return the port of the demo page: `DEMO_PORT`, else 8765."""
    text = inherited().get("DEMO_PORT", str(DEFAULT_PORT))
    if not text.isdecimal() or not 1 <= int(text) <= 65535:  # noqa: PLR2004 - the highest port there is
        raise BadPortError(f"DEMO_PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)
